"""Masks written to files and read back."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.mask_file import write_mask
from fxdiffuse_gui.photo.reader import read_mask

LEVELS = np.tile(np.arange(256, dtype=np.uint8), (8, 1))


def test_every_level_comes_back(tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", LEVELS)
    read = read_mask(tmp_path / "mask.png", LEVELS.shape)
    np.testing.assert_array_equal(read, LEVELS)
    assert cv2.imread(str(tmp_path / "mask.png"), cv2.IMREAD_UNCHANGED).shape == LEVELS.shape


def test_a_jpeg_mask_is_thresholded(tmp_path: Path) -> None:
    mask = np.zeros((64, 64), np.uint8)
    mask[20:41, 13:50] = 255
    # The content decides, not the name.
    encoded = cv2.imencode(".jpg", mask, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    (tmp_path / "mask.png").write_bytes(encoded.tobytes())
    assert set(np.unique(read_mask(tmp_path / "mask.png", mask.shape))) == {0, 255}


@pytest.mark.parametrize(("name", "says"), [("mask.jpg", "name it .png"), ("no/mask.png", "another folder")])
def test_a_failure_is_one_sentence(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(PhotoError, match=says):
        write_mask(tmp_path / name, LEVELS)
    assert not list(tmp_path.iterdir())


def test_an_old_mask_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mask.png"
    write_mask(path, LEVELS)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PhotoError, match="No space left"):
        write_mask(path, 255 - LEVELS)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]
