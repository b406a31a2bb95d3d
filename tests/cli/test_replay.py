"""`fxdiffuse replay` with a fake model: what is found, what is compared, what is refused in one sentence."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.batch.export_edit import Sampling, receipt_of
from fxdiffuse_gui.cli import replay as cli_replay
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.command_engine import CommandEngine
from tests.photo.photo_files import load, photo_of, random_samples, save


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture(autouse=True)
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deep photo with alpha, a picture of colors, a mask; in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    save(Path("photo.png"), random_samples(16, 24, np.uint16, 4))
    save(Path("photo.jpg"), random_samples(16, 24))
    save(Path("look.png"), random_samples(5, 6))
    save(Path("mask.png"), random_samples(16, 24, channels=1))
    return Path("photo.png")


def replay(*arguments: str) -> int:
    return cli.main(["replay", *arguments])


def made(name: str, *flags: str, source: str = "photo.png") -> Path:
    assert cli.main(["edit", source, "-o", name, *flags]) == 0
    return Path(name)


AVIF = pytest.param(
    "out.avif", marks=pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="OpenCV without AVIF")
)
EFFECTS = (
    "--grain 0.05 --blur 3.7 --blur-angle 199.9 --seed 99 --grain-seed 7 --steps 3 --reference look.png"
    " --mask mask.png"
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


def test_the_original_is_found_by_name_and_hash(engine: CommandEngine) -> None:
    Path("sub/deeper").mkdir(parents=True)
    shutil.copy(made("out.jpg", "--grain", "0.05"), "sub/out.jpg")
    assert replay("sub/out.jpg", "--verify") == 0
    shutil.copy("out.jpg", "sub/deeper/out.jpg")
    assert replay("sub/deeper/out.jpg", "--verify") == 2
    assert replay("sub/deeper/out.jpg", "--verify", "--source", ".") == 0
    shutil.move("photo.png", "renamed")
    assert replay("out.jpg", "--verify") == 2
    assert replay("out.jpg", "--verify", "--source", "renamed") == 0


def test_an_export_with_the_name_of_its_original(engine: CommandEngine) -> None:
    Path("edited").mkdir()
    made("edited/photo.png", "--grain", "0.05")
    assert replay("edited/photo.png", "--verify") == 0


def test_pictures_are_found_beside_the_original_too(engine: CommandEngine) -> None:
    Path("a/b/c").mkdir(parents=True)
    made("a/b/c/out.png", *EFFECTS.split())
    assert replay("a/b/c/out.png", "--verify", "--source", "photo.png") == 0
    shutil.move("mask.png", "elsewhere.png")
    shutil.move("look.png", "colors.png")
    arguments = ["--mask", "elsewhere.png", "--reference", "colors.png"]
    assert replay("a/b/c/out.png", "--verify", "--source", "photo.png", *arguments) == 0


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


def test_a_pasted_picture_needs_its_source_named(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    source = replace(read_photo("photo.jpg"), path=None, sha256=None)
    write_photo("out.png", source.pixels, source, None, receipt_of(source, EditCondition(), None))
    assert replay("out.png", "--verify") == 2
    assert "names no file" in capsys.readouterr().err
    assert replay("out.png", "--verify", "--source", "photo.jpg") == 0


def swap(name: str) -> Callable[[], object]:
    return lambda: save(Path(name), random_samples(16, 24)[::-1])


def shrink(name: str) -> Callable[[], object]:
    return lambda: save(Path(name), random_samples(5, 6))


def remove(name: str) -> Callable[[], object]:
    return lambda: os.unlink(name)  # noqa: PTH108


def nothing() -> None: ...


@pytest.mark.parametrize(
    ("before", "arguments", "reason"),
    [
        (nothing, "out.png", "--verify"),
        (nothing, "out.png --verify -o new.png", "not allowed with"),
        (nothing, "gone.png --verify", "gone.png does not exist"),
        (nothing, "photo.jpg --verify", "photo.jpg holds no receipt"),
        (nothing, "out.png -o new.xyz", "suffix"),
        (nothing, "out.png -o photo.png", "photo.png is the photo that the edit is made from"),
        (nothing, "out.png -o out.png", "out.png is the export that the edit is made from"),
        (nothing, "out.png -o mask.png", "mask.png is the mask that the edit is made from"),
        (remove("photo.png"), "out.png --verify", "photo.png that out.png was made from is not found"),
        (swap("photo.png"), "out.png --verify", "another photo or has changed since"),
        (nothing, "out.png --verify --source photo.jpg", "photo.jpg is not the photo that out.png was made"),
        (nothing, "out.png --verify --source gone.jpg", "gone.jpg cannot be read"),
        (remove("mask.png"), "out.png --verify", "The mask mask.png that out.png was made with is not found"),
        (swap("mask.png"), "out.png --verify", "mask.png is not the mask that out.png was made with"),
        (shrink("mask.png"), "out.png --verify", "mask.png is not the mask that out.png was made with"),
        (nothing, "out.png --verify --mask look.png", "look.png is 6 × 5"),
        (remove("look.png"), "out.png --verify", "The reference look.png that out.png was made with"),
        (swap("look.png"), "out.png --verify", "look.png is not the reference that out.png was made with"),
        (nothing, "out.png --verify --reference gone.png", "gone.png does not exist"),
        (nothing, "out.png --verify --model model.pkl", "model.pkl"),
    ],
)
def test_what_is_missing_or_another_one_is_one_line_and_exit_code_2(
    engine: CommandEngine,
    capsys: pytest.CaptureFixture[str],
    before: Callable[[], object],
    arguments: str,
    reason: str,
) -> None:
    made("out.png", *EFFECTS.split())
    before()
    files = {path: path.read_bytes() for path in Path().iterdir()}
    assert replay(*arguments.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith("fxdiffuse replay: ") and reason in captured.err
    assert {path: path.read_bytes() for path in Path().iterdir()} == files


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


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"seed": 0, "grain": 0.5}, "is refused: Film grain"),
        ({"seed": 0.5}, "is refused: seed"),
        ({"seed": 0, "grain": 0.05, "grain_seed": 0.5}, "is refused: grain_seed"),
        ({"seed": 0, "grain": 0.05, "grain_seed": -1}, "is refused: The grain seed"),
        ({"seed": 0, "grain_seed": 3}, "settings that this version"),
        ({"seed": 0, "color": 0.5}, "settings that this version"),
        ({"seed": 0, "inpaint": 1.0}, "settings that this version"),
        ({"seed": 0, "vignette": 1.0}, "settings that this version"),
        ({"grain": 0.05}, "settings that this version"),
    ],
)
def test_settings_that_cannot_be(
    engine: CommandEngine, condition: dict[str, Any], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = read_photo("photo.jpg")
    receipt = replace(receipt_of(source, EditCondition(), Sampling(engine.digest, 6)), condition=condition)
    write_photo("out.png", source.pixels, source, None, receipt)
    assert replay("out.png", "--verify") == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and reason in captured.err and engine.conditions == []


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
