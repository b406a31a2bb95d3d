"""SHA-256 of files."""

import hashlib
from pathlib import Path

_BLOCK = 1 << 20


def file_sha256(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file's content in hex, and the file's size in bytes.

    Raises OSError, or ValueError for a path that cannot exist.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
