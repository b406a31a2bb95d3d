"""Develops camera RAW files, with LibRaw."""

from pathlib import Path
from typing import Any

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.decoded import Decoded, check_size
from fxdiffuse_gui.photo.codecs.header import new_header
from fxdiffuse_gui.photo.codecs.silence_stderr import silenced_stderr
from fxdiffuse_gui.photo.image import PhotoError

# The share of pixels that may clip to white when a dark exposure is brightened.
_CLIPPED = 0.001


def decode_raw(path: Path) -> Decoded:
    """The RAW file at `path`, developed to upright 16-bit sRGB with the camera's white balance.

    Its size is checked before it is unpacked. Raises PhotoError when LibRaw cannot read it.
    """
    import rawpy

    try:
        with silenced_stderr(), rawpy.RawPy() as raw:
            raw.open_file(str(path))
            sizes = raw.sizes
            check_size(path, sizes.raw_width, sizes.raw_height)
            check_size(path, sizes.iwidth, sizes.iheight)
            raw.unpack()
            color: Any = raw.postprocess(
                output_bps=16,
                use_camera_wb=True,
                output_color=rawpy.ColorSpace.sRGB,  # pyright: ignore[reportAttributeAccessIssue]
                auto_bright_thr=_CLIPPED,
            )
    except (PhotoError, MemoryError):
        raise
    except Exception as error:  # LibRaw's errors have no common base besides this one
        raise _error(path, str(error)) from None
    if color.ndim != 3 or color.shape[2] != 3:
        raise _error(path, "")
    check_size(path, color.shape[1], color.shape[0])
    return Decoded(color, None, new_header(color, None), "raw")


def _error(path: Path, reason: str) -> PhotoError:
    name = display_name(path)
    if "unsupported" in reason.lower():
        return PhotoError(
            "{name} is a camera RAW file of a camera that is not known here; develop it to a TIFF or JPEG"
            " first.",
            name=name,
        )
    return PhotoError(
        "{name} is a camera RAW file damaged or cut short; copy it again from where it came from.", name=name
    )
