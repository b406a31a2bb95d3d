"""How much memory the machine has."""

import ctypes
import os
import sys
from pathlib import Path

_UNIT = 1024


def read_memory(table: Path = Path("/proc/meminfo")) -> tuple[int, int | None]:
    """(all of it, what is free for a program), in bytes; None where the system does not say.

    Raises OSError or ValueError where not even the first can be told.
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
