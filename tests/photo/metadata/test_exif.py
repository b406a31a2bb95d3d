"""EXIF blocks: patched in place, carried between byte orders, harmless when broken."""

import io
import random

import pytest

from fxdiffuse_gui.photo.metadata import exif
from tests.photo.photo_files import exif_block


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_block_reads_back(order: str) -> None:
    tree = exif.read_tree(io.BytesIO(exif_block(6, order)))
    assert tree[0][271].value == b"Maker\0"
    assert tree[0][274].value == b"\x06\0"
    assert tree[exif.EXIF_POINTER][34855].value == (400).to_bytes(2, "little")
    assert tree[exif.EXIF_POINTER][37500].value == b"maker note"
    assert tree[exif.GPS_POINTER][2].count == 3


@pytest.mark.parametrize("order", ["<", ">"])
def test_upright_changes_the_orientation_and_the_size_alone(order: str) -> None:
    before = exif_block(6, order)
    after = exif.upright(before, 640, 480)
    assert after is not None and len(after) == len(before)
    assert sum(a != b for a, b in zip(before, after, strict=True)) <= 4
    tree = exif.read_tree(io.BytesIO(after))
    assert tree[0][274].value == b"\x01\0"
    assert tree[exif.EXIF_POINTER][0xA002].value == (640).to_bytes(4, "little")


def test_the_thumbnail_is_unlinked() -> None:
    block = bytearray(exif_block(1))
    first = int.from_bytes(block[4:8], "little")
    link = first + 2 + 12 * int.from_bytes(block[first : first + 2], "little")
    block[link : link + 4] = (8).to_bytes(4, "little")
    after = exif.upright(bytes(block), 1, 1)
    assert after is not None and after[link : link + 4] == bytes(4)


def test_only_what_tells_of_the_photo_is_carried() -> None:
    tree = {0: {256: exif.Entry(4, 1, bytes(4)), 271: exif.Entry(2, 2, b"M\0")}}
    block = exif.block(tree)
    assert block is not None
    assert set(exif.read_tree(io.BytesIO(block))[0]) == {271}
    assert exif.block({0: {256: exif.Entry(4, 1, bytes(4))}}) is None


def test_broken_blocks_do_no_harm() -> None:
    chance = random.Random(3)
    good = exif_block(6)
    for _ in range(2000):
        data = bytearray(good[: chance.randrange(len(good))] if chance.random() < 0.3 else good)
        for _ in range(chance.randrange(1, 6)):
            if data:
                data[chance.randrange(len(data))] = chance.choice([0, 255, chance.randrange(256)])
        patched = exif.upright(bytes(data), 10, 10)
        assert patched is None or len(patched) == len(data)
        exif.block(exif.read_tree(io.BytesIO(data)))
