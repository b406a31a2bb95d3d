"""`Photo`, an opened file as the rest of the program sees it, and the errors of this package."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.samples import as_float

FloatImage = NDArray[np.float32]
"""(H, W, 3) encoded values in [0, 1]."""

ByteMask = NDArray[np.uint8]
"""(H, W) in 0..255; above 0 means painted."""

Samples = NDArray[np.uint8 | np.uint16]
"""Integer samples as stored in a file."""

MAX_MEGAPIXELS = 400


class PhotoError(UserError):
    """A file cannot be read or written; the message is one sentence that names the file and says what to
    do."""


class EncoderError(UserError):
    """A picture cannot be encoded; the message is the reason, as part of the sentence of a `PhotoError`."""


@dataclass(frozen=True)
class Metadata:
    """What a file says about its photo, as bytes.

    exif: a TIFF structure with upright orientation and without the thumbnail. xmp: an XML packet. iptc: IIM
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

    original: (H, W, 3) uint8 or uint16. The samples stay in the encoding of the file: an ICC profile is not
    applied. It is kept in `icc_profile` and written back unchanged, so that untouched pixels can be written
    byte for byte. alpha: (H, W) float32 in [0, 1], or None for an opaque format. bit_depth: 8 or 16.
    icc_profile: an RGB profile, or None (then the samples are sRGB). metadata: EXIF, XMP, IPTC. sha256: of
    the file when it was read, in hex; None for a picture without a file.
    """

    original: Samples
    alpha: NDArray[np.float32] | None
    bit_depth: int
    icc_profile: bytes | None = None
    metadata: Metadata = Metadata()
    path: Path | None = None
    sha256: str | None = None

    @property
    def pixels(self) -> FloatImage:
        """(H, W, 3) float32 in [0, 1], the samples divided by their maximum.

        Computed on each access and two or four times the size of the samples: not for large photos.
        """
        return as_float(self.original)

    @property
    def height(self) -> int:
        """Rows of the upright picture."""
        return self.original.shape[0]

    @property
    def width(self) -> int:
        """Columns of the upright picture."""
        return self.original.shape[1]
