"""A folder edited again goes on where it was stopped, and replaces nothing unasked."""

import json
import os
from pathlib import Path

import pytest

from tests.command_engine import CommandEngine
from tests.command_fixtures import batch, names
from tests.photo.photo_files import random_samples, save

pytestmark = pytest.mark.usefixtures("photos")


def test_what_lies_there_is_not_replaced_unasked(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    Path("out/a.jpg").write_bytes(b"mine")
    assert batch("photos", "-o", "out", "--grain", "0.05") == 1
    assert Path("out/a.jpg").read_bytes() == b"mine" and len(engine.conditions) == 2
    assert "a.jpg: a.jpg is there already and was not made from this photo" in capsys.readouterr().err
    assert batch("photos", "-o", "out", "--grain", "0.05", "--overwrite") == 0
    assert Path("out/a.jpg").read_bytes() != b"mine"


FLAGS = "--grain 0.05 --reference look.png --mask mask.png --steps 4"


@pytest.mark.parametrize("more", ["", "--format tif", "--format jpg --quality 80", "--format webp"])
def test_given_again_it_goes_on_where_it_was_stopped(
    engine: CommandEngine, photos: Path, more: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save(photos / "B.png", random_samples(16, 24)[::-1])
    save(photos / "c.webp", random_samples(16, 24)[:, ::-1])
    save(Path("mask.png"), random_samples(16, 24, channels=1))
    command = ["photos", "-o", "out", *FLAGS.split(), *more.split()]
    assert batch(*command) == 0 and len(engine.conditions) == 3
    next(Path("out").glob("B.*")).unlink()
    before = {path: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    Path("out").rename("moved")
    command[2] = "moved"
    for photo in photos.glob("*.*"):
        os.utime(photo)
    assert batch(*command) == 0 and len(engine.conditions) == 4
    assert capsys.readouterr().out == "2 of 3 jobs were done already.\n"
    assert len(names("moved")) == 3
    assert {path: (Path("moved") / path.name).stat().st_mtime_ns for path in before} == before
    assert batch(*command, "--overwrite", "--json") == 0 and len(engine.conditions) == 4
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["ok"], line["skipped"]) for line in lines] == [(True, True)] * 3


@pytest.mark.parametrize(
    "other",
    [
        "--grain 0.06",
        "--seed 2",
        "--grain-seed 2",
        "--steps 5",
        "--quality 90",
        "--blur 3",
        "--model other.safetensors",
        "photo",
    ],
)
def test_what_was_made_otherwise_is_made_anew_if_asked(
    engine: CommandEngine, photos: Path, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (photos / "B.png", photos / "c.webp"):
        path.unlink()
    command = ["photos", "-o", "out", "--grain", "0.05", "--steps", "4"]
    assert batch(*command) == 0
    if other == "photo":
        save(photos / "a.jpg", random_samples(16, 24)[::-1])
    else:
        command += other.split()
    engine.digest = "cd" * 32 if "model" in other else engine.digest
    before = Path("out/a.jpg").read_bytes()
    assert batch(*command) == 1
    assert "not made from this photo with these settings" in capsys.readouterr().err
    assert Path("out/a.jpg").read_bytes() == before and len(engine.conditions) == 1
    assert batch(*command, "--overwrite") == 0
    assert Path("out/a.jpg").read_bytes() != before
    assert batch(*command) == 0 and len(engine.conditions) == 2


def test_copies_count_as_done_only_while_nothing_is_to_be_done(engine: CommandEngine, photos: Path) -> None:
    assert batch("photos", "-o", "out") == 0
    assert Path("out/a.jpg").read_bytes() == (photos / "a.jpg").read_bytes()
    assert batch("photos", "-o", "out") == 0
    assert batch("photos", "-o", "out", "--grain", "0.05") == 1
    assert engine.conditions == []


def test_another_color_space_is_another_result(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    def again(*flags: str) -> str:
        batch("photos", "-o", "out", *flags)
        return "".join(capsys.readouterr())

    for effects in ((), ("--grain", "0.05")):
        p3 = (*effects, "--color-space", "p3")
        again(*effects, "--overwrite")
        assert "3 of 3 jobs were done already" in again(*effects)
        assert "3 of 3 jobs failed" in again(*p3)
        again(*p3, "--overwrite")
        assert "3 of 3 jobs were done already" in again(*p3)
        assert "3 of 3 jobs failed" in again(*effects)
