"""Access to the outputs of the reference programs in tests/golden."""

from pathlib import Path

import cv2
import torch
from torch import Tensor

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def picture(name: str) -> Tensor:
    """(1, 3, H, W) in [0, 1] of a PNG below the golden folder."""
    pixels = cv2.imread(str(GOLDEN / name), cv2.IMREAD_COLOR_RGB)
    assert pixels is not None, name
    return torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255


def levels(image: Tensor) -> Tensor:
    """Rounded 8-bit levels, as floats."""
    return (image * 255).round()
