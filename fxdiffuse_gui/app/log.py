"""The log: errors with tracebacks, in a file of limited size."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 500_000
_OLD_FILES = 2


def start_log(folder: Path) -> Path | None:
    """Writes warnings of this program and its libraries to `folder`/fxdiffuse.log from now on.

    Returns the file, or None when the folder cannot be written; the program works without a log.
    """
    path = folder / "fxdiffuse.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    return path
