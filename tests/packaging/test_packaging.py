"""What a user gets: the sample photos and their credits, the wheel, and a README that is true."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

import fxdiffuse_gui

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.jpg"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_samples_are_small_enough_to_ship() -> None:
    assert len(SAMPLES) == 4
    assert sum(path.stat().st_size for path in SAMPLES) < 3_000_000


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_opens_and_is_credited(path: Path) -> None:
    image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    assert max(image.shape) == 1600
    row = re.search(rf"^\| `{path.name}` \| .+ \| (.+) \| \[CC.+\]\(https://", credits_text(), re.MULTILINE)
    assert row, f"{path.name} has no author and license in CREDITS.md"


def credits_text() -> str:
    return (ROOT / "resources" / "samples" / "CREDITS.md").read_text(encoding="utf-8")


def test_the_credits_name_only_shipped_photos() -> None:
    assert set(re.findall(r"^\| `(.+?)`", credits_text(), re.MULTILINE)) == {path.name for path in SAMPLES}


def test_the_license_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_the_versions_agree() -> None:
    assert PROJECT["project"]["version"] == fxdiffuse_gui.__version__


def test_the_desktop_entry_starts_the_installed_command() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "linux" / "fxdiffuse.desktop", encoding="utf-8")
    command = entry["Desktop Entry"]["Exec"].split()[0]
    assert command in PROJECT["project"]["scripts"]


def tracked_files() -> set[str]:
    """The code and resources under version control, without notes for developers.

    Skips the test outside a git checkout.
    """
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout and git")
    listing = ["git", "ls-files", "-z", "--", "fxdiffuse_gui", "trainer", "resources"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    notes = {"fxdiffuse_gui/README.md", "trainer/README.md"}
    return {name for name in names.split("\0") if name} - notes


def test_the_wheel_holds_code_and_resources_and_nothing_else(tmp_path: Path) -> None:
    tracked = tracked_files()
    source = tmp_path / "source"
    for name in [*tracked, "pyproject.toml", "README.md", "LICENSE"]:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    (source / "resources" / "__pycache__").mkdir()
    (source / "resources" / "__pycache__" / "stale.pyc").write_bytes(b"")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--no-index", "-w", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    content = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert content == tracked
    assert {"resources/manual/index.md", "resources/manual/screenshot.jpg"} <= content


def test_the_readme_names_both_commands_on_its_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "python3 packaging/dev.py run" in first_screen
    assert "python3 packaging/dev.py test" in first_screen


def test_every_path_in_the_readme_exists() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    quoted = re.findall(r"`((?:fxdiffuse_gui|trainer|resources|tests|packaging)/[\w./-]*)`", README)
    assert linked + quoted
    assert not [name for name in linked + quoted if not (ROOT / name).exists()]


def test_every_path_in_the_walk_through_the_packages_exists() -> None:
    text = (ROOT / "fxdiffuse_gui" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", text)
    assert len(named) > 30
    folders = (ROOT, ROOT / "fxdiffuse_gui")
    assert not [name for name in named if not any((folder / name).exists() for folder in folders)]


@pytest.mark.parametrize("program", sorted(PROJECT["project"]["scripts"]))
def test_every_flag_in_the_readme_exists(program: str) -> None:
    module, function = PROJECT["project"]["scripts"][program].split(":")
    start = f"import sys; from {module} import {function}; sys.exit({function}())"
    examples = re.findall(rf"^{program} ([a-z]+)\b(?!\.)((?:.*\\\n)*.*)", README, re.MULTILINE)
    assert examples
    for command, rest in examples:
        shown = subprocess.run(
            [sys.executable, "-c", start, command, "--help"],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert shown.returncode == 0, shown.stderr
        unknown = [flag for flag in re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest) if flag not in shown.stdout]
        assert not unknown, f"{program} {command} has no {unknown}"
