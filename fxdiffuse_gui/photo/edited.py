"""`EditedSamples`: an edit as the integers that will be written, filled part by part."""

import numpy as np

from fxdiffuse_gui.core.samples import as_float, row_bands
from fxdiffuse_gui.photo.color.color_space import Conversion
from fxdiffuse_gui.photo.image import FloatImage, Photo, PhotoError, Samples


class EditedSamples:
    """Starts as the photo. samples: (H, W, 3) uint8 or uint16, by `bit_depth` (8 or 16).

    conversion: from the photo's color space to that of the samples; None when it is the same. icc_profile: of
    the samples; None for that of the photo.
    """

    def __init__(
        self,
        source: Photo,
        bit_depth: int,
        conversion: Conversion | None = None,
        icc_profile: bytes | None = None,
    ) -> None:
        self.source = source
        self.icc_profile = icc_profile or source.icc_profile
        self._conversion = conversion
        self._dtype = np.uint16 if bit_depth == 16 else np.uint8
        self.samples: Samples = np.empty(source.original.shape, self._dtype)
        # In bands: temporaries for a 100-megapixel photo would be larger than the photo.
        for rows in row_bands(source.height):
            self.samples[rows] = self._unedited(source.original[rows])

    def put_whole(self, edited: FloatImage) -> None:
        """Sets the whole edit, (H, W, 3) in [0, 1]. Raises PhotoError as `put` does."""
        for rows in row_bands(self.source.height):
            self.put((0, rows.start, self.source.width, rows.stop), edited[rows])

    def put(self, box: tuple[int, int, int, int], values: FloatImage) -> None:
        """Sets a part of the edit: (h, w, 3) in [0, 1], the pixels of `box` (x0, y0, x1, y1).

        Without conversion, a value equal to the photo's leaves the sample exactly as in the file. Raises
        PhotoError when the part holds NaN or infinity.
        """
        if not np.isfinite(values).all():
            raise PhotoError("The edited picture holds values that are not numbers; nothing was written.")
        x0, y0, x1, y1 = box
        if self._conversion is not None:
            self.samples[y0:y1, x0:x1] = self._rounded(self._conversion(values))
            return
        original = self.source.original[y0:y1, x0:x1]
        changed = self._rounded(np.clip(values, 0.0, 1.0))
        kept = values == as_float(original)
        self.samples[y0:y1, x0:x1] = np.where(kept, at_depth(original, self._dtype), changed)

    @property
    def is_untouched(self) -> bool:
        """Whether no sample differs from the photo."""
        if self._conversion is not None:
            return False
        original = self.source.original
        return all(
            np.array_equal(self.samples[rows], at_depth(original[rows], self._dtype))
            for rows in row_bands(self.source.height)
        )

    def _unedited(self, original: Samples) -> Samples:
        if self._conversion is None:
            return at_depth(original, self._dtype)
        return self._rounded(self._conversion(as_float(original)))

    def _rounded(self, values: FloatImage) -> Samples:
        return np.rint(values * np.float32(np.iinfo(self._dtype).max)).astype(self._dtype)


def at_depth(samples: Samples, dtype: type[np.uint8] | type[np.uint16]) -> Samples:
    """The samples as integers of another depth, rounded."""
    if samples.dtype == dtype:
        return samples
    if dtype is np.uint16:
        return samples.astype(np.uint16) * np.uint16(257)
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
