"""The formats of photos by their suffixes: those that are read, and those that are written."""

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".tif": "tiff", ".tiff": "tiff",
    ".webp": "webp", ".avif": "avif",
}  # fmt: skip
"""Suffix → format that is written for it."""

USUAL_SUFFIXES: Mapping[str, str] = {
    "jpeg": ".jpg", "png": ".png", "tiff": ".tif", "webp": ".webp", "avif": ".avif",
}  # fmt: skip
"""Format that is written → its usual suffix."""

LOSSY_FORMATS = frozenset({"jpeg", "webp", "avif"})
"""Formats with a quality and 8 bits; WebP and AVIF are lossless at quality 100."""

RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mos", ".mrw", ".nef", ".nrw",
    ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw", ".x3f",
})  # fmt: skip

PHOTO_SUFFIXES = frozenset({*RAW_SUFFIXES, *FORMATS, ".bmp", ".gif", ".heic", ".heif", ".jxl"})
"""Suffixes of files that count as photos before they are opened; the content then decides."""
