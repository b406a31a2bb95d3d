"""The only code that asks OpenImageIO to read: a hostile file goes in, checked samples come out."""

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.photo.image import MAX_MEGAPIXELS, PhotoError, Samples, display_name
from fxdiffuse_gui.photo.quiet import quiet_stderr
from fxdiffuse_gui.photo.sniff import sniff_format

_MAX_CHANNELS = 16
_BAND = 256

# A second fence behind our own look at the header: some decoders allocate while they open a file.
oiio.attribute("limits:imagesize_MB", MAX_MEGAPIXELS * 8)
oiio.attribute("limits:channels", _MAX_CHANNELS)


@dataclass(frozen=True, eq=False)
class Decoded:
    """Samples as stored, not yet upright.

    color: (H, W, 1 or 3) uint8 or uint16. alpha: (H, W) of the same type, or None. spec: OpenImageIO's
    header. file_format: what the content is.
    """

    color: Samples
    alpha: Samples | None
    spec: oiio.ImageSpec
    file_format: str


def decode(path: Path) -> Decoded:
    """Reads the first picture of the file at `path`.

    Dimensions are checked before pixels are decoded. Raises PhotoError, and nothing else, when the file is
    missing, unreadable, damaged, cut short, too large, or of a kind that is not edited here.
    """
    file_format = sniff_format(path)
    try:
        # libpng also prints what it reports; the other decoders keep still.
        with quiet_stderr() if file_format == "png" else nullcontext():
            return _decode(path, file_format)
    except MemoryError:
        raise PhotoError(
            f"{display_name(path)} does not fit into memory; close other programs or use a smaller copy."
        ) from None
    except (OSError, RuntimeError, TypeError, UnicodeError) as error:
        raise _damaged(path, str(error)) from None


def sample_bands(path: Path) -> Generator[bytes]:
    """A line that says the size and type of the picture at `path`, then its samples as stored, rows by rows.

    What is said of `decode` holds here too, but no more than some rows are in memory at a time.
    """
    file_format = sniff_format(path)
    try:
        with quiet_stderr() if file_format == "png" else nullcontext():
            yield from _read_bands(path, file_format)
    except (MemoryError, OSError, RuntimeError, TypeError, UnicodeError) as error:
        raise _damaged(path, str(error)) from None


def _read_bands(path: Path, file_format: str) -> Generator[bytes]:
    with _opened(path, file_format) as (source, dtype):
        spec = source.spec()
        yield f"{spec.width}x{spec.height}x{spec.nchannels} {dtype}\n".encode()
        # Tiles do not come in rows.
        step = spec.height if spec.tile_width else _BAND
        for top in range(0, spec.height, step):
            end = min(top + step, spec.height)
            if spec.tile_width:
                samples = source.read_image(0, 0, 0, spec.nchannels, dtype)
            else:
                samples = source.read_scanlines(spec.y + top, spec.y + end, 0, 0, spec.nchannels, dtype)
            problem = source.geterror()
            if samples is None or problem:
                raise _damaged(path, problem)
            yield np.ascontiguousarray(samples).astype(f"<{samples.dtype.str[1:]}", copy=False).tobytes()


def _decode(path: Path, file_format: str) -> Decoded:
    with _opened(path, file_format) as (source, dtype):
        spec = source.spec()
        samples = source.read_image(0, 0, 0, spec.nchannels, dtype)
        problem = source.geterror()
    if samples is None or problem:
        raise _damaged(path, problem)
    color, alpha = _split(samples.reshape(spec.height, spec.width, spec.nchannels), spec)
    return Decoded(color, alpha, spec, file_format)


@contextmanager
def _opened(path: Path, file_format: str) -> Generator[tuple[oiio.ImageInput, str]]:
    """The file with its header checked, and the type of its samples."""
    config = oiio.ImageSpec()
    config.attribute("oiio:UnassociatedAlpha", 1)  # color must not be multiplied by alpha
    source = oiio.ImageInput.open(str(path), config)
    if source is None:
        raise _refused_by_decoder(path, file_format, oiio.geterror())
    try:
        # OpenImageIO tries every format it knows; one that our look at the content did not find is a trick.
        if source.format_name() != file_format:
            raise _damaged(path, "")
        yield source, _check_header(path, source.spec())
    finally:
        source.close()


def _check_header(path: Path, spec: oiio.ImageSpec) -> str:
    """Refuses what is too large or has no 8 or 16 bit integer samples; returns the type to read."""
    name = display_name(path)
    width, height = spec.width, spec.height
    if width < 1 or height < 1 or spec.depth > 1:
        raise _damaged(path, "")
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise PhotoError(
            f"{name} is {width} × {height} pixels but the limit is {MAX_MEGAPIXELS} megapixels;"
            " make it smaller first."
        )
    if not 1 <= spec.nchannels <= _MAX_CHANNELS:
        raise PhotoError(f"{name} has {spec.nchannels} channels; save it as an RGB picture first.")
    if spec.get_string_attribute("tiff:ColorSpace") in {"CIELAB", "ICCLAB", "ITULAB", "LOGL", "LOGLUV"}:
        raise PhotoError(f"{name} is a Lab picture; save it as RGB first.")
    sample_type = str(spec.format)
    if sample_type not in {"uint8", "uint16"}:
        raise PhotoError(f"{name} has {sample_type} samples; save it with 8 or 16 bits per channel first.")
    return sample_type


def _split(samples: Samples, spec: oiio.ImageSpec) -> tuple[Samples, Samples | None]:
    """Color (1 or 3 channels) and alpha out of the interleaved channels of a file."""
    names = [str(name) for name in cast(tuple[object, ...], spec.channelnames)]  # pyright: ignore[reportUnknownMemberType]
    colors = 3 if names[:3] == ["R", "G", "B"] else 1
    alpha = samples[..., names.index("A")] if "A" in names[colors:] else None
    return samples[..., :colors], alpha


def _refused_by_decoder(path: Path, file_format: str, reason: str) -> PhotoError:
    name = display_name(path)
    if file_format == "heif":
        return PhotoError(
            f"{name} is a HEIC or AVIF picture, which this build cannot read; save it as JPEG or PNG."
        )
    if "resolution" in reason.lower() or "limit" in reason.lower():
        return PhotoError(f"{name} declares more than {MAX_MEGAPIXELS} megapixels; make it smaller first.")
    return _damaged(path, reason)


def _damaged(path: Path, reason: str) -> PhotoError:
    signs = ("premature end", "end of file", "expected")
    what = "is cut short" if any(sign in reason.lower() for sign in signs) else "is damaged"
    return PhotoError(
        f"{display_name(path)} {what} and cannot be read; copy it again from where it came from."
    )
