"""What tells files and pictures apart: SHA-256 of a file, and of the samples that it holds."""

import hashlib
from pathlib import Path

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.photo.codecs.decode import sample_bands
from fxdiffuse_gui.photo.image import PhotoError


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises PhotoError when it cannot be read."""
    try:
        return file_sha256(path)[0]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or Message("the path is not valid")
        raise PhotoError(
            "{name} cannot be read ({reason}); check the path.", name=display_name(path), reason=reason
        ) from None


def samples_digest(path: Path) -> str:
    """SHA-256, in hex, over shape, type and samples of the picture at `path` as it is stored.

    Whatever describes the picture (metadata, profile, orientation) and how it is compressed has no part in
    it. Raises PhotoError.
    """
    digest = hashlib.sha256()
    for band in sample_bands(path):
        digest.update(band)
    return digest.hexdigest()
