"""How close a zoomed-out preview is to the downscaled export: `python -m tests.benchmarks.bench_zoom DIR`.

For the first four photos of DIR, with the bundled model: mean ΔE (CIE76) between the downscaled edit of full
size and a preview with scaled settings, and one with unscaled settings. For grain also the ratio of the
finest structure in both, in the flattest fifth of the picture.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.pipeline import edit

ZOOM = 0.4
SIDE = 768
EDITS = {
    "sharpen 1.5": EditCondition(sharpen=1.5),
    "sharpen 4": EditCondition(sharpen=4.0),
    "blur 12": EditCondition(blur=12.0, blur_angle=30.0),
    "grain .05": EditCondition(grain=0.05),
    "grain .1": EditCondition(grain=0.1),
}


def main(folder: Path) -> None:
    """Prints one line per photo and edit."""
    model = load_model()

    def edited(pixels: FloatImage, condition: EditCondition) -> FloatImage:
        return edit(pixels, condition, model)

    for path in sorted(folder.glob("*.jpg"))[:4]:
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
        if picture is None:
            raise SystemExit(f"{path} cannot be read; name a folder of photos.")
        top, left = (max(0, (size - SIDE) // 2) for size in picture.shape[:2])
        photo = picture[top : top + SIDE, left : left + SIDE].astype(np.float32) / np.float32(255)
        small = shrunk_to(photo, ZOOM)
        for name, condition in EDITS.items():
            expected = shrunk_to(edited(photo, condition), ZOOM)
            scaled = edited(small, condition.scaled(ZOOM))
            unscaled = edited(small, condition)
            line = f"{path.stem[:40]:40} {name:12} ΔE {_delta_e(scaled, expected):5.2f}"
            line += f"  unscaled {_delta_e(unscaled, expected):5.2f}"
            if condition.grain is not None:
                line += f"  std × {_grain(scaled, expected):.2f}"
            print(line, flush=True)


def _grain(one: FloatImage, other: FloatImage) -> float:
    """The ratio of the finest structure of `one` to that of `other`, where the photo is flat."""
    fine = [image - cv2.blur(image, (3, 3)) for image in (one, other)]
    flat = cv2.blur(np.square(fine[1]).mean(-1), (31, 31))
    flattest = flat < np.percentile(flat, 20)
    return float(fine[0][flattest].std() / fine[1][flattest].std())


def shrunk_to(pixels: FloatImage, zoom: float) -> FloatImage:
    """(H, W, 3) pixels scaled by `zoom`, by area averaging."""
    small = cv2.resize(pixels, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).clip(0, 1)


def _delta_e(one: FloatImage, other: FloatImage) -> float:
    labs = [cv2.cvtColor(image, cv2.COLOR_RGB2LAB) for image in (one, other)]
    return float(np.linalg.norm(labs[0] - labs[1], axis=-1).mean())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
