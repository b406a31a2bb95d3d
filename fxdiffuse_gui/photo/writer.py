"""Exports an edited photo: same size, same metadata, untouched where untouched."""

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.decode import decode
from fxdiffuse_gui.photo.codecs.jpeg import MAX_JPEG_SIDE, set_jpeg_xmp, write_jpeg
from fxdiffuse_gui.photo.codecs.lossless import write_lossless
from fxdiffuse_gui.photo.codecs.webp_avif import can_write_avif, check_web_size, write_web
from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.edited import EditedSamples
from fxdiffuse_gui.photo.image import FloatImage, Metadata, Photo, PhotoError, Samples
from fxdiffuse_gui.photo.metadata.exif import with_color_space
from fxdiffuse_gui.photo.reader import upright_samples
from fxdiffuse_gui.photo.receipt import Receipt, with_receipt

FORMATS = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".tif": "tiff", ".tiff": "tiff",
    ".webp": "webp", ".avif": "avif",
}  # fmt: skip
LOSSY_FORMATS = frozenset({"jpeg", "webp", "avif"})
"""Those that have a quality and 8 bits; WebP and AVIF lose nothing at quality 100."""

_DEFAULT_QUALITY = 95
_BAND = 256


@dataclass(frozen=True)
class ExportOptions:
    """quality: JPEG, WebP and AVIF, 1..100. bit_depth: 8 or 16 (PNG, TIFF), None keeps the source's.
    keep_metadata: EXIF, IPTC and XMP; the ICC profile is always written, since the samples mean nothing
    without it. color_space: what the colors are converted to; only KEEP leaves pixels as the file had them.

    Raises PhotoError when a value is out of range.
    """

    quality: int = _DEFAULT_QUALITY
    bit_depth: int | None = None
    keep_metadata: bool = True
    color_space: ColorSpace = ColorSpace.KEEP

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= 100:
            raise PhotoError("The quality must lie between 1 and 100, not {quality}.", quality=self.quality)
        if self.bit_depth not in (None, 8, 16):
            raise PhotoError("The bit depth must be 8 or 16, not {bit_depth}.", bit_depth=self.bit_depth)


def check_target(path: Path) -> str:
    """The format that `path`'s suffix asks for; raises PhotoError when nothing could be written there.

    Meant to be called before a long edit: suffix, folder and permissions are looked at, nothing is touched.
    """
    name = display_name(path)
    file_format = FORMATS.get(path.suffix.lower())
    if file_format is None:
        raise PhotoError("{name} has no known suffix; name it .jpg, .png, .tif, .webp or .avif.", name=name)
    if file_format == "avif" and not can_write_avif():
        raise PhotoError(
            "{name} cannot be written: OpenCV has no AVIF on this system; choose WebP.", name=name
        )
    try:
        folder = Path(os.path.realpath(path)).parent
        is_folder, has_folder = path.is_dir(), folder.is_dir()
        writable = os.access(folder, os.W_OK) or not has_folder
    except (OSError, ValueError):
        raise PhotoError("{name} is not a valid path; choose another name.", name=name) from None
    if is_folder:
        raise PhotoError("{name} is a folder; give the name of a file.", name=name)
    if not has_folder:
        raise PhotoError(
            "{name} cannot be written because its folder does not exist; make the folder first.", name=name
        )
    if not writable:
        raise PhotoError(
            "{name} cannot be written because its folder is read-only; choose another folder.", name=name
        )
    return file_format


def check_size(path: Path, source: Photo) -> None:
    """Raises PhotoError when a picture as large as `source` cannot have the format of `path`'s suffix."""
    file_format = FORMATS.get(path.suffix.lower(), "")
    if file_format == "jpeg" and max(source.height, source.width) > MAX_JPEG_SIDE:
        raise PhotoError(
            "{name} cannot be written: a JPEG has {most} pixels a side at most; choose PNG or TIFF.",
            name=display_name(path),
            most=MAX_JPEG_SIDE,
        )
    check_web_size(path, file_format, source.height, source.width)


def export_depth(path: Path, source: Photo, options: ExportOptions) -> int:
    """The bits per sample that will be written to `path`: 8 or 16."""
    if FORMATS.get(path.suffix.lower()) in LOSSY_FORMATS:
        return 8
    return options.bit_depth or source.bit_depth


def begin_edit(path: Path, source: Photo, options: ExportOptions) -> EditedSamples:
    """What an edit of `source` to be written to `path` is put together in, before anything is changed.

    Raises PhotoError when the colors cannot be converted as the options ask, and as `check_size` does.
    """
    check_size(path, source)
    space = options.color_space
    conversion = conversion_to(space, source.icc_profile)
    profile = None if space is ColorSpace.KEEP else icc_profile_of(space)
    return EditedSamples(source, export_depth(path, source, options), conversion, profile)


