"""Receipts: written into every format and read back."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.photo import encode
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import Metadata, PhotoError
from fxdiffuse_gui.photo.metadata.xmp import read_property, with_property
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import Output, Receipt, ReceiptError, file_name, read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.photo.photo_files import IPTC, exif_block, photo_of, random_samples, save

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


def test_a_packet_that_cannot_be_extended_is_kept(tmp_path: Path) -> None:
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


def test_names_that_cannot_be_written_down_are_left_out(tmp_path: Path) -> None:
    names = {"a b.jpg": "a b.jpg", "a\udcff.jpg": None, "a:b.jpg": None, "a\u202eb.jpg": None}
    assert {name: file_name(Path("somewhere") / name) for name in names} == names
    assert file_name(None) is None


def test_the_packet_is_what_other_programs_read(tmp_path: Path) -> None:
    source = photo_of(random_samples(4, 4))
    write_photo(tmp_path / "a.jpg", source.pixels / 2, source, receipt=RECEIPT)
    packet = read_photo(tmp_path / "a.jpg").metadata.xmp
    assert packet is not None
    found = read_property(packet)
    assert found is not None and json.loads(found)["condition"]["grain"] == 0.1 + 0.2
