"""The system packages that are needed: libraries for Qt, and Python's venv module.

The wheels for macOS and Windows contain their libraries. A minimal Linux lacks some: on Debian and similar
systems they are installed (as root), or the command for it is printed; on other systems they are listed.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

CORE_LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Shared library → Debian package: needed by Qt even without a screen."""

SCREEN_LIBRARIES: Mapping[str, str] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Shared library → Debian package: also needed to open a window under X11 or Wayland."""


class SetupError(Exception):
    """Set-up cannot continue; the message is one sentence that says what is wrong and what to do."""


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be opened. macOS and Windows are assumed to have a screen."""
    if platform != "linux":
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def missing_libraries(screen: bool, load: Callable[[str], object] = ctypes.CDLL) -> dict[str, str]:
    """Library → Debian package, for the libraries that the dynamic loader does not find."""
    needed = {**CORE_LIBRARIES, **(SCREEN_LIBRARIES if screen else {})}
    missing: dict[str, str] = {}
    for library, package in needed.items():
        try:
            load(library)
        except OSError:
            missing[library] = package
    return missing


def provide(screen: bool, venv: bool) -> None:
    """Install missing system libraries and Python's venv module, or say how.

    screen: with the libraries for a window. venv: a virtual environment is about to be made. Raises
    SetupError when something must be installed and this user may not, or apt-get fails. Without apt-get,
    libraries are only listed, because package names differ, and set-up continues.
    """
    missing = missing_libraries(screen) if sys.platform == "linux" else {}
    without_venv = venv and importlib.util.find_spec("ensurepip") is None
    if shutil.which("apt-get"):
        packages = sorted(set(missing.values()))
        if without_venv:
            packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
        if packages:
            apt_install(packages)
        return
    if without_venv:
        raise SetupError("This Python has no ensurepip: install your system's package for Python's venv.")
    if missing:
        print(f"Qt needs these system libraries, install them if it does not start: {', '.join(missing)}")


def apt_install(packages: list[str]) -> None:
    """Install Debian packages without asking. Raises SetupError, for a user who is not root with the
    command."""
    if not is_root():
        raise SetupError(
            "Some system packages are missing. Install them with this line, then run the command again:\n"
            f"  sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    print(f"Installing missing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for step in (["apt-get", "update", "--quiet"], install):
        if subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, check=False).returncode != 0:
            raise SetupError(f"'{' '.join(step)}' failed; its message is above.")


def is_root() -> bool:
    """Whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
