"""`Photo`, what the rest of the program knows about an opened file, and the one error of this package."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatImage = NDArray[np.float32]
"""(H, W, 3) encoded values in [0, 1]."""

FloatMask = NDArray[np.float32]
"""(H, W) in [0, 1]; above 0 means painted over."""

Samples = NDArray[np.uint8 | np.uint16]
"""Integer samples as they lie in a file."""

MAX_MEGAPIXELS = 400


class PhotoError(ValueError):
    """A file cannot be read or written; the message is one sentence that names it and says what to do."""


@dataclass(frozen=True)
class Metadata:
    """What a file says about its photo, as the bytes that say it.

    exif: a TIFF structure, its orientation upright, without the thumbnail. xmp: an XML packet. iptc: IIM
    records. texts: (kind, content) of PNG text chunks. dpi: horizontal and vertical pixels per inch.
    """

    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    texts: tuple[tuple[bytes, bytes], ...] = ()
    dpi: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Photo:
    """An upright photo: its EXIF orientation is already applied to every array.

    pixels: (H, W, 3) float32 in [0, 1], the samples divided by their maximum. They stay in the encoding
    of the file: an ICC profile is not applied, it is kept in `icc_profile` and written back unchanged, so
    that untouched pixels can be written byte for byte.
    alpha: (H, W) float32 in [0, 1], or None for an opaque format.
    bit_depth: 8 or 16. original: (H, W, 3) uint8 or uint16, the same picture as integers.
    icc_profile: an RGB profile, or None (then the samples are sRGB). metadata: what else the file says.
    sha256: of the file as it was when it was read, in hex; None for a picture without a file.
    """

    pixels: FloatImage
    alpha: NDArray[np.float32] | None
    bit_depth: int
    original: Samples
    icc_profile: bytes | None = None
    metadata: Metadata = Metadata()
    path: Path | None = None
    sha256: str | None = None

    @property
    def height(self) -> int:
        """Rows of the upright picture."""
        return self.pixels.shape[0]

    @property
    def width(self) -> int:
        """Columns of the upright picture."""
        return self.pixels.shape[1]


def display_name(path: Path) -> str:
    """The file's name for a message: printable and on one line, whatever bytes it is made of."""
    name = path.name or str(path)
    return "".join(char if char.isprintable() else "�" for char in name)
