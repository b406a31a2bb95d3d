"""Decodes files of any format: a hostile file goes in, checked samples come out.

The only module that reads with OpenImageIO; what that cannot read goes to `heif` and `raw`.
"""

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

import numpy as np
import OpenImageIO as oiio  # noqa: N813
from numpy.typing import NDArray

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.samples import row_bands
from fxdiffuse_gui.photo.codecs.decoded import Decoded, check_size, damaged
from fxdiffuse_gui.photo.codecs.heif import decode_heif, heif_depth
from fxdiffuse_gui.photo.codecs.raw import decode_raw
from fxdiffuse_gui.photo.codecs.silence_stderr import silenced_stderr
from fxdiffuse_gui.photo.codecs.sniff import sniff_format
from fxdiffuse_gui.photo.image import MAX_MEGAPIXELS, PhotoError, Samples

_MAX_CHANNELS = 16

# A second limit in addition to `_check_header`: some decoders allocate while they open a file.
oiio.attribute("limits:imagesize_MB", MAX_MEGAPIXELS * 8)
oiio.attribute("limits:channels", _MAX_CHANNELS)


def decode(path: Path) -> Decoded:
    """Reads the first picture of the file at `path`.

    Its size is checked before pixels are decoded. Raises PhotoError, and nothing else, when the file is
    missing, unreadable, damaged, cut short, too large, or of a kind that is not supported.
    """
    file_format = sniff_format(path)
    try:
        # libpng prints the errors that it reports; the other decoders do not.
        with silenced_stderr() if file_format == "png" else nullcontext():
            return _decode(path, file_format)
    except MemoryError:
        raise PhotoError(
            "{name} does not fit into memory; close other programs or use a smaller copy.",
            name=display_name(path),
        ) from None
    except (OSError, RuntimeError, TypeError, UnicodeError) as error:
        raise damaged(path, str(error)) from None


def stored_depth(path: Path) -> int:
    """The bits per sample, 8 or 16, with which the picture at `path` opens; decodes no pixels.

    Raises PhotoError as `decode` does.
    """
    file_format = sniff_format(path)
    if file_format == "raw":
        return 16
    try:
        if file_format in ("avif", "heic"):
            return heif_depth(path)
        silence = silenced_stderr() if file_format == "png" else nullcontext()
        with silence, _opened(path, file_format) as opened:
            return 16 if opened[1] == "uint16" else 8
    except (MemoryError, OSError, RuntimeError, TypeError, UnicodeError) as error:
        raise damaged(path, str(error)) from None


def sample_bands(path: Path) -> Generator[bytes]:
    """A line with the size and type of the picture at `path`, then its samples as stored, in bands of rows.

    As `decode`, but only one band is in memory at a time, except for formats that are decoded as a whole.
    """
    file_format = sniff_format(path)
    try:
        with silenced_stderr() if file_format == "png" else nullcontext():
            yield from _read_bands(path, file_format)
    except (MemoryError, OSError, RuntimeError, TypeError, UnicodeError) as error:
        raise damaged(path, str(error)) from None


def _read_bands(path: Path, file_format: str) -> Generator[bytes]:
    if file_format in ("avif", "heic", "raw"):
        yield from _bands_of(_decode(path, file_format))
        return
    with _opened(path, file_format) as (source, dtype):
        spec = source.spec()
        yield f"{spec.width}x{spec.height}x{spec.nchannels} {dtype}\n".encode()
        # Tiled files cannot be read in rows.
        bands = [slice(0, spec.height)] if spec.tile_width else row_bands(spec.height)
        for rows in bands:
            if spec.tile_width:
                samples = source.read_image(0, 0, 0, spec.nchannels, dtype)
            else:
                first, last = spec.y + rows.start, spec.y + rows.stop
                samples = source.read_scanlines(first, last, 0, 0, spec.nchannels, dtype)
            problem = source.geterror()
            if samples is None or problem:
                raise damaged(path, problem)
            yield _as_bytes(samples)


