"""`packaging/dev.py` and its parts, without installing anything: every process they start is faked."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


class Processes:
    """Replaces `subprocess.run`: records commands and environments, and returns an exit code."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self.failing: str | None = None

    def run(self, command: Sequence[object], **options: Any) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        self.commands.append(words)
        self.environments.append(options.get("env") or {})
        code = 1 if self.failing is not None and self.failing in " ".join(words) else 0
        return subprocess.CompletedProcess(words, code)

    def having(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]


@pytest.fixture(name="processes")
def _processes(monkeypatch: pytest.MonkeyPatch) -> Processes:
    monkeypatch.syspath_prepend(str(PACKAGING))
    processes = Processes()
    monkeypatch.setattr(subprocess, "run", processes.run)
    return processes


@pytest.fixture(name="system")
def _system(processes: Processes) -> ModuleType:
    return importlib.import_module("bootstrap.system")


@pytest.fixture(name="environment")
def _environment(processes: Processes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module, in an empty project folder that already has an environment."""
    module = importlib.import_module("bootstrap.environment")
    venv = tmp_path / ".venv"
    venv.mkdir()
    (venv / "pyvenv.cfg").write_text("version = 3.11\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name, value in {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "stamp.json"}.items():
        monkeypatch.setattr(module, name, value)
    return module


@pytest.fixture(name="commands")
def _commands(environment: ModuleType, system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = importlib.import_module("bootstrap.commands")
    monkeypatch.setattr(module, "ROOT", environment.ROOT)
    monkeypatch.setattr(system, "missing_libraries", lambda screen: {})
    return module


def test_the_script_parses_on_an_old_python() -> None:
    ast.parse((PACKAGING / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_one_sentence(
    processes: Processes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dev = importlib.import_module("dev")
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    assert not processes.commands


@pytest.mark.parametrize(
    ("variables", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_the_display_is_noticed(
    system: ModuleType, variables: dict[str, str], platform: str, expected: bool
) -> None:
    assert system.has_display(variables, platform) is expected


def test_missing_libraries_are_named_with_their_packages(system: ModuleType) -> None:
    def load(name: str) -> None:
        if name in {"libEGL.so.1", "libxcb-cursor.so.0"}:
            raise OSError(name)

    assert system.missing_libraries(False, load) == {"libEGL.so.1": "libegl1"}
    assert set(system.missing_libraries(True, load)) == {"libEGL.so.1", "libxcb-cursor.so.0"}


def lacking(system: ModuleType, monkeypatch: pytest.MonkeyPatch, *, root: bool, apt: bool = True) -> None:
    """A Linux without libEGL and without ensurepip."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "missing_libraries", lambda screen: {"libEGL.so.1": "libegl1"})
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(system.shutil, "which", lambda name: "/usr/bin/apt-get" if apt else None)
    monkeypatch.setattr(system, "is_root", lambda: root)


def test_root_gets_all_packages_at_once(
    system: ModuleType, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking(system, monkeypatch, root=True)
    system.provide(screen=False, venv=True)
    update, install = processes.commands
    assert update[:2] == ["apt-get", "update"]
    assert {"install", "--yes", "libegl1", f"python3.{sys.version_info[1]}-venv"} <= set(install)
    assert processes.environments[1]["DEBIAN_FRONTEND"] == "noninteractive"


def test_another_user_gets_the_one_command(
    system: ModuleType, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking(system, monkeypatch, root=False)
    with pytest.raises(system.SetupError, match=r"sudo apt-get .* libegl1 python3\.\d+-venv"):
        system.provide(screen=False, venv=True)
    assert not processes.commands


def test_without_apt_libraries_are_listed_and_setup_goes_on(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking(system, monkeypatch, root=True, apt=False)
    system.provide(screen=False, venv=False)
    assert "libEGL.so.1" in capsys.readouterr().out
    with pytest.raises(system.SetupError, match="ensurepip"):
        system.provide(screen=False, venv=True)


def test_an_unchanged_project_is_installed_once(environment: ModuleType, processes: Processes) -> None:
    environment.prepare(dev=False)
    environment.prepare(dev=False)
    assert [command[-1] for command in processes.having("pip")] == ["."]


def test_a_change_or_dev_tools_install_again(environment: ModuleType, processes: Processes) -> None:
    environment.prepare(dev=False)
    environment.prepare(dev=True)
    environment.prepare(dev=False)
    (environment.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    environment.prepare(dev=False)
    assert [command[-1] for command in processes.having("pip")] == [".", ".[dev]", ".[dev]"]


def test_a_failed_installation_is_tried_again(environment: ModuleType, processes: Processes) -> None:
    processes.failing = "pip install"
    with pytest.raises(environment.SetupError, match="pip could not install"):
        environment.prepare(dev=False)
    processes.failing = None
    environment.prepare(dev=False)
    assert len(processes.having("pip")) == 2


def test_a_broken_environment_is_named(environment: ModuleType, processes: Processes) -> None:
    processes.failing = "version_info"
    with pytest.raises(environment.SetupError, match="delete it"):
        environment.prepare(dev=False)


def test_children_do_not_see_foreign_packages(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert "PYTHONPATH" not in environment.child_environment()


def test_with_a_display_the_app_opens_with_a_sample(
    commands: ModuleType, system: ModuleType, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_display", lambda: True)
    assert commands.run_app(None, headless=False) == 0
    assert processes.commands[-1][1:] == ["-m", "fxdiffuse_gui", str(commands.SAMPLE)]


def test_without_a_display_an_edit_is_rendered(
    commands: ModuleType,
    system: ModuleType,
    processes: Processes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(system, "has_display", lambda: False)
    assert commands.run_app(None, headless=False) == 0
    assert processes.commands[-1][2:5] == ["fxdiffuse_gui", "edit", str(commands.SAMPLE)]
    assert "sample-edit.png" in capsys.readouterr().out


def test_every_check_runs_although_one_fails(
    commands: ModuleType, processes: Processes, capsys: pytest.CaptureFixture[str]
) -> None:
    processes.failing = "ruff check"
    assert commands.run_checks(["-k", "grain"]) == 1
    assert processes.commands[-1][1:] == ["-m", "pytest", "-k", "grain"]
    assert processes.environments[-1]["QT_QPA_PLATFORM"] == "offscreen"
    assert capsys.readouterr().out.count(" ok ") == 4


def test_all_checks_passed_is_success(commands: ModuleType) -> None:
    assert commands.run_checks([]) == 0


def test_the_ci_entry_is_executable_and_runs_the_checks() -> None:
    entry = ROOT / ".ci" / "run"
    assert entry.stat().st_mode & 0o111
    assert "packaging/dev.py test" in entry.read_text(encoding="utf-8")
