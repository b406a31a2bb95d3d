"""Checks of an exported photo with other programs: receipt, metadata, profile, upright size."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np

KEPT_GROUPS = ("ExifIFD", "GPS", "IPTC", "XMP-dc", "XMP-xmp", "IFD0")
MAY_DIFFER = {
    "IFD0:Orientation",
    "IFD0:XResolution",
    "IFD0:YResolution",
    "IFD0:ResolutionUnit",
    "IFD0:YCbCrPositioning",
    "ExifIFD:ExifImageWidth",
    "ExifIFD:ExifImageHeight",
    "ExifIFD:ComponentsConfiguration",
    "ExifIFD:ColorSpace",
}


def check_export(original: Path, made: Path) -> list[str]:
    """The problems of the export `made` of the photo `original`."""
    problems = _check_metadata(original, made)
    command = [sys.executable, "-m", "fxdiffuse_gui", "replay", str(made), "--verify"]
    replay = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"  {replay.stdout.strip()} {replay.stderr.strip().splitlines()[-1:] if replay.returncode else ''}")
    if replay.returncode != 0 or not replay.stdout.startswith("identical"):
        problems.append(f"the receipt of {made.name} does not replay")
    return problems


def compare_pictures(one: Path, other: Path) -> list[str]:
    """The differences of two pictures of the canvas."""
    first, second = (cv2.imread(str(path), cv2.IMREAD_COLOR) for path in (one, other))
    if first is None or second is None or first.shape != second.shape:
        return ["the size of the canvas changed after the second kill"]
    count = int(np.count_nonzero((first != second).any(axis=2)))
    print(f"second kill: {count} of {first.shape[0] * first.shape[1]} pixels on the canvas differ")
    return [f"{count} pixels on the canvas differ after the second kill"] if count else []


def _check_metadata(original: Path, made: Path) -> list[str]:
    problems = []
    before, after = _tags(original), _tags(made)
    for name, value in before.items():
        if name.split(":")[0] in KEPT_GROUPS and name not in MAY_DIFFER and after.get(name) != value:
            problems.append(f"{made.name}: {name} was {value!r} and is {after.get(name)!r}")
    if _profile(original) != _profile(made) or not _profile(made):
        problems.append(f"{made.name}: the profile changed")
    shown, found = _upright(before), _upright(after)
    print(f"  {made.name}: orientation {before.get('IFD0:Orientation')} -> {after.get('IFD0:Orientation')},")
    print(f"  upright {shown} -> {found}, profile of {len(_profile(made))} bytes,", end=" ")
    print(f"{len(before)} tags -> {len(after)}, bits {after.get('IFD0:BitsPerSample', 8)}")
    if shown != found:
        problems.append(f"{made.name}: upright it is {found} and not {shown}")
    return problems


def _tags(path: Path) -> dict[str, Any]:
    command = ["exiftool", "-j", "-G1", "-n", str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)[0]


def _profile(path: Path) -> bytes:
    command = ["exiftool", "-b", "-ICC_Profile", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _upright(tags: dict[str, Any]) -> tuple[int, int]:
    width = int(tags.get("File:ImageWidth", tags.get("IFD0:ImageWidth", 0)))
    height = int(tags.get("File:ImageHeight", tags.get("IFD0:ImageHeight", 0)))
    return (height, width) if int(tags.get("IFD0:Orientation", 1)) >= 5 else (width, height)
