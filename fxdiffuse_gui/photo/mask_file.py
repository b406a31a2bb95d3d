"""Writes a mask as a gray PNG, which every program can read."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.errors import os_reason
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.image import PhotoError

_OPTIONS = [cv2.IMWRITE_PNG_COMPRESSION, 3]


def write_mask(path: Path, mask: NDArray[np.uint8]) -> None:
    """Writes `mask`, (H, W), 0..255, to `path`, atomically. `read_mask` returns the same levels.

    Raises PhotoError for a name that does not end in .png, and when the file cannot be written; then `path`
    is unchanged.
    """
    name = display_name(path)
    if path.suffix.lower() != ".png":
        raise PhotoError("{name} cannot be written: a mask is saved as a PNG; name it .png.", name=name)
    done, encoded = cv2.imencode(".png", mask, _OPTIONS)
    if not done:
        raise PhotoError("{name} cannot be written: the mask cannot be made a PNG.", name=name)
    try:
        with atomic_path(path) as temporary:
            temporary.write_bytes(encoded.tobytes())
    except (OSError, ValueError) as error:
        raise PhotoError(
            "{name} cannot be written ({reason}); choose another folder.", name=name, reason=os_reason(error)
        ) from None
