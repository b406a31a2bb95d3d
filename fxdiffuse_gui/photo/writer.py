"""Exports an edited photo: same size, same metadata, and unedited pixels unchanged."""

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.errors import os_reason
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.decode import decode
from fxdiffuse_gui.photo.codecs.heif import has_avif
from fxdiffuse_gui.photo.codecs.jpeg import MAX_JPEG_SIDE
from fxdiffuse_gui.photo.codecs.webp_avif import check_webp_avif_size
from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.edited import EditedSamples
from fxdiffuse_gui.photo.encode import encode_file
from fxdiffuse_gui.photo.formats import FORMATS, LOSSY_FORMATS
from fxdiffuse_gui.photo.image import EncoderError, FloatImage, Metadata, Photo, PhotoError
from fxdiffuse_gui.photo.metadata.exif import with_color_space
from fxdiffuse_gui.photo.reader import upright_samples
from fxdiffuse_gui.photo.receipt import Receipt

_DEFAULT_QUALITY = 95


@dataclass(frozen=True)
class ExportOptions:
    """quality: of JPEG, WebP and AVIF, 1..100. bit_depth: 8 or 16 (PNG, TIFF); None keeps the source's.
    keep_metadata: EXIF, IPTC and XMP; the ICC profile is always written, because the samples mean nothing
    without it. color_space: to which the colors are converted; only KEEP leaves pixels as in the file.

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
    """The format of `path`'s suffix; raises PhotoError when a file cannot be written there.

    Call it before a long edit: it checks suffix, folder and permissions and changes nothing.
    """
    name = display_name(path)
    file_format = FORMATS.get(path.suffix.lower())
    if file_format is None:
        raise PhotoError("{name} has no known suffix; name it .jpg, .png, .tif, .webp or .avif.", name=name)
    if file_format == "avif" and not has_avif():
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
    """Raises PhotoError when a picture of `source`'s size cannot have the format of `path`'s suffix."""
    file_format = FORMATS.get(path.suffix.lower(), "")
    if file_format == "jpeg" and max(source.height, source.width) > MAX_JPEG_SIDE:
        raise PhotoError(
            "{name} cannot be written: a JPEG has {most} pixels a side at most; choose PNG or TIFF.",
            name=display_name(path),
            most=MAX_JPEG_SIDE,
        )
    check_webp_avif_size(path, file_format, source.height, source.width)


def export_depth(path: Path, source: Photo, options: ExportOptions) -> int:
    """The bits per sample of an export to `path`: 8 or 16."""
    if FORMATS.get(path.suffix.lower()) in LOSSY_FORMATS:
        return 8
    return options.bit_depth or source.bit_depth


def begin_edit(path: Path, source: Photo, options: ExportOptions) -> EditedSamples:
    """The samples of an edit of `source` that will be written to `path`, before any part is edited.

    Raises PhotoError when the colors cannot be converted, and as `check_size` does.
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

    Unless colors are converted, unedited pixels stay exact in PNG and TIFF, and 8-bit ones also in WebP and
    AVIF of quality 100. Pass large edits as the `EditedSamples` of `begin_edit` with the same path and
    options, so that they are never in memory as floats. An unedited JPEG, WebP or AVIF that keeps its format
    is copied instead of compressed again, unless the options ask for a lower quality, no metadata or a color
    space. Alpha is kept; JPEG is composited on white. `receipt` is written with the metadata, but not into a
    copy. Raises PhotoError; then `path` is unchanged.
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
                encode_file(
                    temporary,
                    file_format,
                    edited.samples,
                    source.alpha,
                    quality=options.quality,
                    metadata=_metadata(source, options) if options.keep_metadata else Metadata(),
                    icc_profile=edited.icc_profile,
                    receipt=_completed(receipt, options) if options.keep_metadata else None,
                )
    except MemoryError:
        raise PhotoError(
            "{name} cannot be written: memory is full; close other programs.", name=display_name(path)
        ) from None
    except (OSError, EncoderError) as error:
        raise PhotoError(
            "{name} cannot be written ({reason}); choose another folder.",
            name=display_name(path),
            reason=os_reason(error),
        ) from None


def _metadata(source: Photo, options: ExportOptions) -> Metadata:
    """The photo's metadata, corrected for the color space that is written."""
    metadata, space = source.metadata, options.color_space
    if space is ColorSpace.KEEP or metadata.exif is None:
        return metadata
    return replace(metadata, exif=with_color_space(metadata.exif, space.value))


def _completed(receipt: Receipt | None, options: ExportOptions) -> Receipt | None:
    if receipt is None or options.color_space is ColorSpace.KEEP:
        return receipt
    return replace(receipt, color_space=options.color_space.value)


def _is_plain_copy(edited: EditedSamples, source: Photo, options: ExportOptions, file_format: str) -> bool:
    """Whether the source file itself is the result: unedited, and still what was read."""
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
