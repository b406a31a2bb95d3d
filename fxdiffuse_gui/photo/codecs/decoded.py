"""`Decoded`, what every decoder returns, and the errors that they share."""

from dataclasses import dataclass
from pathlib import Path

import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.image import MAX_MEGAPIXELS, PhotoError, Samples


@dataclass(frozen=True, eq=False)
class Decoded:
    """Samples as stored, not yet upright.

    color: (H, W, 1 or 3) uint8 or uint16. alpha: (H, W) of the same type, or None. spec: OpenImageIO's
    header. file_format: as `sniff_format` names it.
    """

    color: Samples
    alpha: Samples | None
    spec: oiio.ImageSpec
    file_format: str


def check_size(path: Path, width: int, height: int, megapixels: int = MAX_MEGAPIXELS) -> None:
    """Raises PhotoError when the picture at `path` has no pixels or too many."""
    if width < 1 or height < 1:
        raise damaged(path, "")
    if width * height > megapixels * 1_000_000:
        raise PhotoError(
            "{name} is {width} × {height} pixels but the limit is {megapixels} megapixels; make it "
            "smaller first.",
            name=display_name(path),
            width=width,
            height=height,
            megapixels=megapixels,
        )


def damaged(path: Path, reason: str) -> PhotoError:
    """The error for a file on which a decoder failed with `reason`, its own words."""
    signs = ("premature end", "end of file", "expected")
    name = display_name(path)
    if any(sign in reason.lower() for sign in signs):
        return PhotoError(
            "{name} is cut short and cannot be read; copy it again from where it came from.", name=name
        )
    return PhotoError(
        "{name} is damaged and cannot be read; copy it again from where it came from.", name=name
    )
