"""Crafted and broken project files: one clear sentence, quickly, and nothing written anywhere."""

import json
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.document.project_file import read_project
from tests.document.projects import members_of, refused, write_members

Change = Callable[[dict[str, Any]], None]


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
