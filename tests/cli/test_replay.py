"""`fxdiffuse replay` with a fake model: what is found, what is compared, what is refused in one sentence."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.batch.export_edit import Sampling, receipt_of
from fxdiffuse_gui.cli import replay as cli_replay
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.command_engine import CommandEngine
from tests.command_fixtures import EFFECTS, made, replay
from tests.photo.photo_files import load, photo_of, random_samples, save

pytestmark = pytest.mark.usefixtures("original")


AVIF = pytest.param(
    "out.avif", marks=pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="OpenCV without AVIF")
)


@pytest.mark.parametrize("source", ["photo.png", "photo.jpg"])
@pytest.mark.parametrize("name", ["out.jpg", "out.png", "out.tif", "out.webp", AVIF])
def test_an_edit_is_identical(
    engine: CommandEngine, name: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made(name, *EFFECTS.split(), "--quality", "71", source=source)
    files = set(Path().iterdir())
    assert replay(name, "--verify") == 0
    assert capsys.readouterr().out == f"identical: {source} edited again gives {name}, sample for sample.\n"
    first, again = engine.conditions
    assert again.to_json() == first.to_json() and again.grain_seed == 7 and engine.steps == [3, 3]
    assert set(Path().iterdir()) == files
    assert replay(name, "-o", f"new-{name}") == 0
    assert Path(f"new-{name}").read_bytes() == Path(name).read_bytes()


def test_an_edit_that_only_changed_the_format_is_identical(engine: CommandEngine) -> None:
    made("out.tif")
    assert replay("out.tif", "--verify") == 0 and engine.loads == []


def test_a_difference_is_measured(engine: CommandEngine, capsys: pytest.CaptureFixture[str]) -> None:
    made("out.png", "--grain", "0.05", source="photo.jpg")
    engine.factor = 0.51
    assert replay("out.png", "--verify") == 1
    assert capsys.readouterr().out.startswith("not identical: 8")
    assert replay("out.png", "--verify", "--json") == 1
    report = json.loads(capsys.readouterr().out)
    samples = load(Path("photo.jpg")) / np.float32(255)
    gaps = np.abs(np.rint(samples * np.float32(0.51) * 255) - np.rint(samples * np.float32(0.5) * 255))
    assert not report["identical"] and not report["changed"]
    assert report["difference"] == {
        "share": pytest.approx((gaps > 0).mean()),
        "maximum": gaps.max(),
        "mean": pytest.approx(gaps.mean()),
        "of": 255,
    }


def test_another_version_is_named(
    engine: CommandEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made("out.png", "--grain", "0.05")
    engine.factor = 0.6
    monkeypatch.setattr(cli_replay, "__version__", "9.9")
    assert replay("out.png", "--verify") == 1
    assert "made by fxdiffuse 0.1.0, and this is 9.9." in capsys.readouterr().out


@pytest.mark.parametrize("crop", [False, True])
def test_a_file_changed_after_its_export_is_told(
    engine: CommandEngine, crop: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made("out.png", "--grain", "0.05", source="photo.jpg")
    packet = read_photo(path).metadata.xmp
    assert packet is not None
    samples = load(path)
    samples[3, 4] += 7
    other = save(Path("other.png"), samples[:10] if crop else samples)
    picture = read_photo(other)
    changed = write_with_packet(picture.original, packet)
    assert replay(str(changed), "--verify") == 1
    told = capsys.readouterr().out
    assert "changed.png was changed after its export." in told
    assert ("another size" if crop else "0.26% of the samples differ, by 7 of 255 at most") in told


def write_with_packet(samples: Any, packet: bytes) -> Path:
    source = photo_of(samples, Metadata(xmp=packet))
    write_photo(Path("changed.png"), source.pixels, source)
    return Path("changed.png")


def test_the_same_picture_in_another_container_is_identical(engine: CommandEngine) -> None:
    path = made("out.tif", "--grain", "0.05", source="photo.jpg")
    packet = read_photo(path).metadata.xmp
    assert packet is not None
    assert replay(str(write_with_packet(load(path), packet)), "--verify") == 0


@pytest.mark.parametrize("alpha", [False, True])
def test_a_mask_of_levels_as_the_app_paints_it(engine: CommandEngine, alpha: bool) -> None:
    levels = random_samples(16, 24, channels=1)
    painted = np.repeat(levels, 4, axis=2) if alpha else levels
    save(Path("levels.png"), painted)
    source = read_photo("photo.jpg")
    condition = EditCondition(mask=levels[..., 0].astype(np.float32) / np.float32(255))
    receipt = receipt_of(source, condition, Sampling(engine.digest, 6))
    write_photo("out.png", source.pixels * np.float32(0.5), source, ExportOptions(), receipt)
    assert replay("out.png", "--verify", "--mask", "levels.png") == 0
    assert engine.conditions[0].to_json()["mask"] == condition.to_json()["mask"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "than the bundled one (SHA-256 abababababab…)"),
        (["--model", "m.safetensors"], "than m.safetensors"),
    ],
)
def test_another_model(
    engine: CommandEngine, arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made("out.png", "--grain", "0.05")
    engine.digest = "cd" * 32
    assert replay("out.png", "--verify", *arguments) == 2
    assert reason in capsys.readouterr().err


def test_steps_without_end_are_refused(engine: CommandEngine, capsys: pytest.CaptureFixture[str]) -> None:
    source = read_photo("photo.jpg")
    receipt = receipt_of(source, EditCondition(grain=0.05), Sampling(engine.digest, 2**40))
    write_photo("out.png", source.pixels, source, None, receipt)
    assert replay("out.png", "--verify") == 2
    assert "steps" in capsys.readouterr().err and engine.conditions == []


def test_the_recorded_depth_is_kept(engine: CommandEngine) -> None:
    source = read_photo("photo.png")
    receipt = receipt_of(source, EditCondition(), None)
    write_photo("out.png", source.pixels, source, ExportOptions(bit_depth=8), receipt)
    assert replay("out.png", "--verify") == 0
    assert replay("out.png", "-o", "new.tif") == 0
    assert samples_digest(Path("new.tif")) == samples_digest(Path("out.png"))
    assert read_receipt(Path("new.tif")).condition == {"seed": 0}


@pytest.mark.parametrize("space", ["srgb", "p3", "adobe"])
@pytest.mark.parametrize("name", ["out.jpg", "out.png", "out.tif", "out.webp"])
def test_an_edit_in_another_color_space_is_identical(engine: CommandEngine, name: str, space: str) -> None:
    made(name, "--grain", "0.05", "--color-space", space)
    assert replay(name, "--verify") == 0
    assert replay(name, "-o", f"new-{name}") == 0
    assert Path(f"new-{name}").read_bytes() == Path(name).read_bytes()
