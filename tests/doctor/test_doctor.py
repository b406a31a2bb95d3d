"""`fxdiffuse doctor`: the report on a healthy machine, and on one where something is broken."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.doctor import machine, parts, window
from fxdiffuse_gui.doctor.finding import Finding, guarded
from fxdiffuse_gui.doctor.libraries import advice_for, debian_package, missing_in
from fxdiffuse_gui.photo.digest import file_digest

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "fxdiffuse", "Python", "PyTorch", "Qt", "OpenCV", "OpenImageIO", "HEIC", "Camera RAW", "device",
    "model", "trial edit", "memory", "threads", "window", "settings",
]  # fmt: skip


def test_a_healthy_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda: tmp_path / "not" / "yet")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert cli.main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    found = {finding["name"]: finding for finding in report["findings"]}
    assert report["ok"] and list(found) == NAMES
    model = ROOT / "resources" / "models" / "default.safetensors"
    assert file_digest(model) in found["model"]["value"]
    assert found["window"]["value"] == "opens on offscreen"
    assert str(tmp_path / "not" / "yet" / "fxdiffuse") == found["settings"]["value"]
    assert list(tmp_path.iterdir()) == []


def doctor_without(modules: str, *, report: str = "--json") -> subprocess.CompletedProcess[str]:
    """The command in a process in which these modules cannot be imported."""
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({modules!r}.split()))\n"
        f"from fxdiffuse_gui.__main__ import main; sys.exit(main(['doctor', {report!r}]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_library_does_not_hide_the_rest() -> None:
    done = doctor_without("torch cv2 OpenImageIO numpy")
    assert done.returncode == 1 and done.stderr == ""
    report = json.loads(done.stdout)
    findings = [Finding(**values) for values in report["findings"]]
    assert [finding.name for finding in findings] == NAMES and not report["ok"]
    broken = {finding.name for finding in findings if finding.state == "broken"}
    assert broken == {"PyTorch", "OpenCV", "OpenImageIO", "Camera RAW", "device", "model", "trial edit"}
    assert all((finding.advice is None) == (finding.state == "ok") for finding in findings)
    assert "pip install --force-reinstall torch" in (findings[2].advice or "")


def test_text_says_what_is_broken_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [Finding("model", "gone", "broken", "Do this."), Finding("memory", "much")]
    monkeypatch.setattr("fxdiffuse_gui.cli.doctor.examine", lambda _: iter(findings))
    assert cli.main(["doctor"]) == 1
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["broken", "model", "gone"],
        ["→", "Do", "this."],
        ["ok", "memory", "much"],
        ["Broken:", "model."],
    ]


def test_a_check_that_raises_is_a_finding() -> None:
    def fail() -> Finding:
        raise KeyError("a\nb")

    finding = guarded("thing", fail)
    assert finding.state == "broken" and "KeyError" in finding.value and "\n" not in finding.value


def test_a_model_that_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("default.safetensors is damaged.")

    monkeypatch.setattr("fxdiffuse_gui.batch.runner.load_model", refuse)
    finding = parts.model()
    assert (finding.state, finding.value) == ("broken", "default.safetensors is damaged.")


def test_an_edit_that_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from fxdiffuse_gui.engine import pipeline
    from fxdiffuse_gui.photo.image import Photo

    def idle(photo: Photo, *_: object) -> object:
        yield pipeline.Part((0, 0, photo.width, photo.height), photo.pixels, 1, 1, 1.0)

    monkeypatch.setattr("fxdiffuse_gui.batch.runner.edit_tiles", idle)
    assert parts.trial_edit().state == "broken"


def test_a_device_that_does_not_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no kernel image\nis available")

    monkeypatch.setattr(torch, "ones", fail)
    finding = parts.compute_device()
    assert finding.state == "broken" and "no kernel image is available" in finding.value


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (8 << 30, 4 << 30, "ok"),
        (8 << 30, None, "ok"),
        (8 << 30, 1 << 29, "note"),
        (1 << 29, None, "note"),
    ],
)
def test_little_memory(monkeypatch: pytest.MonkeyPatch, total: int, free: int | None, state: str) -> None:
    monkeypatch.setattr(machine, "read_memory", lambda: (total, free))
    assert machine.memory().state == state


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another interface")
def test_the_memory_that_a_system_reports(tmp_path: Path) -> None:
    table = tmp_path / "meminfo"
    table.write_text("MemTotal:  2048 kB\nMemFree: 1 kB\nMemAvailable:  1024 kB\nHugePages_Total: 0\n")
    assert machine.read_memory(table) == (2 << 20, 1 << 20)
    table.write_text("MemTotal:  2048 kB\n")
    assert machine.read_memory(table) == (2 << 20, None)
    total, free = machine.read_memory(tmp_path / "gone")
    assert total > 1 << 20 and free is None


def test_how_many_threads_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "thread_count", lambda: 4)
    assert machine.threads().value == f"4 for edits, {os.cpu_count()} processors"


def test_settings_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda: tmp_path / "file")
    finding = machine.settings_folder()
    assert finding.state == "broken" and str(tmp_path / "file") in (finding.advice or "")


def starting(monkeypatch: pytest.MonkeyPatch, code: str) -> Callable[[dict[str, str]], Finding]:
    """The check of the window, with other code than Qt's start."""
    monkeypatch.setattr(window, "_START", code)
    return lambda variables: window.window({**os.environ, **variables})


