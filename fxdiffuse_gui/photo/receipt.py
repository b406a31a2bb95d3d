"""`Receipt`: what an exported file says of the edit that made it, enough to make it again and compare.

It travels as one line of JSON in the file's XMP packet. A file comes from anywhere, so nothing in a receipt
is believed: every value is checked, and names are names of files, never ways to other folders.
"""

import errno
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, cast

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.containers import XMP_MARK, read_blocks
from fxdiffuse_gui.photo.codecs.jpeg import MAX_SEGMENT
from fxdiffuse_gui.photo.codecs.sniff import sniff_format
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import Metadata, PhotoError
from fxdiffuse_gui.photo.metadata.xmp import XmpError, read_property, with_property

VERSION = 1

_MAX_TEXT = 16 << 10
_MAX_NUMBER = 2**63 - 1
_MAX_SETTINGS = 32
_HASH = re.compile(r"[0-9a-f]{64}")
_PROGRAM = re.compile(r"[0-9A-Za-z.+-]{1,32}")
_OPEN = "0" * 64
_KEY = re.compile(r"[a-z][a-z_]{0,31}")


class ReceiptError(PhotoError):
    """A file without a receipt that can be used; the message is one sentence that names it."""


@dataclass(frozen=True)
class Output:
    """The file that was written. format: "jpeg", "png", "tiff", "webp" or "avif". quality: of one that
    compresses with loss, else None. bit_depth: 8 or 16. samples: its `samples_digest`."""

    format: str
    quality: int | None
    bit_depth: int
    samples: str


@dataclass(frozen=True)
class Receipt:
    """condition: what `EditCondition.to_json` gives, the seed and the hashes of mask and reference among it.
    steps, model: evaluations per tile and SHA-256 of the model's file, None when no effect was active.
    program: its version. source: name and SHA-256 of the photo's file, None each where there was no file.
    mask, reference: names of their files where known. color_space: what the colors were converted to, a value
    of `ColorSpace`, None when they were not. project_name: the project that has them inside, where there is
    one. Receipts of older versions lack these two. color_space and output are set by whoever writes the file.
    """

    condition: Mapping[str, Any]
    program: str
    steps: int | None = None
    model: str | None = None
    source_name: str | None = None
    source: str | None = None
    mask_name: str | None = None
    reference_name: str | None = None
    color_space: str | None = None
    project_name: str | None = None
    output: Output | None = None

    def to_text(self) -> str:
        """One line of ASCII; absent values are left out."""
        values: dict[str, Any] = {"receipt": VERSION, **vars(self), "condition": dict(self.condition)}
        values["output"] = None if self.output is None else _present(vars(self.output))
        return json.dumps(_present(values), allow_nan=False)

    @classmethod
    def from_text(cls, text: str) -> "Receipt":
        """The inverse of `to_text`. Raises ValueError for anything that it cannot have written."""
        values = _object(_parse(text))
        if values.pop("receipt", None) != VERSION:
            raise ValueError("another version")
        return cls(**{name: _READERS[name](value) for name, value in values.items()})


def file_name(path: Path | None) -> str | None:
    """The name of a file as a receipt may hold it; None when it has none that can be written down."""
    return None if path is None or not _is_name(path.name) else path.name


def with_receipt(
    metadata: Metadata, receipt: Receipt, written: Path, file_format: str, bit_depth: int, quality: int | None
) -> Metadata:
    """`metadata` with `receipt`, completed by what the finished picture at `written` is, see `Output`.

    When the photo's own packet cannot be extended, or would not fit into a JPEG any more, it is left as it
    is: what the photo brought along is worth more. Raises OSError when the picture is not whole, as the PNG
    encoder leaves it on a full disk without saying so.
    """
    return _with_output(metadata, receipt, Output(file_format, quality, bit_depth, _digest(written)))


