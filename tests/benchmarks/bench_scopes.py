"""How long scopes and color conversion take: `python -m tests.benchmarks.bench_scopes`.

CPU time of one thread, the median of 25 runs. Each of the three scopes must take less than 10 ms, whatever
the size of the picture.
"""

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor

from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to
from fxdiffuse_gui.views.scopes.scope_density import density_image, parade, waveform
from fxdiffuse_gui.views.scopes.scopes import histogram

SIZES = ((700, 1100), (1200, 1600), (4000, 6000))
RUNS = 25
WHITE = QColor("white")


def main() -> None:
    """Prints one line per size and scope, and one for the conversion of a megapixel."""
    for height, width in SIZES:
        picture = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
        scopes: dict[str, Callable[[], object]] = {
            "histogram": lambda picture=picture: histogram(picture),
            "waveform": lambda picture=picture: density_image(waveform(picture), (WHITE,), WHITE),
            "parade": lambda picture=picture: density_image(parade(picture), (WHITE,) * 3, WHITE),
        }
        for name, count in scopes.items():
            print(f"{width} × {height} {name}: {median(count):.1f} ms")
    conversion = conversion_to(ColorSpace.P3, None)
    assert conversion is not None
    values = np.random.default_rng(0).random((256, 3906, 3), np.float32)
    print(f"conversion: {median(lambda: conversion(values)):.0f} ms per megapixel")


def median(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    times: list[float] = []
    for _ in range(RUNS):
        begun = time.thread_time()
        work()
        times.append(time.thread_time() - begun)
    return 1000 * float(np.median(times))


if __name__ == "__main__":
    main()
