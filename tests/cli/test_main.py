"""The `fxdiffuse` command: dispatch, help, exit codes, one line on stderr."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui import __version__

ROOT = Path(__file__).resolve().parents[2]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"fxdiffuse {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["edit", "--help"], ["batch", "--help"], ["replay", "--help"], ["doctor", "--help"]],
)
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 0
    assert "usage: fxdiffuse" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--nonsense"], ["a.jpg", "b.jpg"], ["missing.jpg"], [str(ROOT)]])
def test_bad_use_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and captured.err.startswith("fxdiffuse: ")


def test_interrupt(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("fxdiffuse_gui.cli.edit.run_edit", interrupted)
    assert cli.main(["edit"]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_the_app_gets_the_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    opened: list[Path | None] = []
    fake = types.ModuleType("fxdiffuse_gui.views.application")
    fake.run_app = lambda photo: opened.append(photo) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fxdiffuse_gui.views.application", fake)
    photo = tmp_path / "a.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert cli.main([]) == 0 and cli.main([str(photo)]) == 0
    assert opened == [None, photo]


def test_the_app_gets_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import types
    import zipfile

    opened: list[Path | None] = []
    fake = types.ModuleType("fxdiffuse_gui.views.application")
    fake.run_app = lambda photo: opened.append(photo) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fxdiffuse_gui.views.application", fake)
    project = tmp_path / "edit.fxd"
    project.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert cli.main([str(project)]) == 2
    assert "edit.fxd" in capsys.readouterr().err
    with zipfile.ZipFile(project, "w") as archive:
        archive.writestr("manifest.json", "{}")
    assert cli.main([str(project)]) == 0 and opened == [project]


def test_help_and_errors_need_neither_torch_nor_qt(tmp_path: Path) -> None:
    code = (
        "import sys, time; start = time.perf_counter()\n"
        "from fxdiffuse_gui.__main__ import main\n"
        "codes = [main(['edit', '--help']), main(['edit', 'gone.jpg', '-o', 'out.png', '--grain', '0.05'])]\n"
        "assert codes == [0, 2], codes\n"
        "assert not {'torch', 'PySide6', 'cv2'} & set(sys.modules)\n"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == 1 and "gone.jpg does not exist" in done.stderr
    assert time.monotonic() - start < 3  # 0.3 s on a quiet machine
