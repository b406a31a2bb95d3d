"""SHA-256 of the pixels of 26 edits, to verify that a change of the code has not changed them.

    python -m tests.benchmarks.edit_pixels record before.json
    python -m tests.benchmarks.edit_pixels compare before.json

Every effect, pairs, all five, tiles, 16 bits, masks, a preset, a project and a replay. It uses only the
`fxdiffuse` command, so that it works with any version of the code. The last bits of an edit depend on the
processor: record and compare on one machine.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"
PROJECT = ROOT / "tests" / "golden" / "v0.1.0" / "edit.fxd"

JOBS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "blur": {"blur": 14, "blur_angle": 30},
    "blur auto": {"blur": 6},
    "grain fine": {"grain": 0.01},
    "grain coarse": {"grain": 0.1, "seed": 9},
    "grain seed": {"grain": 0.05, "grain_seed": 3},
    "grain steps": {"grain": 0.05, "steps": 8},
    "sharpen": {"sharpen": 2.0},
    "color": {"reference": "reference.jpg"},
    "color half": {"reference": "reference.jpg", "color": 0.5},
    "inpaint": {"mask": "mask.png"},
    "inpaint soft": {"mask": "soft.png", "seed": 4},
    "blur grain": {"blur": 9, "blur_angle": 120, "grain": 0.05},
    "sharpen grain": {"sharpen": 1.0, "grain": 0.03},
    "color blur": {"reference": "reference.jpg", "blur": 20},
    "color grain": {"reference": "reference.jpg", "grain": 0.075},
    "inpaint grain": {"mask": "mask.png", "grain": 0.05},
    "blur sharpen": {"blur": 4, "blur_angle": 0, "sharpen": 3.0},
    "all five": {
        "mask": "mask.png", "reference": "reference.jpg", "blur": 5, "sharpen": 1.5, "grain": 0.05, "seed": 2,
    },
    "tiles": {"input": "large.jpg", "grain": 0.06, "sharpen": 1.0},
    "tiles with a hole": {"input": "large.jpg", "mask": "large mask.png", "blur": 8},
    "16 bits": {"input": "deep.tif", "output": "tif", "sharpen": 1.5, "grain": 0.02},
    "16 bits with color": {"input": "deep.tif", "output": "tif", "reference": "reference.jpg"},
}  # fmt: skip


def main() -> int:
    """Runs the command line of this benchmark; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=["record", "compare"])
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = pixels_of_edits(Path(folder))
    if options.command == "record":
        options.file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"{len(found)} edits recorded")
        return 0
    expected: Mapping[str, str] = json.loads(options.file.read_text(encoding="utf-8"))
    other = [name for name in expected | found if expected.get(name) != found.get(name)]
    print(f"{len(expected) - len(other)} of {len(expected)} edits have the same pixels", *other, sep="\n  ")
    return bool(other)


def pixels_of_edits(folder: Path) -> dict[str, str]:
    """Name of each edit → SHA-256 of the resulting samples. folder: for the files."""
    write_inputs(folder)
    lines: list[str] = []
    outputs: dict[str, Path] = {}
    for name, values in JOBS.items():
        job = {"input": "photo.jpg", **values, "output": f"{name}.{values.get('output', 'png')}"}
        outputs[name] = folder / job["output"]
        lines.append(json.dumps(job))
    (folder / "jobs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("edit", "--jobs", folder / "jobs.jsonl", folder=folder)
    outputs["preset"] = folder / "preset.png"
    run("edit", "photo.jpg", "-o", "preset.png", "--preset", "Fine film", "--seed", "7", folder=folder)
    outputs["replay"] = folder / "replay.png"
    run("replay", "all five.png", "-o", "replay.png", folder=folder)
    outputs["project"] = folder / "project.png"
    run("edit", "--project", PROJECT, "-o", "project.png", folder=folder)
    return {name: _digest(path) for name, path in outputs.items()}


def write_inputs(folder: Path) -> None:
    """The photos, masks and the reference that the jobs name."""
    large = cv2.imread(str(SAMPLES / "mountains.jpg"))
    assert large is not None
    write = {"large.jpg": large, "photo.jpg": large[300:780, 400:1040]}
    write["reference.jpg"] = cv2.imread(str(SAMPLES / "seeds.jpg"))
    mask = np.zeros((480, 640), np.uint8)
    cv2.circle(mask, (220, 200), 40, 255, -1)
    cv2.line(mask, (300, 50), (600, 430), 255, 9)
    write["mask.png"], write["soft.png"] = mask, cv2.GaussianBlur(mask, (0, 0), 6)
    whole = np.zeros(large.shape[:2], np.uint8)
    cv2.ellipse(whole, (800, 500), (160, 90), 20, 0, 360, 255, -1)
    write["large mask.png"] = whole
    ramp = np.linspace(0, 200, 640, dtype=np.uint16)[None, :, None]
    write["deep.tif"] = write["photo.jpg"].astype(np.uint16) * 256 + ramp
    for name, image in write.items():
        assert cv2.imwrite(str(folder / name), image)


def run(*arguments: str | Path, folder: Path) -> None:
    """One `fxdiffuse` command in `folder`. Raises CalledProcessError when it fails."""
    start = "from fxdiffuse_gui.__main__ import main; sys.exit(main())"
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {start}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    subprocess.run(command, cwd=folder, check=True)


def _digest(path: Path) -> str:
    samples = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert samples is not None, path
    return hashlib.sha256(str((samples.shape, samples.dtype)).encode() + samples.tobytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
