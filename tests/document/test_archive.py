"""Project files whose zip is crafted or broken: one clear sentence, quickly, and nothing written anywhere."""

import random
import struct
import time
import tracemalloc
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from fxdiffuse_gui.document.archive import ProjectError, check_is_project
from fxdiffuse_gui.document.project_file import read_project
from fxdiffuse_gui.photo.image import PhotoError
from tests.document.projects import members_of, refused, write_members


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """Three hundred megabytes of zeros, deflated."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(300)]) + packer.flush()


@pytest.mark.parametrize(
    "member",
    ["../evil.png", "/tmp/evil", "C:\\evil", "mask-1/../../evil", "mask", "mask-0000", "a.txt"],
)
def test_members_that_no_project_has_are_refused(path: Path, member: str) -> None:
    write_members(path, members_of(path) | {member: b"evil"})
    assert "no part of a project" in refused(path)


def test_a_member_that_stands_there_twice_is_refused(path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("mask-0", b"other")
    assert "twice" in refused(path)


@pytest.mark.parametrize("member", ["manifest.json", "mask-0", "reference-0"])
def test_a_missing_member_is_refused(path: Path, member: str) -> None:
    members = members_of(path)
    del members[member]
    write_members(path, members)
    assert "missing" in refused(path)


@pytest.mark.parametrize("member", ["manifest.json", "mask-0", "reference-0", "photo"])
def test_a_zip_bomb_is_refused_at_once(path: Path, member: str, tmp_path: Path, bomb: bytes) -> None:
    """The directory tells how much the zeros are, or lies."""
    (tmp_path / "photo.png").unlink()
    members = members_of(path)
    del members[member]
    write_members(path, members)
    for claimed in (3_000_000_000, 1000):
        spoiled = tmp_path / "bomb.fxd"
        _append_raw(path, spoiled, member, bomb, claimed)
        tracemalloc.start()
        started = time.monotonic()
        refused(spoiled)
        assert time.monotonic() - started < 1
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
        tracemalloc.stop()


def _append_raw(path: Path, target: Path, member: str, packed: bytes, claimed: int) -> None:
    """Adds a deflated member whose size is said to be `claimed`."""
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HII", data[end + 10 : end + 20])
    name = member.encode()
    sizes = struct.pack("<III", 0, len(packed), claimed)
    local = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 8, 0, 33) + sizes
    local += struct.pack("<HH", len(name), 0) + name
    central = struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 8, 0, 33) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, offset) + name
    directory = data[offset : offset + size] + central
    start = offset + len(local) + len(packed)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(directory), start, 0)
    target.write_bytes(data[:offset] + local + packed + directory + tail)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_project_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path)
    with pytest.raises(ProjectError, match=r"edit\.fxd"):
        check_is_project(path)


def test_a_project_passes_the_quick_look(path: Path) -> None:
    check_is_project(path)


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_no_file_is_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "edit.fxd"
    if kind == "folder":
        path.mkdir()
    refused(path)


def test_a_directory_of_a_million_members_is_not_read(path: Path) -> None:
    with path.open("ab") as file:
        file.write(bytes(100_000_000))
        file.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 90_000_000, 0, 0))
    started = time.monotonic()
    refused(path)
    assert time.monotonic() - started < 1


def test_zip64_is_refused(path: Path) -> None:
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    locator = struct.pack("<IIQI", 0x07064B50, 0, 0, 1)
    path.write_bytes(data[:end] + locator + data[end:])
    refused(path)


def test_every_cut_is_refused(path: Path) -> None:
    data = path.read_bytes()
    for length in range(1, len(data), 997):
        path.write_bytes(data[:length])
        refused(path)


def test_random_damage_is_refused_or_harmless(path: Path) -> None:
    """Flipped, zeroed and moved bytes, mostly where the structure is: at the beginning and the end."""
    data = path.read_bytes()
    rng = random.Random(7)
    refusals = 0
    for _ in range(300):
        spoiled = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            reach = rng.choice((200, 700, len(data)))
            place = rng.choice((rng.randrange(reach), len(data) - 1 - rng.randrange(reach)))
            spoiled[place] = rng.choice((0, 255, spoiled[place] ^ (1 << rng.randrange(8))))
        path.write_bytes(bytes(spoiled))
        started = time.monotonic()
        try:
            read_project(path)
        except (ProjectError, PhotoError) as error:
            refusals += 1
            assert str(error).endswith(".")
        assert time.monotonic() - started < 1
    assert refusals > 200