def test_without_a_screen_qt_alone_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "has_screen", lambda _: False)
    finding = window.window(dict(os.environ))
    assert finding.state == "note" and "screen" in (finding.advice or "")


def test_a_screen_that_does_not_respond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "_missing_for_plugins", lambda _: [])
    finding = window.window({**os.environ, "QT_QPA_PLATFORM": "no-such-platform"})
    assert finding.state == "broken" and "no-such-platform" in finding.value
    assert "DISPLAY" in (finding.advice or "")


def test_a_library_that_qt_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    message = "libEGL.so.1: cannot open shared object file: No such file or directory"
    check = starting(monkeypatch, f"raise ImportError({message!r})")
    finding = check({"QT_QPA_PLATFORM": "offscreen"})
    assert finding.state == "broken" and finding.value == f"Qt does not start (ImportError: {message})"
    assert "apt-get install libegl1" in (finding.advice or "")


@pytest.mark.skipif(sys.platform != "linux", reason="asks the dynamic loader of Linux")
def test_a_library_that_a_plugin_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "\tlibxcb-icccm.so.4 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00007f00)\n"
    start = subprocess.run

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if command[0] == "ldd":
            assert Path(command[1]).is_file()
            return subprocess.CompletedProcess(command, 0, listed, "")
        return start(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(window.subprocess, "run", run)
    finding = starting(monkeypatch, "raise SystemExit(1)")({"QT_QPA_PLATFORM": "xcb"})
    assert "apt-get install libxcb-icccm4" in (finding.advice or "") and "no reason given" in finding.value


def test_a_start_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "_TIMEOUT_S", 0.2)
    finding = starting(monkeypatch, "import time; time.sleep(60)")({"QT_QPA_PLATFORM": "xcb"})
    assert finding.state == "broken" and "did not start" in finding.value


def test_what_opencv_sets_does_not_reach_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    check = starting(monkeypatch, "import os; print('QT_QPA_FONTDIR' in os.environ)")
    assert check({"QT_QPA_FONTDIR": "/x", "QT_QPA_PLATFORM": "xcb"}).value == "opens on False"


def test_where_a_screen_is_expected() -> None:
    assert window.has_screen({}, "darwin") and window.has_screen({}, "win32")
    assert window.has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not window.has_screen({"DISPLAY": ""}, "linux")


def test_names_of_debian_packages_follow_from_those_of_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    system = importlib.import_module("bootstrap.system")
    known = {**system.CORE_LIBRARIES, **system.SCREEN_LIBRARIES}
    assert len(known) > 20
    assert {library: debian_package(library) for library in known} == known


def test_missing_libraries_in_messages_of_the_loader() -> None:
    assert missing_in("ImportError: libGL.so.1: cannot open shared object file: No such file") == [
        "libGL.so.1"
    ]
    assert missing_in("libGL.so.1 => /usr/lib/libGL.so.1\nlibz.so.1 => not found") == ["libz.so.1"]
    assert missing_in("No module named torch") == []
    assert advice_for(["libGL.so.1", "libEGL.so.1"]).endswith("apt-get install libegl1 libgl1).")
