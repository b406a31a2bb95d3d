"""SHA-256 of a photo's file, and of its samples."""

import hashlib
from pathlib import Path

from fxdiffuse_gui.core.errors import os_reason
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.photo.codecs.decode import sample_bands
from fxdiffuse_gui.photo.image import PhotoError


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises PhotoError when it cannot be read."""
    try:
        return file_sha256(path)[0]
    except (OSError, ValueError) as error:
        raise PhotoError(
            "{name} cannot be read ({reason}); check the path.",
            name=display_name(path),
            reason=os_reason(error),
        ) from None


def samples_digest(path: Path) -> str:
    """SHA-256, in hex, of the shape, type and samples of the picture at `path` as stored.

    Metadata, profile, orientation and compression do not change it. Raises PhotoError.
    """
    digest = hashlib.sha256()
    for band in sample_bands(path):
        digest.update(band)
    return digest.hexdigest()
