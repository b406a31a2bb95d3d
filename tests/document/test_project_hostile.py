"""Crafted and broken project files: one clear sentence, quickly, and nothing written anywhere."""

import json
import random
import struct
import time
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.document.archive import ProjectError, check_is_project
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.photo.image import PhotoError
from tests.document.projects import full_project, members_of, write_members

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good project, which tests then spoil."""
    path = tmp_path / "edit.fxd"
    write_project(path, full_project(tmp_path), with_photo=True)
    return path


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """Three hundred megabytes of zeros, deflated."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(300)]) + packer.flush()


def refused(path: Path) -> str:
    """The sentence with which `path` is refused; nothing else may happen."""
    before = {one: one.stat().st_mtime_ns for one in path.parent.rglob("*")}
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert {one: one.stat().st_mtime_ns for one in path.parent.rglob("*")} == before
    text = str(caught.value)
    assert path.name in text and text.endswith(".") and "\n" not in text and len(text) < 300
    return text


def with_manifest(path: Path, change: Change) -> None:
    members = members_of(path)
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()
    write_members(path, members)


MANIFESTS: dict[str, Change] = {
    "not ours": lambda m: m.update(format="photoshop"),
    "no photo": lambda m: m.pop("photo"),
    "no edit": lambda m: m.pop("edit"),
    "an edit that is a list": lambda m: m.update(edit=[1, 2]),
    "grain too large": lambda m: m["edit"]["values"].update(grain=7),
    "grain a huge whole number": lambda m: m["edit"]["values"].update(grain=10**400),
    "grain a text": lambda m: m["edit"]["values"].update(grain="0.05"),
    "grain true": lambda m: m["edit"]["values"].update(grain=True),
    "grain not a number": lambda m: m["edit"]["values"].update(grain=float("nan")),
    "grain infinite": lambda m: m["edit"]["values"].update(grain=float("inf")),
    "an angle past all": lambda m: m["edit"].update(blur_angle=1e308),
    "an unknown effect": lambda m: m["edit"]["values"].update(explode=1),
    "an unknown switch": lambda m: m["edit"].update(on=["grain", "explode"]),
    "a million switches": lambda m: m["edit"].update(on=["grain"] * 1000),
    "a seed too large": lambda m: m["edit"].update(seed=2**63),
    "a seed below 0": lambda m: m["edit"].update(seed=-1),
    "a seed with a fraction": lambda m: m["edit"].update(seed=1.5),
    "a grain seed too large": lambda m: m["edit"].update(grain_seed=2**63),
    "a grain seed below 0": lambda m: m["edit"].update(grain_seed=-1),
    "a grain seed with a fraction": lambda m: m["edit"].update(grain_seed=1.5),
    "a grain seed true": lambda m: m["snapshots"][0].update(grain_seed=True),
    "a grain seed as text": lambda m: m["edit"].update(grain_seed="7"),
    "a lock that is a number": lambda m: m["edit"].update(seed_locked=1),
    "a mask that is not there": lambda m: m["edit"].update(mask=7),
    "a mask by name": lambda m: m["edit"].update(mask="../../mask"),
    "a mask below 0": lambda m: m["edit"].update(mask=-1),
    "a reference that is not there": lambda m: m["edit"].update(reference=3),
    "a reference's hash": lambda m: m["references"][0].update(sha256="0" * 64),
    "a hash that is a path": lambda m: m["references"][0].update(sha256="../../../etc/passwd"),
    "too many snapshots": lambda m: m.update(snapshots=m["snapshots"] * 100),
    "a snapshot's name": lambda m: m["snapshots"][0].update(name="a\nb"),
    "a photo's name with a folder": lambda m: m["photo"].update(name="../photo.png"),
    "a photo's name of Windows": lambda m: m["photo"].update(name="..\\photo.png"),
    "a photo on another computer": lambda m: m["photo"].update(path="\\\\evil\\share\\photo.png"),
    "a photo on a share": lambda m: m["photo"].update(path="//evil/share/photo.png"),
    "a project on a share": lambda m: m.update(project="//evil/share/a.fxd"),
    "a path with a zero": lambda m: m["photo"].update(path="/tmp/a\0b"),
    "an endless path": lambda m: m["photo"].update(path="/" + "a" * 100_000),
    "a width of nothing": lambda m: m["photo"].update(width=0),
    "a huge width": lambda m: m["photo"].update(width=10**30),
    "another size": lambda m: m["photo"].update(width=91),
}


@pytest.mark.parametrize("change", MANIFESTS.values(), ids=MANIFESTS)
def test_a_wrong_manifest_is_refused(path: Path, change: Change) -> None:
    with_manifest(path, change)
    refused(path)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\xff",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"format": "fxdiffuse project", "format": "fxdiffuse project"}',
        b'{"version": ' + b"9" * 10_000 + b"}",
        b'{"format": "fxdiffuse project", "version": 1' + b" " * 2_000_000 + b"}",
    ],
    ids=["empty", "null", "list", "no text", "deep list", "deep object", "twice", "long number", "too long"],
)
def test_what_is_no_manifest_is_refused(path: Path, manifest: bytes) -> None:
    write_members(path, members_of(path) | {"manifest.json": manifest})
    assert "damaged or no fxdiffuse project" in refused(path)


def test_a_newer_version_is_named(path: Path) -> None:
    with_manifest(path, lambda m: m.update(version=2, program="3.1", edit="who knows"))
    assert "newer fxdiffuse (3.1)" in refused(path)


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


def test_a_mask_that_claims_to_be_huge_is_not_decoded(path: Path) -> None:
    members = members_of(path)
    mask = bytearray(members["mask-0"])
    mask[16:24] = struct.pack(">II", 50_000, 50_000)
    write_members(path, members | {"mask-0": bytes(mask)})
    started = time.monotonic()
    assert "50000 × 50000" in refused(path)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("limit", ["MAX_MASK_PIXELS", "MAX_REFERENCE_PIXELS"])
def test_many_small_pictures_that_unpack_to_too_much_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    # Two masks of 90 × 60 and one reference of 31 × 17; a project may hold twice the limit.
    pixels = 5400 if limit == "MAX_MASK_PIXELS" else 264
    monkeypatch.setattr(f"fxdiffuse_gui.document.project_pictures.{limit}", pixels)
    read_project(path)
    monkeypatch.setattr(f"fxdiffuse_gui.document.project_pictures.{limit}", pixels - 1)
    assert "too much" in refused(path)


@pytest.mark.parametrize("mask", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(100)])
def test_what_is_no_mask_is_refused(path: Path, mask: bytes) -> None:
    write_members(path, members_of(path) | {"mask-0": mask})
    assert "mask" in refused(path)


def test_a_photo_inside_that_is_another_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.png").unlink()
    write_members(path, members_of(path) | {"photo": (tmp_path / "reference.png").read_bytes()})
    assert "not the right one" in refused(path)


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
