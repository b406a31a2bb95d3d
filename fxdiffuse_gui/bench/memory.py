"""Memory and time of a large export. It runs in a separate process, so that the peak is that of the export
alone.

`python -m fxdiffuse_gui.bench.memory MEGAPIXELS` writes a photo, edits it and prints one JSON object.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np


def main(megapixels: float) -> None:
    """Edits with sharpening and inpainting, which need most memory; grain needs more time, not more
    memory."""
    import resource

    from fxdiffuse_gui.batch.job import Job
    from fxdiffuse_gui.batch.runner import Runner
    from fxdiffuse_gui.document.edit_settings import EditSettings
    from fxdiffuse_gui.photo.writer import ExportOptions

    height = round((megapixels * 1e6 * 3 / 4) ** 0.5)
    width = round(megapixels * 1e6 / height)
    with tempfile.TemporaryDirectory(prefix="fxdiffuse-bench-") as name:
        folder = Path(name)
        _write(folder, width, height)
        settings = EditSettings.of_numbers({"sharpen": 1.0})
        job = Job(folder / "photo.jpg", folder / "out.jpg", settings, mask=folder / "mask.png")
        begun = time.perf_counter()
        Runner(None, "auto", ExportOptions()).run(job, lambda _: None)
        seconds = time.perf_counter() - begun
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "gigabytes": kilobytes / 1e6, "megapixels": width * height / 1e6}))


def _write(folder: Path, width: int, height: int) -> None:
    """In another process, so that making the photo does not count as editing it."""
    import multiprocessing

    process = multiprocessing.get_context("spawn").Process(target=_make, args=(str(folder), width, height))
    process.start()
    process.join()


def _make(folder: str, width: int, height: int) -> None:
    import cv2

    tile = np.random.default_rng(0).integers(0, 256, (256, 256, 3), np.uint8)
    tile = cv2.GaussianBlur(tile, (0, 0), 2)
    across, down = -(-width // 256), -(-height // 256)
    cv2.imwrite(f"{folder}/photo.jpg", np.tile(tile, (down, across, 1))[:height, :width])
    mask = np.zeros((height, width), np.uint8)
    mask[height // 2 : height // 2 + 300, width // 2 : width // 2 + 400] = 255
    cv2.imwrite(f"{folder}/mask.png", mask)


if __name__ == "__main__":
    main(float(sys.argv[1]))
