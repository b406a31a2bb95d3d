"""Screens with more pixels than Qt counts: the scale is chosen before the program starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_at_100_percent_a_photo_pixel_is_a_screen_pixel(scale: float, tmp_path: Path) -> None:
    photo = tmp_path / "noise.png"
    cv2.imwrite(str(photo), np.random.default_rng(1).integers(0, 256, (1500, 2000, 3), np.uint8))
    environment = {**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.views.scaled_window", str(photo), str(tmp_path / "settings")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["ratio"] == scale
    assert found["photo"] == [0, 0, 0]
    assert found["edit"] == [0, 0]
    assert found["lens"] == 0
    assert found["icon"] == round(16 * scale)
