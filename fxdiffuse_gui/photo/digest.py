"""What tells files and pictures apart: SHA-256 of a file, and of the samples that it holds."""

import hashlib
from pathlib import Path

from fxdiffuse_gui.photo.decode import sample_bands
from fxdiffuse_gui.photo.image import PhotoError, display_name
from fxdiffuse_gui.spoken import phrase

_PIECE = 1 << 20


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises PhotoError when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or phrase("the path is not valid")
        raise PhotoError(
            "{name} cannot be read ({reason}); check the path.", name=display_name(path), reason=reason
        ) from None
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
