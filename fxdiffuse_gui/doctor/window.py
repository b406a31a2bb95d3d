"""Whether Qt can open a window, tried in a process of its own: where it cannot, Qt ends the process."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from fxdiffuse_gui.doctor.finding import Finding, one_line
from fxdiffuse_gui.doctor.libraries import advice_for, missing_in

_TIMEOUT_S = 60
_START = "from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]); print(app.platformName())"

# What OpenCV sets for the Qt that it brings along.
_FOREIGN = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def window(environment: Mapping[str, str]) -> Finding:
    """Starts Qt as the app would, or without a screen where there is none. environment: the process's."""
    if getattr(sys, "frozen", False):
        return Finding("window", "not tried in a packaged program")
    variables = {name: value for name, value in environment.items() if name not in _FOREIGN}
    shown = has_screen(variables)
    if not shown:
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
        advice = "See whether the screen answers, DISPLAY and WAYLAND_DISPLAY tell which one is meant."
        return Finding("window", f"Qt did not start within {_TIMEOUT_S} s", "broken", advice)
    if done.returncode != 0:
        return _failed(done.stderr, variables)
    if not shown:
        advice = "The window needs a screen; `fxdiffuse edit`, `batch` and `replay` do without."
        return Finding("window", "no screen (Qt itself starts)", "note", advice)
    return Finding("window", f"opens on {done.stdout.strip()}")


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window is to be expected; macOS and Windows are taken to have a screen."""
    if platform != "linux":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _failed(said: str, environment: Mapping[str, str]) -> Finding:
    missing = missing_in(said) or (_unmet_by_plugins(environment) if sys.platform == "linux" else [])
    advice = "See that the screen named by DISPLAY or WAYLAND_DISPLAY is there and lets you in."
    return Finding(
        "window",
        f"Qt does not start ({one_line(_reason(said))})",
        "broken",
        advice_for(missing) if missing else advice,
    )


def _reason(said: str) -> str:
    """The line that matters: the last one of a traceback, else the one that tells of a failure."""
    lines = [line for line in said.splitlines() if line.strip()] or ["no reason given"]
    if lines[0].startswith("Traceback"):
        return lines[-1]
    return next((line for line in lines if "could not" in line.lower()), lines[0])


def _unmet_by_plugins(environment: Mapping[str, str]) -> list[str]:
    """The libraries that Qt's own part for screens lacks; Qt names one of them at most, often a wrong one."""
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
