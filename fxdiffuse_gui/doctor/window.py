"""Check whether Qt can open a window, in a separate process: where it cannot, Qt ends the process."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from fxdiffuse_gui.doctor.finding import Finding, one_line
from fxdiffuse_gui.doctor.libraries import advice_for, missing_in

_TIMEOUT_S = 60
_START = "from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]); print(app.platformName())"

# Variables that OpenCV sets for its own Qt.
_OPENCV_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def window(environment: Mapping[str, str]) -> Finding:
    """Starts Qt as the app does, or without a screen where there is none. environment: of the process."""
    if getattr(sys, "frozen", False):
        return Finding("window", "not tried in a packaged program")
    variables = {name: value for name, value in environment.items() if name not in _OPENCV_VARIABLES}
    on_screen = has_screen(variables)
    if not on_screen:
        variables["QT_QPA_PLATFORM"] = "offscreen"
    try:
        done = subprocess.run(
            [sys.executable, "-c", _START],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        advice = "Check that the screen responds; DISPLAY and WAYLAND_DISPLAY select it."
        return Finding("window", f"Qt did not start within {_TIMEOUT_S} s", "broken", advice)
    if done.returncode != 0:
        return _failed(done.stderr, variables)
    if not on_screen:
        advice = "The window needs a screen; `fxdiffuse edit`, `batch` and `replay` do not."
        return Finding("window", "no screen (Qt itself starts)", "note", advice)
    return Finding("window", f"opens on {done.stdout.strip()}")


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be expected; macOS and Windows are assumed to have a screen."""
    if platform != "linux":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _failed(output: str, environment: Mapping[str, str]) -> Finding:
    missing = missing_in(output) or (_missing_for_plugins(environment) if sys.platform == "linux" else [])
    advice = "Check that the screen in DISPLAY or WAYLAND_DISPLAY exists and accepts connections."
    return Finding(
        "window",
        f"Qt does not start ({one_line(_reason(output))})",
        "broken",
        advice_for(missing) if missing else advice,
    )


def _reason(output: str) -> str:
    """The important line: the last one of a traceback, otherwise the one that reports a failure."""
    lines = [line for line in output.splitlines() if line.strip()] or ["no reason given"]
    if lines[0].startswith("Traceback"):
        return lines[-1]
    return next((line for line in lines if "could not" in line.lower()), lines[0])


def _missing_for_plugins(environment: Mapping[str, str]) -> list[str]:
    """The libraries that Qt's X11 plugin lacks; Qt itself names at most one of them, often a wrong one."""
    from importlib.util import find_spec

    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return []
    plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        listed = subprocess.run(
            ["ldd", str(plugin)],
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return missing_in(listed.stdout)
