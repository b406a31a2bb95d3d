"""Checks of the machine: memory, threads, and whether settings can be stored."""

import ctypes
import os
import sys
import tempfile
from pathlib import Path

from fxdiffuse_gui.core.threads import thread_count
from fxdiffuse_gui.doctor.finding import Finding

LITTLE_MEMORY = 1 << 30
"""Bytes; a large photo may need more than this."""

_UNIT = 1024


def memory() -> Finding:
    """How much memory there is, and whether it is enough for editing."""
    total, free = read_memory()
    value = f"{total / 2**30:.1f} GiB"
    if free is not None:
        value += f", {free / 2**30:.1f} GiB of it free"
    if (total if free is None else free) < LITTLE_MEMORY:
        return Finding("memory", value, "note", "That is little for large photos; close other programs.")
    return Finding("memory", value)


def threads() -> Finding:
    """How many threads edits use."""
    return Finding("threads", f"{thread_count()} for edits, {os.cpu_count()} processors")


def settings_folder() -> Finding:
    """Whether the app can write its settings, tried with a temporary file."""
    import platformdirs

    folder = platformdirs.user_config_path() / "fxdiffuse"
    existing = _nearest_existing(folder)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        advice = f"Make {existing} a folder that you may write to; until then the app forgets its settings."
        return Finding("settings", f"{folder} ({error.strerror or error})", "broken", advice)
    return Finding("settings", str(folder))


def _nearest_existing(folder: Path) -> Path:
    """`folder`, or its nearest parent that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def read_memory(table: Path = Path("/proc/meminfo")) -> tuple[int, int | None]:
    """(total, free) memory in bytes; free is None where the system does not report it. table: of Linux.

    Raises OSError or ValueError when the total is unknown.
    """
    if sys.platform == "win32":
        status = _MemoryStatus(size=ctypes.sizeof(_MemoryStatus))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            raise ctypes.WinError()
        return int(status.total), int(status.available)
    if not table.exists():
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), None
    words = [line.split() for line in table.read_text(encoding="ascii").splitlines()]
    sizes = {line[0]: int(line[1]) * _UNIT for line in words if len(line) == 3}
    return sizes["MemTotal:"], sizes.get("MemAvailable:")


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("others", ctypes.c_uint64 * 5),
    )
