"""SHA-256 of files and of samples."""

from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest

from fxdiffuse_gui.photo.digest import file_digest, samples_digest
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from tests.photo.photo_files import load, photo_of, random_samples, save


def in_tiles(path: Path, samples: Any) -> Path:
    """A TIFF of 16 × 16 tiles instead of rows."""
    spec = oiio.ImageSpec(samples.shape[1], samples.shape[0], samples.shape[2], str(samples.dtype))
    spec.tile_width = spec.tile_height = 16
    if samples.shape[2] == 4:
        spec.alpha_channel = 3
        spec.attribute("oiio:UnassociatedAlpha", 1)
    output = oiio.ImageOutput.create("tiff")
    assert output is not None and output.open(str(path), spec)
    assert output.write_image(samples) and output.close()
    return path


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_digest_of_samples(tmp_path: Path, channels: int, dtype: Any) -> None:
    samples = random_samples(600, 7, dtype, channels)
    digests = {samples_digest(save(tmp_path / f"a{suffix}", samples)) for suffix in (".png", ".tif")}
    digests.add(samples_digest(in_tiles(tmp_path / "tiles.tif", samples)))
    assert len(digests) == 1
    assert samples_digest(save(tmp_path / "b.png", load(tmp_path / "a.png")[::-1])) not in digests
    shape = samples.reshape(7, 600, channels)
    assert samples_digest(save(tmp_path / "c.png", shape)) not in digests


def test_the_digest_of_what_is_cut_short(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", random_samples(400, 40))
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(PhotoError, match=r"cut short|damaged"):
        samples_digest(path)


def test_a_photo_knows_its_file(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", random_samples(4, 4))
    assert read_photo(path).sha256 == file_digest(path)
    assert photo_of(random_samples(4, 4)).sha256 is None
