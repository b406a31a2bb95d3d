"""Receipts that were crafted or damaged: refused with one sentence."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.photo import receipt_fields
from fxdiffuse_gui.photo.image import Metadata, PhotoError
from fxdiffuse_gui.photo.metadata.xmp import with_property
from fxdiffuse_gui.photo.receipt import Output, Receipt, ReceiptError, read_receipt
from fxdiffuse_gui.photo.writer import write_photo
from tests.photo.photo_files import IPTC, exif_block, photo_of, random_samples

HASH = "0123456789abcdef" * 4


RECEIPT = Receipt(
    condition={"seed": 2**63 - 1, "grain": 0.1 + 0.2, "color": 0.5, "reference": HASH},
    program="0.1.0",
    steps=6,
    model=HASH,
    source_name="Wiese & <Feld> \u00fc.jpg",
    source=HASH,
    reference_name="look.png",
    project_name="mine.fxd",
)


PACKET = with_property(None, "x").replace(b"fxd:Receipt", b"fxd:Other")


def text(**changes: Any) -> str:
    output = Output("png", None, 8, HASH)
    return json.dumps({**json.loads(replace(RECEIPT, output=output).to_text()), **changes})


CRAFTED = [
    "",
    "{",
    "[]",
    "null",
    "[" * 10_000,
    '{"receipt": ' * 2000,
    "{}",
    text(receipt=2),
    text(receipt=True)[:-1] + ', "receipt": 2}',
    text(unknown=1),
    text(condition=None),
    text(condition=[]),
    text(condition={"grain": float("nan")}),
    text(condition={"grain": float("inf")}),
    text(condition={"grain": 10**400}),
    text().replace('"steps": 6', f'"steps": 1{"0" * 5000}'),
    text(condition={"grain": "0.05"}),
    text(condition={"grain": True}),
    text(condition={"Grain": 1}),
    text(condition={"grain": {"a": 1}}),
    text(condition={f"a{'b' * i}": 1 for i in range(31)} | {"c": 1, "d": 1}),
    text(steps=0),
    text(steps=-1),
    text(steps=1.5),
    text(steps=True),
    text(model="../" + HASH),
    text(source=HASH.upper()),
    text(source=7),
    text(program=""),
    text(program="1\n2"),
    text(program="x" * 20_000),
    *(
        text(source_name=name)
        for name in (
            "../a.jpg",
            "/etc/passwd",
            "C:a.jpg",
            "a\\b",
            "..",
            ".",
            "",
            " ",
            "a\0",
            "a\n",
            "x" * 300,
        )
    ),
    text(mask_name="a/b"),
    text(reference_name=["a"]),
    text(project_name="../mine.fxd"),
    text(output=[]),
    text(output={}),
    text(output={"format": "exe", "bit_depth": 8, "samples": HASH}),
    text(output={"format": "png", "bit_depth": 12, "samples": HASH}),
    text(output={"format": "png", "bit_depth": 8, "samples": "x"}),
    text(output={"format": "jpeg", "bit_depth": 8, "samples": HASH, "quality": 101}),
    text(output={"format": "jpeg", "bit_depth": 8, "samples": HASH, "self": 1}),
    text(output={"format": {}, "bit_depth": [], "samples": HASH}),
]


@pytest.mark.parametrize("crafted", CRAFTED, ids=range(len(CRAFTED)))
def test_crafted_receipts_are_refused_with_one_sentence(tmp_path: Path, crafted: str) -> None:
    source = photo_of(random_samples(4, 4), Metadata(xmp=with_property(None, crafted)))
    write_photo(tmp_path / "a.png", source.pixels, source)
    with pytest.raises(
        ReceiptError, match=r"^The receipt in a\.png is damaged or of another version of .*\.$"
    ):
        read_receipt(tmp_path / "a.png")


def test_the_valid_receipt_is_read(tmp_path: Path) -> None:
    assert Receipt.from_text(text()).output == Output("png", None, 8, HASH)


def test_a_hostile_packet_is_refused_with_one_sentence(tmp_path: Path) -> None:
    source = photo_of(random_samples(4, 4), Metadata(xmp=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
    write_photo(tmp_path / "a.png", source.pixels, source)
    with pytest.raises(
        ReceiptError, match=r"^The XMP packet of a\.png is not read because it declares .*\.$"
    ):
        read_receipt(tmp_path / "a.png")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_mutated_files(tmp_path: Path, suffix: str) -> None:
    """A receipt is read or refused in one sentence, and nothing else, whatever bytes are changed."""
    chance = random.Random(suffix)
    source = photo_of(random_samples(8, 8), Metadata(exif_block(1), PACKET, IPTC))
    path = tmp_path / f"a{suffix}"
    write_photo(path, source.pixels / 2, source, receipt=RECEIPT)
    good = path.read_bytes()
    start = max(good.find(b"xpacket begin") - 100, 0)
    outcomes: set[type] = set()
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.choice([1, 3, 10])):
            at = chance.randrange(start, min(start + 2000, len(data)))
            if chance.random() < 0.8:
                data[at] = chance.choice([0, 255, ord('"'), ord("<"), chance.randrange(256)])
            else:
                del data[at : at + chance.randrange(1, 20)]
        path.write_bytes(data)
        try:
            outcomes.add(type(read_receipt(path)))
        except PhotoError as error:
            outcomes.add(type(error))
            assert "\n" not in str(error) and str(error).endswith(".")
    assert {Receipt, ReceiptError} <= outcomes


def test_a_file_that_is_not_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("text")
    with pytest.raises(PhotoError, match="not a picture"):
        read_receipt(tmp_path / "a.png")


def test_a_receipt_fits_into_its_own_limit() -> None:
    longest = replace(
        RECEIPT,
        source_name="\u00fc" * 255,
        mask_name="\u00fc" * 255,
        reference_name="\U0001f600" * 255,
        project_name="\U0001f600" * 255,
    )
    assert len(longest.to_text()) < receipt_fields._MAX_TEXT
    assert Receipt.from_text(longest.to_text()) == longest
