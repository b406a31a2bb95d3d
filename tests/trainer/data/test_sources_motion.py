"""Measured motion equals the true motion of virtual cameras: in frames, exposure series and whole files."""

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.virtual_camera import Camera, Frame, write_reds, write_video
from trainer.data.exposures import exposure_series
from trainer.data.optical_flow import central_motion, dominant_axis
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError

MOTIONS = [(1.25, 0.0), (2.6, 25.0), (4.3, 90.0), (7.7, 140.0), (13.4, 171.0)]
WHOLE = slice(None)


def off(angle: float, true: float) -> float:
    """Degrees between two axes."""
    return abs((angle - true + 90) % 180 - 90)


def silent(*_: object) -> None:
    """Ignores progress reports."""


@pytest.mark.parametrize(("speed", "angle"), MOTIONS)
def test_between_neighbors(speed: float, angle: float) -> None:
    camera = Camera(speed, angle)
    motion = central_motion(camera.sharp(0), camera.sharp(-1), camera.sharp(1), 0.8)
    extent, direction = motion.measure(WHOLE, WHOLE)
    assert extent == pytest.approx(0.8 * speed, rel=0.05)
    assert off(direction, angle) < 5
    assert motion.is_uniform(WHOLE, WHOLE)


def test_with_one_neighbor() -> None:
    camera = Camera(3.0, 60.0)
    for before, after in ((camera.sharp(-1), None), (None, camera.sharp(1))):
        extent, angle = central_motion(camera.sharp(0), before, after, 0.5).measure(WHOLE, WHOLE)
        assert extent == pytest.approx(1.5, rel=0.05)
        assert off(angle, 60) < 5
    with pytest.raises(ValueError, match="neighbors"):
        central_motion(camera.sharp(0), None, None, 0.5)


@pytest.mark.parametrize(("speed", "angle"), MOTIONS[:4])
def test_exposure_series(speed: float, angle: float) -> None:
    """Extents, directions and pictures equal those of true exposures."""
    camera, exposures = Camera(speed, angle), (0.5, 1.0, 2.0, 4.0)
    series = exposure_series(list(camera.clip(5)), exposures)
    assert len(series) == len(exposures)
    for exposure, item in zip(exposures, series, strict=True):
        extent, direction = item.motion.measure(WHOLE, WHOLE)
        assert extent == pytest.approx(exposure * speed, rel=0.05)
        assert off(direction, angle) < 5
        true, inside = camera.blurry(0, exposure), slice(24, -24)
        error = np.abs(item.blurry.astype(int) - true.astype(int))[inside, inside].mean()
        change = np.abs(true.astype(int) - camera.sharp(0).astype(int))[inside, inside].mean()
        assert error < max(0.2 * change, 0.6), (exposure, error, change)


def test_a_cut_ends_the_series() -> None:
    frames = list(Camera(2.0, 0.0).clip(5))
    frames[4] = np.asarray(255 - frames[4][::-1], np.uint8)
    extents = [r.motion.measure(WHOLE, WHOLE)[0] for r in exposure_series(frames, (1.0, 2.0, 4.0))]
    assert extents == pytest.approx([2, 4], rel=0.05)
    frames[3] = frames[4]
    assert not exposure_series(frames, (1.0, 2.0))


def test_a_passer_by_is_not_the_motion_of_all() -> None:
    camera = Camera(5.0, 0.0)
    still = camera.sharp(0)

    def passing(time: float) -> Frame:
        frame = still.copy()
        frame[60:100] = camera.sharp(time)[60:100]
        return frame

    motion = central_motion(still, passing(-1), passing(1), 0.8)
    assert not motion.is_uniform(WHOLE, WHOLE)


def test_dominant_axis_of_opposite_motions() -> None:
    flow = np.zeros((4, 4, 2), np.float32)
    flow[:2] = (3, -3)
    flow[2:] = (-2, 2)
    assert dominant_axis(flow) == pytest.approx(45)


def check(pack: Pack, speed: float, angle: float, exposures: tuple[float, ...]) -> None:
    assert pack.pairs is not None
    true = np.array(exposures) * speed
    nearest = np.abs(pack.pairs.extent[:, None] - true).argmin(1)
    assert set(nearest) == set(range(len(true)))
    assert np.abs(pack.pairs.extent / true[nearest] - 1).max() < 0.05
    assert max(off(float(a), angle) for a in pack.pairs.angle) < 5