def with_open_receipt(
    metadata: Metadata, receipt: Receipt, file_format: str, bit_depth: int, quality: int | None
) -> Metadata:
    """The same for a picture still to be written: zeros stand where `sealed_packet` puts its digest."""
    return _with_output(metadata, receipt, Output(file_format, quality, bit_depth, _OPEN))


def sealed_packet(packet: bytes, written: Path) -> bytes:
    """A packet of `with_open_receipt`, as long as it was, now with the digest of the picture at `written`.

    Raises OSError when the picture is not whole.
    """
    before, zeros, after = packet.rpartition(_OPEN.encode())
    return before + _digest(written).encode() + after if zeros else packet


def _digest(written: Path) -> str:
    try:
        return samples_digest(written)
    except PhotoError:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None


def _with_output(metadata: Metadata, receipt: Receipt, output: Output) -> Metadata:
    try:
        xmp = with_property(metadata.xmp, replace(receipt, output=output).to_text())
    except XmpError:
        return metadata
    if output.format == "jpeg" and len(XMP_MARK) + len(xmp) > MAX_SEGMENT:
        return metadata
    return replace(metadata, xmp=xmp)


def read_receipt(path: Path) -> Receipt:
    """The receipt of the picture at `path`. Raises ReceiptError, or PhotoError when it is no picture."""
    name = display_name(path)
    packet = read_blocks(path, sniff_format(path), 1, 1).xmp
    try:
        text = None if packet is None else read_property(packet)
        receipt = None if text is None else Receipt.from_text(text)
    except XmpError as error:
        raise ReceiptError(f"The XMP packet of {name} is not read because {error}.") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReceiptError(f"The receipt in {name} is damaged or of another version of fxdiffuse.") from None
    if receipt is None:
        raise ReceiptError(f"{name} holds no receipt; only edits exported with their metadata have one.")
    return receipt


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _parse(text: str) -> object:
    if len(text) > _MAX_TEXT:
        raise ValueError("too long")
    return json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)


def _refuse(what: str) -> NoReturn:
    raise ValueError(f"{what} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands there twice")
    return values


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return cast("dict[str, Any]", value)


def _condition(value: object) -> dict[str, Any]:
    settings = _object(value)
    if len(settings) > _MAX_SETTINGS or not all(_KEY.fullmatch(key) for key in settings):
        raise ValueError("no settings")
    return {key: _hash(one) if isinstance(one, str) else _number(one) for key, one in settings.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not abs(value) <= _MAX_NUMBER:  # nor is NaN
        raise ValueError("too large a number")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MAX_NUMBER:
        raise ValueError("not a whole number")
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("not a hash")
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not _is_name(value):
        raise ValueError("not the name of a file")
    return value


def _is_name(text: str) -> bool:
    """Whether `text` names a file inside any folder: no way, no drive, nothing that hides in a message."""
    return (
        0 < len(text) <= 255 and text.strip(". ") != "" and text.isprintable() and not set(text) & set("/\\:")
    )


def _version(value: object) -> str:
    if not isinstance(value, str) or not _PROGRAM.fullmatch(value):
        raise ValueError("not a version")
    return value


def _color_space(value: object) -> str:
    if not isinstance(value, str) or value == ColorSpace.KEEP:
        raise ValueError("not converted")
    return ColorSpace(value).value


def _output(value: object) -> Output:
    values = _object(value)
    quality = values.pop("quality", None)
    output = Output(quality=None if quality is None else _whole(quality), **values)
    _hash(output.samples)
    known = output.format in ("jpeg", "png", "tiff", "webp", "avif") and output.bit_depth in (8, 16)
    if not known or not 1 <= (output.quality or 1) <= 100:
        raise ValueError("not a file that is written here")
    return output


_READERS: Mapping[str, Callable[[object], Any]] = {
    "condition": _condition,
    "program": _version,
    "steps": _whole,
    "model": _hash,
    "source_name": _name,
    "source": _hash,
    "mask_name": _name,
    "reference_name": _name,
    "color_space": _color_space,
    "project_name": _name,
    "output": _output,
}
