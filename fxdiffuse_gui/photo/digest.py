"""What tells files and pictures apart: SHA-256 of a file, and of the samples that it holds."""

import hashlib
from pathlib import Path

from fxdiffuse_gui.photo.decode import sample_bands

_PIECE = 1 << 20


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def samples_digest(path: Path) -> str:
    """SHA-256, in hex, over shape, type and samples of the picture at `path` as it is stored.

    Whatever describes the picture (metadata, profile, orientation) and how it is compressed has no part in
    it. Raises PhotoError.
    """
    digest = hashlib.sha256()
    for band in sample_bands(path):
        digest.update(band)
    return digest.hexdigest()
