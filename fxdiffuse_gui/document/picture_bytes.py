"""Masks, references and pasted photos as the bytes of picture files, and back, bit for bit."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.document.edit_state import MaskImage, Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage, image_hash
from fxdiffuse_gui.photo.image import Photo

_PNG = b"\x89PNG\r\n\x1a\n"
_BAND = 256
_Picture = TypeVar("_Picture")


class PictureBytesError(UserError):
    """Bytes are not the picture that they should be; the message is a part of a sentence."""


class Encoded:
    """Keeps the encoded bytes of pictures: from one save of an edit to the next most stay the same."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._used: set[int] = set()

    def bytes_of(self, picture: _Picture, encode: Callable[[_Picture], bytes]) -> bytes:
        """`encode(picture)`, or its result from an earlier call. A picture never changes in place."""
        key = id(picture)
        self._used.add(key)
        if key not in self._known:
            # The picture is kept too, so that no other one gets its id.
            self._known[key] = (picture, encode(picture))
        return self._known[key][1]

    def forget_unused(self) -> None:
        """Forgets what has not been asked for since the last call."""
        self._known = {key: known for key, known in self._known.items() if key in self._used}
        self._used = set()


def mask_to_png(mask: MaskImage) -> bytes:
    """(H, W) bytes as a gray PNG."""
    return _png(mask)


def mask_from_png(data: bytes, shape: tuple[int, int]) -> MaskImage:
    """The inverse of `mask_to_png`, for a gray 8-bit PNG of `shape` (H, W). Else raises PictureBytesError.

    The size is compared before anything is decoded, so a small file cannot claim a huge mask.
    """
    size = (int.from_bytes(data[20:24], "big"), int.from_bytes(data[16:20], "big"))
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or data[24:26] != b"\x08\0":
        raise PictureBytesError("the mask is no gray PNG")
    if size != tuple(shape):
        raise PictureBytesError(
            "the mask is {mask} pixels, the photo {photo}",
            mask=f"{size[1]} × {size[0]}",
            photo=f"{shape[1]} × {shape[0]}",
        )
    import cv2

    from fxdiffuse_gui.photo.codecs.silence_stderr import silenced_stderr

    with silenced_stderr():
        try:
            mask = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        except cv2.error:
            mask = None
    if mask is None or mask.shape != size or mask.dtype != np.uint8:
        raise PictureBytesError("the mask cannot be decoded")
    return mask.astype(np.uint8, copy=False)


def reference_to_bytes(reference: Reference) -> bytes:
    """The file that the reference came from when it is unchanged, else its pixels as a PNG."""
    if reference.path is not None:
        try:
            data = reference.path.read_bytes()
            if image_hash(pixels_of(data)) == reference.digest:
                return data
        except (OSError, ValueError):
            pass
    return pixels_to_png(reference.pixels)


def pixels_to_png(pixels: FloatImage) -> bytes:
    """(H, W, 3) values in [0, 1] as a PNG, with 8 bits where those are exact and 16 elsewhere."""
    for dtype in (np.uint8, np.uint16):
        maximum = np.float32(np.iinfo(dtype).max)
        samples = np.empty(pixels.shape, dtype)
        exact = True
        # In bands: temporaries of a large picture would be larger than the picture.
        for top in range(0, len(pixels), _BAND):
            rows = pixels[top : top + _BAND]
            samples[top : top + _BAND] = np.rint(np.clip(rows, 0.0, 1.0) * maximum)
            exact = exact and bool((samples[top : top + _BAND].astype(np.float32) / maximum == rows).all())
            if not exact and dtype is np.uint8:
                break
        if exact:
            break
    return _png(samples[..., ::-1])


def photo_to_png(photo: Photo) -> bytes:
    """The photo as opened, with alpha, profile and metadata, as a PNG. Raises PhotoError, OSError."""
    from fxdiffuse_gui.photo.writer import write_photo

    with tempfile.TemporaryDirectory(prefix="fxdiffuse-") as folder:
        path = Path(folder) / "photo.png"
        write_photo(path, photo.pixels, photo)
        return path.read_bytes()


def pixels_of(data: bytes) -> FloatImage:
    """The pixels of the picture file that `data` is, (H, W, 3) in [0, 1]. Raises PhotoError, OSError."""
    from fxdiffuse_gui.photo.reader import read_pixels

    with tempfile.TemporaryDirectory(prefix="fxdiffuse-") as folder:
        path = Path(folder) / "picture"
        path.write_bytes(data)
        return read_pixels(path)


def _png(samples: NDArray[Any]) -> bytes:
    import cv2

    fast = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    done, data = cv2.imencode(".png", np.ascontiguousarray(samples), fast)
    if not done:
        raise PictureBytesError("the picture cannot be encoded")
    return data.tobytes()
