"""`EditedSamples`: an edit as the integers that will be written, put together part by part."""

import numpy as np

from fxdiffuse_gui.photo.image import FloatImage, Photo, PhotoError, Samples, as_float

_BAND = 256


class EditedSamples:
    """Begins as the photo. samples: (H, W, 3) uint8 or uint16, by `bit_depth` (8 or 16)."""

    def __init__(self, source: Photo, bit_depth: int) -> None:
        self.source = source
        self._dtype = np.uint16 if bit_depth == 16 else np.uint8
        self.samples: Samples = np.empty(source.original.shape, self._dtype)
        # In bands: temporaries of a 100-megapixel photo would be larger than the photo.
        for top in range(0, source.height, _BAND):
            rows = slice(top, top + _BAND)
            self.samples[rows] = at_depth(source.original[rows], self._dtype)

    @classmethod
    def of(cls, edited: FloatImage, source: Photo, bit_depth: int) -> "EditedSamples":
        """A whole edit, (H, W, 3) in [0, 1]. Raises PhotoError as `put` does."""
        result = cls(source, bit_depth)
        for top in range(0, source.height, _BAND):
            result.put((0, top, source.width, min(top + _BAND, source.height)), edited[top : top + _BAND])
        return result

    def put(self, box: tuple[int, int, int, int], values: FloatImage) -> None:
        """Takes in a part of the edit: (h, w, 3) in [0, 1], the pixels of `box` (x0, y0, x1, y1).

        A value that is the photo's own leaves the sample as the file has it. Raises PhotoError when the part
        holds NaN or infinity.
        """
        if not np.isfinite(values).all():
            raise PhotoError("The edited picture holds values that are not numbers; nothing was written.")
        x0, y0, x1, y1 = box
        original = self.source.original[y0:y1, x0:x1]
        scaled = np.clip(values, 0.0, 1.0) * np.float32(np.iinfo(self._dtype).max)
        changed = np.rint(scaled).astype(self._dtype)
        kept = values == as_float(original)
        self.samples[y0:y1, x0:x1] = np.where(kept, at_depth(original, self._dtype), changed)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing differs from the photo."""
        bands = (slice(top, top + _BAND) for top in range(0, self.source.height, _BAND))
        original = self.source.original
        return all(np.array_equal(self.samples[b], at_depth(original[b], self._dtype)) for b in bands)


def at_depth(samples: Samples, dtype: type[np.uint8] | type[np.uint16]) -> Samples:
    """The samples as integers of another depth, rounded."""
    if samples.dtype == dtype:
        return samples
    if dtype is np.uint16:
        return samples.astype(np.uint16) * np.uint16(257)
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