def _bands_of(decoded: Decoded) -> Generator[bytes]:
    """The same for a decoded picture."""
    color, alpha = decoded.color, decoded.alpha
    channels = color.shape[2] + (alpha is not None)
    yield f"{color.shape[1]}x{color.shape[0]}x{channels} {color.dtype}\n".encode()
    for rows in row_bands(color.shape[0]):
        yield _as_bytes(color[rows] if alpha is None else np.dstack([color[rows], alpha[rows]]))


def _as_bytes(samples: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(samples).astype(f"<{samples.dtype.str[1:]}", copy=False).tobytes()


def _decode(path: Path, file_format: str) -> Decoded:
    if file_format in ("avif", "heic"):
        return decode_heif(path, file_format)
    if file_format == "raw":
        return decode_raw(path)
    with _opened(path, file_format) as (source, dtype):
        spec = source.spec()
        samples = source.read_image(0, 0, 0, spec.nchannels, dtype)
        problem = source.geterror()
    if samples is None or problem:
        raise damaged(path, problem)
    color, alpha = _split(samples.reshape(spec.height, spec.width, spec.nchannels), spec)
    return Decoded(color, alpha, spec, file_format)


@contextmanager
def _opened(path: Path, file_format: str) -> Generator[tuple[oiio.ImageInput, str]]:
    """The open file, its header checked, and the type of its samples."""
    config = oiio.ImageSpec()
    config.attribute("oiio:UnassociatedAlpha", 1)  # do not multiply color by alpha
    source = oiio.ImageInput.open(str(path), config)
    if source is None:
        raise _open_error(path, oiio.geterror())
    try:
        # OpenImageIO tries every format it knows; one that `sniff_format` did not detect is a trick.
        if source.format_name() != file_format:
            raise damaged(path, "")
        yield source, _check_header(path, source.spec())
    finally:
        source.close()


def _check_header(path: Path, spec: oiio.ImageSpec) -> str:
    """The type of samples to read. Raises PhotoError for pictures that are too large or not 8- or 16-bit."""
    name = display_name(path)
    if spec.depth > 1:
        raise damaged(path, "")
    check_size(path, spec.width, spec.height)
    if not 1 <= spec.nchannels <= _MAX_CHANNELS:
        raise PhotoError(
            "{name} has {channels} channels; save it as an RGB picture first.",
            name=name,
            channels=spec.nchannels,
        )
    if spec.get_string_attribute("tiff:ColorSpace") in {"CIELAB", "ICCLAB", "ITULAB", "LOGL", "LOGLUV"}:
        raise PhotoError("{name} is a Lab picture; save it as RGB first.", name=name)
    sample_type = str(spec.format)
    if sample_type not in {"uint8", "uint16"}:
        raise PhotoError(
            "{name} has {sample_type} samples; save it with 8 or 16 bits per channel first.",
            name=name,
            sample_type=sample_type,
        )
    return sample_type


def _split(samples: Samples, spec: oiio.ImageSpec) -> tuple[Samples, Samples | None]:
    """Color (1 or 3 channels) and alpha from the interleaved channels of a file."""
    names = [str(name) for name in cast(tuple[object, ...], spec.channelnames)]  # pyright: ignore[reportUnknownMemberType]
    colors = 3 if names[:3] == ["R", "G", "B"] else 1
    alpha = samples[..., names.index("A")] if "A" in names[colors:] else None
    return samples[..., :colors], alpha


def _open_error(path: Path, reason: str) -> PhotoError:
    name = display_name(path)
    if "resolution" in reason.lower() or "limit" in reason.lower():
        return PhotoError(
            "{name} declares more than {megapixels} megapixels; make it smaller first.",
            name=name,
            megapixels=MAX_MEGAPIXELS,
        )
    return damaged(path, reason)
