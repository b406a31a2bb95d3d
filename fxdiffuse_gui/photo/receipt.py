"""`Receipt`: how an exported file was made, enough to repeat the edit and compare.

It is stored as one line of JSON in the XMP packet of the file. A file may come from anywhere, so every value
of a receipt is checked, and it holds names of files, never paths.
"""

import errno
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo import receipt_fields as fields
from fxdiffuse_gui.photo.codecs.segments import fits_jpeg
from fxdiffuse_gui.photo.codecs.sniff import sniff_format
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.formats import USUAL_SUFFIXES
from fxdiffuse_gui.photo.image import Metadata, PhotoError
from fxdiffuse_gui.photo.metadata.blocks import read_blocks
from fxdiffuse_gui.photo.metadata.xmp import XmpError, read_property, with_property

VERSION = 1

_PLACEHOLDER = "0" * 64


class ReceiptError(PhotoError):
    """A file without a usable receipt; the message is one sentence that names the file."""


@dataclass(frozen=True)
class Output:
    """The file that was written. format: a value of `FORMATS`. quality: 1..100 for lossy formats, otherwise
    None. bit_depth: 8 or 16. samples: its `samples_digest`."""

    format: str
    quality: int | None
    bit_depth: int
    samples: str


@dataclass(frozen=True)
class Receipt:
    """condition: the result of `EditCondition.to_json`, with the seed and the hashes of mask and reference.
    steps, model: evaluations per tile and SHA-256 of the model's file, None when no effect was active.
    program: its version. source_name, source: name and SHA-256 of the photo's file, None without a file.
    mask_name, reference_name: names of their files if known. color_space: to which the colors were converted,
    a value of `ColorSpace`; None when they were not. project_name: the project that contains the mask and
    reference, if there is one. sampler: how the evaluations were used, None for DPM-Solver++, the only one of
    older versions. Receipts of those lack color_space and project_name, too. color_space and output are set
    when the file is written.
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
    sampler: str | None = None
    output: Output | None = None

    def to_text(self) -> str:
        """One line of ASCII; absent values are left out."""
        values: dict[str, Any] = {"receipt": VERSION, **vars(self), "condition": dict(self.condition)}
        values["output"] = None if self.output is None else _present(vars(self.output))
        return json.dumps(_present(values), allow_nan=False)

    @classmethod
    def from_text(cls, text: str) -> "Receipt":
        """The inverse of `to_text`. Raises ValueError, KeyError or TypeError for any other text."""
        values = fields.parse_object(text)
        if values.pop("receipt", None) != VERSION:
            raise ValueError("another version")
        return cls(**{name: _READERS[name](value) for name, value in values.items()})


def file_name(path: Path | None) -> str | None:
    """The name of a file as a receipt may hold it; None when the name is not allowed in a receipt."""
    return None if path is None or not fields.is_file_name(path.name) else path.name


def read_receipt(path: Path) -> Receipt:
    """The receipt of the picture at `path`. Raises ReceiptError, or PhotoError when it is not a picture."""
    name = display_name(path)
    packet = read_blocks(path, sniff_format(path), 1, 1).xmp
    try:
        text = None if packet is None else read_property(packet)
        receipt = None if text is None else Receipt.from_text(text)
    except XmpError as error:
        raise ReceiptError(
            "The XMP packet of {name} is not read because {reason}.", name=name, reason=error
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReceiptError(
            "The receipt in {name} is damaged or of another version of fxdiffuse.", name=name
        ) from None
    if receipt is None:
        raise ReceiptError(
            "{name} holds no receipt; only edits exported with their metadata have one.", name=name
        )
    return receipt


def with_receipt(
    metadata: Metadata, receipt: Receipt, written: Path, file_format: str, bit_depth: int, quality: int | None
) -> Metadata:
    """`metadata` with `receipt`, whose `Output` describes the finished picture at `written`.

    The photo's own XMP packet is more important: when it cannot be extended, or would not fit into a JPEG, it
    is left unchanged. Raises OSError when the picture is incomplete, as the PNG encoder leaves it on a full
    disk without reporting it.
    """
    return _with_output(metadata, receipt, Output(file_format, quality, bit_depth, _digest(written)))


def with_unsealed_receipt(
    metadata: Metadata, receipt: Receipt, file_format: str, bit_depth: int, quality: int | None
) -> Metadata:
    """As `with_receipt`, before the picture is written: zeros for the digest, see `sealed_packet`."""
    return _with_output(metadata, receipt, Output(file_format, quality, bit_depth, _PLACEHOLDER))


def sealed_packet(packet: bytes, written: Path) -> bytes:
    """A packet of `with_unsealed_receipt` with the digest of the picture at `written`; its length stays.

    Raises OSError when the picture is incomplete.
    """
    before, zeros, after = packet.rpartition(_PLACEHOLDER.encode())
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
    if output.format == "jpeg" and not fits_jpeg(xmp):
        return metadata
    return replace(metadata, xmp=xmp)


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _color_space(value: object) -> str:
    if not isinstance(value, str) or value == ColorSpace.KEEP:
        raise ValueError("not a color space")
    return ColorSpace(value).value


def _output(value: object) -> Output:
    values = fields.json_object(value)
    quality = values.pop("quality", None)
    output = Output(quality=None if quality is None else fields.positive_integer(quality), **values)
    fields.sha256(output.samples)
    known = output.format in USUAL_SUFFIXES and output.bit_depth in (8, 16)
    if not known or not 1 <= (output.quality or 1) <= 100:
        raise ValueError("not a file that is written here")
    return output


_READERS: Mapping[str, Callable[[object], Any]] = {
    "condition": fields.condition,
    "program": fields.version,
    "steps": fields.positive_integer,
    "model": fields.sha256,
    "source_name": fields.name,
    "source": fields.sha256,
    "mask_name": fields.name,
    "reference_name": fields.name,
    "color_space": _color_space,
    "project_name": fields.name,
    "sampler": fields.sampler,
    "output": _output,
}
