"""Temporary files: a name that tells whose they are, and the removal of those that a killed process left.

A name holds where its process runs (machine, start of the system, process space) and its number there. So a
file can be told to be nobody's at once where the process would be seen if it lived, and elsewhere, as in a
folder shared by several machines, by its age. Where the system does not tell when it was started (macOS,
Windows) only the age counts: two machines may have one name.
"""

import hashlib
import os
import platform
import re
import secrets
import stat
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

STALE_AFTER = 24 * 3600
"""Seconds after which a temporary file of an unknown process counts as left behind."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAME = re.compile(r"\..{1,40}-fxd-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}(\.[^.]*)?~?", re.DOTALL)


def temporary_name(target: Path) -> str:
    """A hidden name for a file that will become `target`, with its suffix; nobody else would choose it."""
    mark = f"fxd-{_place()}-{os.getpid()}-{secrets.token_hex(4)}"
    return f".{target.stem[:40]}-{mark}{target.suffix}"


def sweep(folder: Path) -> None:
    """Removes from `folder` what `temporary_name` has named and nobody works on any more. Never raises."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name) if entry.name.startswith(".") else None
            if found is not None:
                with suppress(OSError):
                    _remove_stale(Path(entry.path), found[1], int(found[2]))


def _remove_stale(path: Path, place: str, process: int) -> None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return
    if (place == _place() and _is_dead(process)) or time.time() - status.st_mtime > STALE_AFTER:
        path.unlink()


def _is_dead(process: int) -> bool:
    """Whether there is no such process here; False where that cannot be asked."""
    # Windows would end the process instead of looking for it.
    if sys.platform == "win32" or process == 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


@cache
def _place() -> str:
    """Eight hexadecimal digits that processes have in common which can see each other."""
    parts = [platform.node()]
    try:
        parts.append(_BOOT.read_text("ascii"))
        parts.append(os.readlink("/proc/self/ns/pid"))  # noqa: PTH115 — it points to no file
    except OSError:
        parts = [secrets.token_hex(16)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
