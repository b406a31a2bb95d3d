"""Fixtures and calls that the tests of the command line and of what it runs share."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui import __main__ as cli
from tests.command_engine import CommandEngine
from tests.photo.photo_files import random_samples, save

EFFECTS = (
    "--grain 0.05 --blur 3.7 --blur-angle 199.9 --seed 99 --grain-seed 7 --steps 3 --reference look.png"
    " --mask mask.png"
)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three photos in a working directory of its own, next to it a picture of colors."""
    monkeypatch.chdir(tmp_path)
    folder = Path("photos")
    folder.mkdir()
    save(folder / "a.jpg", random_samples(16, 24))
    save(folder / "B.png", random_samples(10, 12, np.uint16))
    save(folder / "c.webp", random_samples(8, 8))
    (folder / "notes.txt").write_text("not a photo")
    save(folder / ".hidden.jpg", random_samples(8, 8))
    (folder / "inside.jpg").mkdir()
    save(Path("look.png"), random_samples(5, 6))
    return folder


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photo, a deep one, a picture of colors and masks, in a working directory of their own."""
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "photo.jpg", random_samples(16, 24))
    save(tmp_path / "deep.png", random_samples(16, 24, np.uint16))
    save(tmp_path / "look.png", random_samples(5, 6))
    mask = np.zeros((16, 24, 1), dtype=np.uint8)
    mask[4:8, 4:8] = 255
    save(tmp_path / "mask.png", mask)
    save(tmp_path / "none.png", mask * 0)
    return Path("photo.jpg")


@pytest.fixture
def original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deep photo with alpha, a picture of colors, a mask; in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    save(Path("photo.png"), random_samples(16, 24, np.uint16, 4))
    save(Path("photo.jpg"), random_samples(16, 24))
    save(Path("look.png"), random_samples(5, 6))
    save(Path("mask.png"), random_samples(16, 24, channels=1))
    return Path("photo.png")


def batch(*arguments: str) -> int:
    return cli.main(["batch", *arguments])


def edit(*arguments: str) -> int:
    return cli.main(["edit", *arguments])


def replay(*arguments: str) -> int:
    return cli.main(["replay", *arguments])


def made(name: str, *flags: str, source: str = "photo.png") -> Path:
    """The file that `fxdiffuse edit` has written."""
    assert edit(source, "-o", name, *flags) == 0
    return Path(name)


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def tree(folder: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def write_jobs(*lines: Any) -> Path:
    """A jobs file in a folder of its own; what is no text is written as JSON."""
    folder = Path("batch")
    folder.mkdir()
    path = folder / "jobs.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path
