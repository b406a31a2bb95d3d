"""Temporary files: a name that identifies the owning process, and removal of those left by killed processes.

The name holds an ID of the system (machine, boot, process namespace) and the process ID. On the same system a
file is stale as soon as its process is gone. On another one, as in a folder shared by several machines, it is
stale after a day. Where the system reports no boot ID (macOS, Windows) only the age counts, because two
machines may have the same name.
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
"""Seconds after which a temporary file of an unknown process counts as stale."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAME = re.compile(r"\..{1,40}-fxd-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}(\.[^.]*)?~?", re.DOTALL)


def temporary_name(target: Path) -> str:
    """A unique hidden name for a file that will become `target`, with the same suffix."""
    owner = f"fxd-{_system_id()}-{os.getpid()}-{secrets.token_hex(4)}"
    return f".{target.stem[:40]}-{owner}{target.suffix}"


def remove_stale_files(folder: Path) -> None:
    """Removes from `folder` files named by `temporary_name` whose process is gone. Never raises."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name) if entry.name.startswith(".") else None
            if found is not None:
                with suppress(OSError):
                    _remove_if_stale(Path(entry.path), found[1], int(found[2]))


def _remove_if_stale(path: Path, system: str, process: int) -> None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return
    if (system == _system_id() and _is_dead(process)) or time.time() - status.st_mtime > STALE_AFTER:
        path.unlink()


def _is_dead(process: int) -> bool:
    """Whether there is no such process; False where that cannot be determined."""
    # On Windows os.kill would end the process.
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
def _system_id() -> str:
    """Eight hexadecimal digits, the same for all processes that can see each other."""
    parts = [platform.node()]
    try:
        parts.append(_BOOT.read_text("ascii"))
        parts.append(os.readlink("/proc/self/ns/pid"))  # noqa: PTH115 — it points to no file
    except OSError:
        parts = [secrets.token_hex(16)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
