"""Receipts: written into every format, read back, and refused when they cannot have been written here."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest

from fxdiffuse_gui.photo import encode, receipt_fields
from fxdiffuse_gui.photo.digest import file_digest, samples_digest
from fxdiffuse_gui.photo.image import Metadata, PhotoError
from fxdiffuse_gui.photo.metadata.xmp import read_property, with_property
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import Output, Receipt, ReceiptError, file_name, read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.photo.photo_files import IPTC, exif_block, load, photo_of, random_samples, save

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


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_receipt_is_read_as_it_was_written(tmp_path: Path, suffix: str, depth: int) -> None:
    source = photo_of(random_samples(20, 30), Metadata(exif_block(1), PACKET, IPTC))
    path = tmp_path / f"out{suffix}"
    write_photo(path, source.pixels / 2, source, ExportOptions(80, depth), RECEIPT)
    found = read_receipt(path)
    jpeg = suffix == ".jpg"
    names = {".jpg": "jpeg", ".png": "png", ".tif": "tiff"}
    assert found.output == Output(
        names[suffix], 80 if jpeg else None, 8 if jpeg else depth, samples_digest(path)
    )
    assert replace(found, output=None) == RECEIPT
    metadata = read_photo(path).metadata
    assert metadata.xmp is not None and b"fxd:Other" in metadata.xmp
    assert metadata.iptc == IPTC and metadata.exif is not None and b"maker note" in metadata.exif


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_nothing_else_of_the_file_changes(tmp_path: Path, suffix: str) -> None:
    source = photo_of(random_samples(20, 30), Metadata(exif_block(1), None, IPTC, dpi=(300, 300)))
    write_photo(tmp_path / f"without{suffix}", source.pixels / 2, source)
    write_photo(tmp_path / f"with{suffix}", source.pixels / 2, source, receipt=RECEIPT)
    one, other = (read_photo(tmp_path / f"{name}{suffix}") for name in ("with", "without"))
    np.testing.assert_array_equal(one.original, other.original)
    assert replace(one.metadata, xmp=None) == other.metadata
    assert samples_digest(tmp_path / f"with{suffix}") == samples_digest(tmp_path / f"without{suffix}")
    write_photo(tmp_path / f"again{suffix}", source.pixels / 2, source, receipt=RECEIPT)
    assert (tmp_path / f"again{suffix}").read_bytes() == (tmp_path / f"with{suffix}").read_bytes()


def test_an_edit_of_an_export_has_the_new_receipt_alone(tmp_path: Path) -> None:
    source = photo_of(random_samples(8, 8))
    write_photo(tmp_path / "a.jpg", source.pixels / 2, source, receipt=RECEIPT)
    first = read_photo(tmp_path / "a.jpg")
    write_photo(tmp_path / "b.jpg", first.pixels / 2, first, receipt=replace(RECEIPT, steps=9))
    assert read_receipt(tmp_path / "b.jpg").steps == 9
    first_packet, second_packet = first.metadata.xmp, read_photo(tmp_path / "b.jpg").metadata.xmp
    assert first_packet is not None and second_packet is not None and len(first_packet) == len(second_packet)


def test_no_receipt_without_metadata_nor_in_a_copy(tmp_path: Path) -> None:
    source = read_photo(save(tmp_path / "in.jpg", random_samples(16, 16)))
    write_photo(tmp_path / "copy.jpg", source.pixels, source, receipt=RECEIPT)
    assert (tmp_path / "copy.jpg").read_bytes() == (tmp_path / "in.jpg").read_bytes()
    options = ExportOptions(keep_metadata=False)
    for name in ("out.jpg", "out.png", "out.tif"):
        write_photo(tmp_path / name, source.pixels / 2, source, options, RECEIPT)
        assert read_photo(tmp_path / name).metadata.xmp is None
        with pytest.raises(ReceiptError, match=f"{name} holds no receipt"):
            read_receipt(tmp_path / name)


def test_a_packet_that_cannot_take_it_is_kept(tmp_path: Path) -> None:
    full = with_property(None, "x" * 65_000).replace(b"fxd:Receipt", b"fxd:Other")
    for packet in (b"<broken", full):
        source = photo_of(random_samples(8, 8), Metadata(xmp=packet))
        write_photo(tmp_path / "a.jpg", source.pixels / 2, source, receipt=RECEIPT)
        assert read_photo(tmp_path / "a.jpg").metadata.xmp == packet
    write_photo(tmp_path / "a.png", source.pixels / 2, source, receipt=RECEIPT)
    assert read_receipt(tmp_path / "a.png").model == HASH


def test_a_picture_that_a_full_disk_cut_short_is_not_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = encode.write_lossless

    def cut_short(path: Path, *arguments: Any) -> None:
        write(path, *arguments)
        path.write_bytes(path.read_bytes()[:-500])

    monkeypatch.setattr(encode, "write_lossless", cut_short)
    source = photo_of(random_samples(40, 40))
    with pytest.raises(PhotoError, match=r"^a\.png cannot be written \(No space left on device\)"):
        write_photo(tmp_path / "a.png", source.pixels, source, receipt=RECEIPT)
    assert list(tmp_path.iterdir()) == []


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


def test_the_uncrafted_one_is_not(tmp_path: Path) -> None:
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


def test_what_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("text")
    with pytest.raises(PhotoError, match="not a picture"):
        read_receipt(tmp_path / "a.png")


def test_names_that_cannot_be_written_down_are_left_out(tmp_path: Path) -> None:
    names = {"a b.jpg": "a b.jpg", "a\udcff.jpg": None, "a:b.jpg": None, "a\u202eb.jpg": None}
    assert {name: file_name(Path("somewhere") / name) for name in names} == names
    assert file_name(None) is None


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


def in_tiles(path: Path, samples: Any) -> Path:
    """A TIFF of 16 × 16 tiles instead of rows."""
    spec = oiio.ImageSpec(samples.shape[1], samples.shape[0], samples.shape[2], str(samples.dtype))
    spec.tile_width = spec.tile_height = 16
    if samples.shape[2] == 4:
        spec.alpha_channel = 3
        spec.attribute("oiio:UnassociatedAlpha", 1)
    output = oiio.ImageOutput.create("tiff")
    assert output is not None and output.open(str(path), spec)
    assert output.write_image(samples) and output.close()
    return path


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_digest_of_samples(tmp_path: Path, channels: int, dtype: Any) -> None:
    samples = random_samples(600, 7, dtype, channels)
    digests = {samples_digest(save(tmp_path / f"a{suffix}", samples)) for suffix in (".png", ".tif")}
    digests.add(samples_digest(in_tiles(tmp_path / "tiles.tif", samples)))
    assert len(digests) == 1
    assert samples_digest(save(tmp_path / "b.png", load(tmp_path / "a.png")[::-1])) not in digests
    shape = samples.reshape(7, 600, channels)
    assert samples_digest(save(tmp_path / "c.png", shape)) not in digests


def test_the_digest_of_what_is_cut_short(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", random_samples(400, 40))
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(PhotoError, match=r"cut short|damaged"):
        samples_digest(path)


def test_a_photo_knows_its_file(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", random_samples(4, 4))
    assert read_photo(path).sha256 == file_digest(path)
    assert photo_of(random_samples(4, 4)).sha256 is None


def test_the_packet_is_what_other_programs_read(tmp_path: Path) -> None:
    source = photo_of(random_samples(4, 4))
    write_photo(tmp_path / "a.jpg", source.pixels / 2, source, receipt=RECEIPT)
    packet = read_photo(tmp_path / "a.jpg").metadata.xmp
    assert packet is not None
    found = read_property(packet)
    assert found is not None and json.loads(found)["condition"]["grain"] == 0.1 + 0.2
