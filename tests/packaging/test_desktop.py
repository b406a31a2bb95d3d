"""The menu entry, icons and file type of a Linux desktop, installed into a temporary folder."""

import configparser
import importlib.util
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.document.project_file import SUFFIX

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "desktop.py"
SOURCES = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def desktop() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desktop", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An `XDG_DATA_HOME` into which the script has installed."""
    data = tmp_path_factory.mktemp("data home")
    run(data, "install")
    return data


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={**os.environ, "XDG_DATA_HOME": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )


def files(data: Path) -> list[Path]:
    return sorted(path for path in data.rglob("*") if path.is_file() and "fxdiffuse" in path.name)


def entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_starts_this_environment(installed: Path) -> None:
    found = entry(installed / "applications" / "fxdiffuse.desktop")
    assert found["Exec"] == f"{Path(sys.executable).parent / 'fxdiffuse'} %f"
    assert found["Icon"] == "fxdiffuse" and found["Type"] == "Application"


def test_the_icons_are_drawn_at_their_sizes(installed: Path) -> None:
    icons = installed / "icons" / "hicolor"
    assert (icons / "scalable" / "apps" / "fxdiffuse.svg").read_bytes().startswith(b"<svg")
    sizes = sorted(int(path.name.split("x")[0]) for path in icons.glob("*x*"))
    assert sizes == [16, 24, 32, 48, 64, 128, 256, 512]
    for size in sizes:
        data = np.fromfile(icons / f"{size}x{size}" / "apps" / "fxdiffuse.png", np.uint8)
        image = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        assert image is not None and image.shape == (size, size, 4)
        assert image[0, 0, 3] == 0 and image[size // 2, size // 3, 3] == 255
        blue, _, red = (int(value) for value in image[size // 2, size // 3, :3])
        assert red > blue + 80, "the amber half"


def test_the_file_type_is_that_of_projects(installed: Path) -> None:
    (kind,) = ET.parse(installed / "mime" / "packages" / "fxdiffuse.xml").getroot()
    (glob,) = kind.findall(f"{MIME}glob")
    assert glob.attrib["pattern"] == f"*{SUFFIX}"
    assert kind.attrib["type"] in entry(installed / "applications" / "fxdiffuse.desktop")["MimeType"].split(
        ";"
    )


def test_the_description_launches_the_entry(installed: Path) -> None:
    component = ET.parse(installed / "metainfo" / "fxdiffuse.metainfo.xml").getroot()
    launchable = component.findtext("launchable")
    assert launchable is not None and (installed / "applications" / launchable).is_file()


def test_removal_leaves_nothing(desktop: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=other\n")
    desktop.install(tmp_path, "fxdiffuse")
    assert len(files(tmp_path)) >= 12
    desktop.remove(tmp_path)
    assert files(tmp_path) == [] and other.is_file()
    desktop.remove(tmp_path)


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("/usr/bin/fxdiffuse", "/usr/bin/fxdiffuse"),
        ("/home/a b/fxdiffuse", '"/home/a b/fxdiffuse"'),
        ("/100%/fxdiffuse", "/100%%/fxdiffuse"),
        ('/a"b$c`d\\e/fx', '"/a\\\\"b\\\\$c\\\\`d\\\\\\\\e/fx"'),
    ],
)
def test_a_command_is_quoted(desktop: ModuleType, program: str, line: str) -> None:
    assert desktop.quoted(program) == line


def test_a_failure_is_one_line(
    desktop: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert desktop.main(["install", "--data", str(blocked)]) == 1
    message = capsys.readouterr().err
    assert str(blocked) in message and message.count("\n") == 1


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
@pytest.mark.parametrize("program", ["fxdiffuse", '/a b/%/"$`/fxdiffuse'])
def test_the_entry_is_valid(desktop: ModuleType, tmp_path: Path, program: str) -> None:
    desktop.install(tmp_path, program)
    path = tmp_path / "applications" / "fxdiffuse.desktop"
    done = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="needs shared-mime-info")
def test_the_system_knows_projects_by_it(installed: Path) -> None:
    globs = (installed / "mime" / "globs2").read_text(encoding="utf-8")
    assert f"application/x-fxdiffuse:*{SUFFIX}" in globs
