"""The machine: its memory, its threads, and whether settings can be kept on it."""

import os
import tempfile
from pathlib import Path

from fxdiffuse_gui.core.threads import thread_count
from fxdiffuse_gui.doctor.finding import Finding
from fxdiffuse_gui.doctor.memory import read_memory

LITTLE_MEMORY = 1 << 30
"""Less than this, in bytes, is soon used up by a large photo."""


def memory() -> Finding:
    """How much memory there is, and whether it is enough to edit with."""
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
    """Whether the app can write its settings, found out by a file that is gone again at once."""
    import platformdirs

    folder = platformdirs.user_config_path() / "fxdiffuse"
    existing = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        advice = f"Make {existing} a folder that you may write to; until then the app forgets its settings."
        return Finding("settings", f"{folder} ({error.strerror or error})", "broken", advice)
    return Finding("settings", str(folder))


def _nearest(folder: Path) -> Path:
    """`folder`, or what there is of the way to it."""
    return next(path for path in (folder, *folder.parents) if path.exists())