def test_a_video_becomes_exposure_series(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.avi", Camera(3.4, 35.0).clip(9), 160)
    options = PackOptions(tile=64, exposures=(0.5, 1.0, 2.0, 4.0))
    records = build_pack([], tmp_path / "p.fxpack", options, videos=[video], report=silent)
    pack = load_pack(tmp_path / "p.fxpack")
    assert (records[0].kind, records[0].file, records[0].tiles) == ("video", "clip.avi", len(pack.tiles))
    check(pack, 3.4, 35.0, options.exposures)
    assert pack.pairs is not None
    for tile in range(len(pack.tiles)):
        own = pack.pairs.extent[pack.pairs.tile == tile]
        assert len(own) > 1
        assert (np.diff(own) > 0).all()


def test_reds(tmp_path: Path) -> None:
    """The blurry frames of the data set are the targets, with measured extent and direction."""
    camera = Camera(4.0, 110.0)
    write_reds(tmp_path / "reds", "000", camera, 4)
    write_reds(tmp_path / "reds", "001", Camera(2.2, 20.0), 3)
    write_reds(tmp_path / "reds", "000", Camera(6.0, 0.0), 3, "val")
    options = PackOptions(tile=64)
    records = build_pack([], tmp_path / "p.fxpack", options, reds=[tmp_path / "reds"], report=silent)
    found = [(r.file, r.split, r.source) for r in records]
    assert found == [
        ("train/train_sharp/000", "train", "REDS"),
        ("train/train_sharp/001", "train", "REDS"),
        ("val/val_sharp/000", "validation", "REDS"),
    ]
    check(load_pack(tmp_path / "p.fxpack", "validation"), 6.0, 0.0, (0.8,))
    pack = load_pack(tmp_path / "p.fxpack")
    assert pack.pairs is not None
    first = records[0].tiles
    assert np.abs(pack.pairs.extent[pack.pairs.tile < first] / 3.2 - 1).max() < 0.05
    assert np.abs(pack.pairs.extent[pack.pairs.tile >= first] / 1.76 - 1).max() < 0.05
    # The target is a part of a real blurry frame, at the position of its sharp tile.
    sharp, blurry = pack.tiles[0], pack.pairs.blurry[0]
    frames = [(camera.sharp(t), camera.blurry(t, 0.8)) for t in (-1.5, -0.5, 0.5, 1.5)]
    places = [(y, x) for y in (0, 48, 96) for x in (0, 48, 96)]

    def distance(n: int, y: int, x: int) -> float:
        here = slice(y, y + 64), slice(x, x + 64)
        return float(np.abs(frames[n][0][here].astype(int) - sharp).mean())

    best = min(((n, *place) for n in range(4) for place in places), key=lambda at: distance(*at))
    here = slice(best[1], best[1] + 64), slice(best[2], best[2] + 64)
    assert np.abs(frames[best[0]][1][here].astype(int) - blurry).mean() < 2


def test_damaged_clips(tmp_path: Path) -> None:
    sharp = write_reds(tmp_path / "reds", "000", Camera(4.0, 110.0), 4)
    (sharp / "00000001.png").write_bytes(b"not a picture")
    write_reds(tmp_path / "reds", "001", Camera(4.0, 110.0), 1)
    (tmp_path / "bad.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(400))
    reports: list[str] = []
    records = build_pack(
        [], tmp_path / "p.fxpack", PackOptions(tile=64), reds=[tmp_path / "reds"],
        videos=[tmp_path / "bad.mp4"], report=lambda _a, _b, text: reports.append(text),
    )  # fmt: skip
    assert [r.file for r in records] == ["train/train_sharp/000"]
    skipped = [text for text in reports if text.startswith("skipped")]
    assert any("00000001.png" in text for text in skipped)
    assert any("001" in text and "neighbor" in text for text in skipped)
    assert any("bad.mp4" in text for text in skipped)


def test_no_clips(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="train_sharp"):
        build_pack([], tmp_path / "p", PackOptions(), reds=[tmp_path], report=silent)
    with pytest.raises(TrainerError, match="video"):
        build_pack([], tmp_path / "p", PackOptions(), videos=[tmp_path / "no.mp4"], report=silent)
    with pytest.raises(TrainerError, match="Nothing to pack"):
        build_pack([], tmp_path / "p", PackOptions(), report=silent)
