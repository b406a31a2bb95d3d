"""Thousands of damaged photos and model files: `python -m tests.benchmarks.fuzz_files [PHOTOS [MODELS]]`.

Every file must open or be refused with one sentence. A separate process reads them, so that a crash or a hang
of a decoder is detected; another process then continues after that file. Prints how many files opened, were
refused, or did anything else (with their numbers, from which they can be reproduced), the slowest file, and
the memory used.
"""

import json
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fxdiffuse_gui.engine.checkpoint import ModelError, load_model
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from tests.photo.heif_raw_files import dng, save_heic, smooth_samples
from tests.photo.photo_files import exif_block, rgb_profile, save

COUNTS = {"photos": 10_000, "models": 1_000}
TIMEOUT = 20.0
"""Seconds for one file; longer is a hang."""
_ME = "tests.benchmarks.fuzz_files"
SPECIAL_BYTES = (0, 1, 0x7F, 0x80, 0xFF)
EXTREME_NUMBERS = (0, 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1)


def main() -> int:
    """Prints a line per kind; returns 1 when a file neither opened nor was refused."""
    if sys.argv[1:2] == ["--reader"]:
        read(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
        return 0
    counts = [int(word) for word in sys.argv[1:]]
    bad = 0
    for kind, count in zip(COUNTS, counts + list(COUNTS.values())[len(counts) :], strict=True):
        bad += report(kind, count)
    return int(bad > 0)


def report(kind: str, count: int) -> int:
    """Has `count` files of a kind read; prints the outcomes and returns the number of bad ones."""
    outcomes, others, slowest, memory = Counter[str](), list[str](), (0.0, 0), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, outcome, seconds, megabytes in outcomes_of(kind, count, Path(folder)):
            word = outcome.split(":")[0]
            outcomes[word] += 1
            if word not in ("opened", "refused"):
                others.append(f"{number} {outcome}")
            slowest, memory = max(slowest, (seconds, number)), max(memory, megabytes)
    print(
        f"{kind}: {count} files, {dict(outcomes)}, slowest {slowest[0]:.2f} s (file {slowest[1]}),"
        f" memory +{memory} MB"
    )
    for other in others:
        print("  file", other)
    return len(others)


def outcomes_of(kind: str, count: int, folder: Path) -> Iterator[tuple[int, str, float, int]]:
    """(number, outcome, seconds, MB) of every file; restarts the reader after a crash."""
    at = 0
    while at < count:
        reader = subprocess.Popen(
            [sys.executable, "-m", _ME, "--reader", kind, str(at), str(count), folder],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert reader.stdout is not None
        if not reader.stdout.readline():
            raise SystemExit("The reader does not even start; run it by hand with --reader.")
        for line in reader.stdout:
            number, outcome, seconds, megabytes = json.loads(line)
            yield number, outcome, seconds, megabytes
            at = number + 1
        if at < count:
            yield at, f"crashed: signal {-reader.wait()}", 0.0, 0
            at += 1


def read(kind: str, first: int, end: int, folder: Path) -> None:
    """Reads files `first` to `end` and prints a line of JSON for each. A file that takes too long ends the
    process."""
    if kind == "photos":
        seeds, attempt = photo_seeds(folder), read_photo
    else:
        seeds, attempt = {"model.safetensors": bundled_model().read_bytes()}, load_a_model
    names = sorted(seeds)
    for name in names:  # undamaged files open; this also loads the libraries before memory is measured
        attempt(written(folder, name, seeds[name]))
    print("ready", flush=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(first, end):
        chance = random.Random(f"{kind} {number}")
        name = names[number % len(names)]
        path = written(folder, name, mutated(seeds[name], chance, whole=kind == "photos"))
        signal.setitimer(signal.ITIMER_REAL, TIMEOUT)
        start = time.perf_counter()
        try:
            attempt(path)
            outcome = "opened"
        except ValueError as error:
            text = str(error)
            is_one_sentence = "\n" not in text and text.endswith(".") and len(text) < 400
            is_expected = is_one_sentence and type(error) in (PhotoError, ModelError)
            outcome = "refused" if is_expected else f"unclear: {name} {type(error).__name__} {text}"
        except Exception as error:
            outcome = f"raised: {name} {type(error).__name__} {error}"
        seconds = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(json.dumps([number, outcome, seconds, grown]), flush=True)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def mutated(data: bytes, chance: random.Random, *, whole: bool) -> bytes:
    """`data` with bytes, numbers or pieces changed, removed or duplicated, mostly near its beginning."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        reach = chance.choice((64, 400, 2000, len(changed))) if whole else chance.choice((16, 400, 6000))
        at = chance.randrange(max(min(reach, len(changed)), 1))
        kind = chance.random()
        if kind < 0.45:
            changed[at : at + 1] = bytes([chance.choice((*SPECIAL_BYTES, chance.randrange(256)))])
        elif kind < 0.7:
            order = chance.choice("<>")
            changed[at : at + 4] = struct.pack(f"{order}I", chance.choice(EXTREME_NUMBERS))
        elif kind < 0.8:
            del changed[at : at + chance.choice((1, 4, 100))]
        elif kind < 0.9:
            other = chance.randrange(max(len(changed), 1))
            changed[at:at] = changed[other : other + chance.choice((1, 8, 200))]
        elif kind < 0.95:
            changed[at : at + chance.choice((4, 64))] = bytes(chance.choice((4, 64)))
        else:
            del changed[at:]
    return bytes(changed)


def photo_seeds(folder: Path) -> dict[str, bytes]:
    """File name → a small file of every supported kind; most with metadata and a profile."""
    smooth, deep = smooth_samples(48, 64), smooth_samples(48, 64, np.uint16)
    picture, gray = Image.fromarray(smooth), Image.fromarray(smooth[..., 0])
    with_alpha = Image.fromarray(np.dstack([smooth, smooth[..., 0]]))
    described = {"exif": exif_block(6), "icc_profile": rgb_profile()}

    pillow: list[tuple[str, Image.Image, dict[str, Any]]] = [
        ("plain.jpg", picture, described),
        ("progressive.jpg", picture, {**described, "progressive": True, "quality": 70}),
        ("gray.jpg", gray, {}),
        ("cmyk.jpg", picture.convert("CMYK"), {}),
        ("plain.png", picture, described),
        ("alpha.png", with_alpha, {}),
        ("palette.png", picture.quantize(20), {}),
        ("one_bit.png", picture.convert("1"), {}),
        ("animated.png", picture, {"save_all": True, "append_images": [picture.rotate(90)]}),
        ("plain.tif", picture, {"icc_profile": rgb_profile()}),
        ("lzw.tif", picture, {"compression": "tiff_lzw"}),
        ("jpeg.tif", picture, {"compression": "jpeg"}),
        ("palette.tif", picture.quantize(20), {}),
        ("fax.tif", picture.convert("1"), {"compression": "group4"}),
        ("lossy.webp", picture, described),
        ("lossless.webp", with_alpha, {"lossless": True}),
        ("animated.webp", picture, {"save_all": True, "append_images": [picture.rotate(90)]}),
        ("animated.gif", picture, {"save_all": True, "append_images": [picture.rotate(90)]}),
        ("plain.bmp", picture, {}),
        ("palette.bmp", picture.quantize(20), {}),
        ("plain.avif", picture, described),
    ]
    for name, image, options in pillow:
        image.save(folder / name, **options)
    save(folder / "deep.png", deep)
    save(folder / "deep.tif", deep, compression="zip")
    save(folder / "tiled.tif", smooth, tiff__bigtiff=1)
    save(folder / "plain.jxl", smooth)
    save_heic(folder / "plain.heic", smooth, **described)
    (folder / "plain.dng").write_bytes(dng(np.full((48, 64), 9000, np.uint16), 6))
    names = [*(name for name, _, _ in pillow), "deep.png", "deep.tif", "tiled.tif", "plain.jxl"]
    return {name: (folder / name).read_bytes() for name in [*names, "plain.heic", "plain.dng"]}


def load_a_model(path: Path) -> None:
    """Loads a model on the CPU, as the model manager does."""
    load_model(path, "cpu")


if __name__ == "__main__":
    sys.exit(main())