def write_photo(
    path: Path | str,
    edited: FloatImage | EditedSamples,
    source: Photo,
    options: ExportOptions | None = None,
    receipt: Receipt | None = None,
) -> None:
    """Writes `edited`, (H, W, 3) float32 of `source`'s size, in the format of `path`'s suffix, atomically.

    Untouched pixels come back unchanged in PNG and TIFF, those of 8 bits also in WebP and AVIF of quality
    100, as long as colors are not converted. Large edits come as the `EditedSamples` of `begin_edit` with the
    same path and options, so that they need not lie in memory as floats. A JPEG, WebP or AVIF exported
    untouched in its own format is copied instead of being compressed again, unless the options ask for a
    lower quality, no metadata or a color space. Alpha is kept, but laid on white in JPEG. `receipt` goes
    along with the metadata, but a copy is left a copy. Raises PhotoError; then `path` is as it was before.
    """
    path = Path(path)
    options = options or ExportOptions()
    file_format = check_target(path)
    height, width = edited.shape[:2] if isinstance(edited, np.ndarray) else edited.samples.shape[:2]
    if (height, width) != (source.height, source.width):
        raise PhotoError(
            "{name} cannot be written: the edit has another size than the photo.", name=display_name(path)
        )
    try:
        if not isinstance(edited, EditedSamples):
            values, edited = edited, begin_edit(path, source, options)
            edited.put_whole(values)
        with atomic_path(path) as temporary:
            if file_format in LOSSY_FORMATS and _is_plain_copy(edited, source, options, file_format):
                assert source.path is not None
                shutil.copyfile(source.path, temporary)
            else:
                _encode(temporary, path, file_format, edited, source, options, receipt)
    except MemoryError:
        raise PhotoError(
            "{name} cannot be written: memory is full; close other programs.", name=display_name(path)
        ) from None
    except OSError as error:
        raise PhotoError(
            "{name} cannot be written ({reason}); choose another folder.",
            name=display_name(path),
            reason=error.strerror or error,
        ) from None


def _encode(
    temporary: Path,
    path: Path,
    file_format: str,
    edited: EditedSamples,
    source: Photo,
    options: ExportOptions,
    receipt: Receipt | None,
) -> None:
    metadata = _described(source, options) if options.keep_metadata else Metadata()
    receipt = _completed(receipt, options) if options.keep_metadata else None
    if file_format == "jpeg":
        samples = edited.samples.astype(np.uint8, copy=False)
        if source.alpha is not None:
            samples = samples.copy()
            _lay_on_white(samples, source.alpha)
        write_jpeg(temporary, samples, options.quality, metadata, edited.icc_profile)
        if receipt is not None:
            metadata = with_receipt(metadata, receipt, temporary, file_format, 8, options.quality)
            set_jpeg_xmp(temporary, metadata.xmp)
        return
    samples = edited.samples
    if source.alpha is not None:
        samples = _with_alpha(samples, source.alpha)
    if file_format in LOSSY_FORMATS:
        web_samples = samples.astype(np.uint8, copy=False)
        write_web(temporary, file_format, web_samples, options.quality, metadata, edited.icc_profile, receipt)
        return
    write_lossless(temporary, file_format, samples, metadata, edited.icc_profile, receipt)


def _described(source: Photo, options: ExportOptions) -> Metadata:
    """The photo's metadata, true of the color space that is written."""
    metadata, space = source.metadata, options.color_space
    if space is ColorSpace.KEEP or metadata.exif is None:
        return metadata
    return replace(metadata, exif=with_color_space(metadata.exif, space.value))


def _completed(receipt: Receipt | None, options: ExportOptions) -> Receipt | None:
    if receipt is None or options.color_space is ColorSpace.KEEP:
        return receipt
    return replace(receipt, color_space=options.color_space.value)


def _with_alpha(samples: Samples, alpha: NDArray[np.float32]) -> Samples:
    maximum = np.iinfo(samples.dtype).max
    return np.dstack([samples, np.rint(alpha * np.float32(maximum)).astype(samples.dtype)])


def _lay_on_white(samples: NDArray[np.uint8], alpha: NDArray[np.float32]) -> None:
    for top in range(0, samples.shape[0], _BAND):
        rows = slice(top, top + _BAND)
        weight = alpha[rows, :, None]
        samples[rows] = np.rint(samples[rows] * weight + (1 - weight) * np.float32(255))


def _is_plain_copy(edited: EditedSamples, source: Photo, options: ExportOptions, file_format: str) -> bool:
    """Whether the source file itself is the wanted result: untouched, and still what was read."""
    asks_for_change = options != ExportOptions(max(options.quality, _DEFAULT_QUALITY), options.bit_depth)
    if asks_for_change or source.path is None or not edited.is_untouched:
        return False
    try:
        decoded = decode(source.path)
        return decoded.file_format == file_format and np.array_equal(
            upright_samples(decoded), source.original
        )
    except PhotoError:
        return False
