"""`fxdiffuse edit` with a fake model: what reaches the engine, what comes back, what is refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui import __version__
from fxdiffuse_gui.photo.color.color_space import ColorSpace, icc_profile_of
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import write_photo
from tests.command_engine import CommandEngine
from tests.command_fixtures import edit, write_jobs
from tests.photo.heif_raw_files import dng, save_heic, smooth_samples
from tests.photo.photo_files import load, photo_of, random_samples, rgb_profile


def test_no_effect_gives_the_same_pixels_without_a_model(photo: Path, engine: CommandEngine) -> None:
    assert edit(str(photo), "-o", "out.png") == 0
    np.testing.assert_array_equal(load(Path("out.png")), load(photo))
    assert edit("deep.png", "-o", "out.tif", "--grain", "0") == 0
    np.testing.assert_array_equal(load(Path("out.tif")), load(Path("deep.png")))
    assert edit(str(photo), "-o", "out.jpg") == 0
    assert Path("out.jpg").read_bytes() == photo.read_bytes()
    assert engine.loads == []


def test_raw_and_heic_in_webp_out(photo: Path, engine: CommandEngine) -> None:
    Path("a.dng").write_bytes(dng(np.full((32, 48), 9000, np.uint16)))
    save_heic(Path("b.heic"), smooth_samples(16, 24))
    for source in ("a.dng", "b.heic"):
        assert edit(source, "-o", "out.webp", "--grain", "0.05", "--quality", "100") == 0
        expected = np.rint(read_photo(source).pixels * 0.5 * 255)
        np.testing.assert_array_equal(read_photo("out.webp").original, expected)
        assert read_receipt(Path("out.webp")).source_name == source


def test_every_flag_reaches_the_engine(photo: Path, engine: CommandEngine) -> None:
    flags = "--blur 12 --blur-angle 200 --grain 0.05 --sharpen 1.5 --reference look.png --color-strength 0.4"
    more = "--mask mask.png --seed 7 --grain-seed 8 --steps 5 --device cpu --model m.safetensors"
    assert edit(str(photo), "-o", "out.png", *flags.split(), *more.split()) == 0
    assert engine.loads == [(Path("m.safetensors"), "cpu")] and engine.steps == [5]
    (condition,) = engine.conditions
    assert (condition.blur, condition.angle, condition.grain) == (12, 20, 0.05)
    assert (condition.sharpen, condition.color, condition.seed) == (1.5, 0.4, 7)
    assert condition.grain_seed == 8
    assert condition.reference is not None and condition.reference.shape == (5, 6, 3)
    assert condition.mask is not None and condition.mask.sum() == 16 * 255
    np.testing.assert_array_equal(load(Path("out.png")), np.rint(read_photo(photo).pixels * 0.5 * 255))


def test_an_absent_flag_is_an_inactive_task(photo: Path, engine: CommandEngine) -> None:
    assert edit(str(photo), "-o", "a.png", "--reference", "look.png") == 0
    assert edit(str(photo), "-o", "b.png", "--mask", "mask.png") == 0
    assert edit(str(photo), "-o", "c.png", "--reference", "look.png", "--color-strength", "0") == 0
    assert [condition.active_tasks for condition in engine.conditions] == [("color",), ("inpaint",)]
    assert engine.conditions[0].color == 1


def test_json(photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(str(photo), "-o", "out.png", "--grain", "0.05", "--seed", "3", "--json") == 0
    captured = capsys.readouterr()
    result = json.loads(captured.out)
    assert captured.err == "" and captured.out.count("\n") == 1
    assert result["output"] == "out.png" and result["model"] == "ab" * 32 and result["seconds"] >= 0
    assert result["condition"] == {"seed": 3, "grain": 0.05}


def test_the_output_says_what_made_it(photo: Path, engine: CommandEngine) -> None:
    flags = "--grain 0.05 --seed 3 --reference look.png --mask mask.png"
    assert edit(str(photo), "-o", "out.jpg", *flags.split(), "--quality", "80") == 0
    receipt = read_receipt(Path("out.jpg"))
    assert receipt.condition == engine.conditions[0].to_json()
    assert set(receipt.condition) == {"seed", "grain", "color", "reference", "inpaint", "mask"}
    assert (receipt.source_name, receipt.source) == ("photo.jpg", file_digest(photo))
    assert (receipt.mask_name, receipt.reference_name) == ("mask.png", "look.png")
    assert (receipt.model, receipt.steps, receipt.program) == ("ab" * 32, 6, __version__)
    assert receipt.output is not None and receipt.output.quality == 80
    assert edit(str(photo), "-o", "out.png", "--mask", "none.png", "--steps", "3") == 0
    receipt = read_receipt(Path("out.png"))
    assert (receipt.condition, receipt.mask_name) == ({"seed": 0}, None)
    assert (receipt.model, receipt.steps) == (None, None)
    assert edit(str(photo), "-o", "out.tif", "--blur", "3", "--steps", "3") == 0
    assert read_receipt(Path("out.tif")).steps == 3


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("photo.jpg", "photo.jpg is the photo that the edit is made from"),
        ("inside/../photo.jpg", "photo.jpg is the photo"),
        ("here/photo.jpg", "photo.jpg is the photo"),
        ("link.png", "link.png is the photo"),
        ("mask.png", "mask.png is the mask that"),
        ("here/look.png", "look.png is the reference that"),
    ],
)
def test_what_an_edit_is_made_from_is_never_replaced(
    photo: Path, engine: CommandEngine, output: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("inside").mkdir()
    Path("here").symlink_to(Path.cwd(), target_is_directory=True)
    Path("link.png").symlink_to("photo.jpg")
    files_of_job = {"input": "photo.jpg", "output": output, "mask": "mask.png", "reference": "look.png"}
    jobs = write_jobs({name: f"../{path}" for name, path in files_of_job.items()})
    files = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    arguments = ["--mask", "mask.png", "--reference", "look.png", "--grain", "0.05"]
    assert edit(str(photo.absolute()), "-o", output, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and reason in captured.err
    assert edit("--jobs", str(jobs)) == 1
    assert f"line 1: {reason}" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == files
    assert engine.conditions == []


def test_a_file_that_is_none_of_the_inputs_is_replaced(photo: Path, engine: CommandEngine) -> None:
    assert edit("photo.jpg", "-o", "deep.png", "--grain", "0.05") == 0
    np.testing.assert_array_equal(load(Path("deep.png")), np.rint(read_photo(photo).pixels * 0.5 * 255))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("", "photo to edit is missing"),
        ("photo.jpg", "-o OUT is missing"),
        ("gone.jpg -o o.png", "gone.jpg does not exist"),
        ("photo.jpg -o o.xyz", "suffix"),
        ("photo.jpg -o none/o.png", "folder does not exist"),
        ("photo.jpg -o o.png --grain nan", "Film grain"),
        ("photo.jpg -o o.png --grain 1e999", "Film grain"),
        ("photo.jpg -o o.png --grain 0.5", "Film grain"),
        ("photo.jpg -o o.png --blur -3", "Motion blur"),
        ("photo.jpg -o o.png --blur x", "--blur"),
        ("photo.jpg -o o.png --blur 3 --blur-angle inf", "angle"),
        ("photo.jpg -o o.png --blur-angle 30", "needs a blur"),
        ("photo.jpg -o o.png --color-strength 0.5", "needs a reference"),
        ("photo.jpg -o o.png --reference gone.png", "gone.png does not exist"),
        ("photo.jpg -o o.png --mask look.png", "look.png is 6 × 5"),
        ("photo.jpg -o o.png --seed -1", "seed"),
        ("photo.jpg -o o.png --seed 1.5", "--seed"),
        ("photo.jpg -o o.png --seed 99999999999999999999", "seed"),
        ("photo.jpg -o o.png --grain-seed -1", "grain seed"),
        ("photo.jpg -o o.png --grain-seed 1.5", "--grain-seed"),
        ("photo.jpg -o o.png --grain-seed 99999999999999999999", "grain seed"),
        ("--project mine.fxd -o o.png --grain-seed 3", "--project brings"),
        ("photo.jpg -o o.png --steps 0", "steps"),
        ("photo.jpg -o o.png --quality 0", "quality"),
        ("photo.jpg -o o.png --device tpu", "tpu"),
        ("photo.jpg -o o.png --model model.pkl", "model.pkl"),
        ("photo.jpg -o o.png --grai 0.05", "--grai"),
        ("photo.jpg other.jpg -o o.png", "other.jpg"),
        ("--jobs gone.jsonl", "gone.jsonl"),
        ("--jobs gone.jsonl --grain 0.05", "--jobs takes"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    before = set(Path().iterdir())
    assert edit(*arguments.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith("fxdiffuse edit: ") and reason in captured.err
    assert set(Path().iterdir()) == before


def test_a_failure_nobody_foresaw_is_one_line(
    photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.failure = RuntimeError("out\nof memory")
    assert edit(str(photo), "-o", "o.png", "--grain", "0.05") == 1
    assert capsys.readouterr().err.count("\n") == 1
    engine.failure = KeyboardInterrupt()  # type: ignore[assignment]
    assert edit(str(photo), "-o", "o.png", "--grain", "0.05") == 130
    assert capsys.readouterr().err.count("\n") == 1 and not Path("o.png").exists()


def test_colors_are_converted(photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(str(photo), "-o", "out.png", "--color-space", "p3") == 0
    assert read_photo("out.png").icc_profile == icc_profile_of(ColorSpace.P3)
    assert edit(str(photo), "-o", "kept.png", "--color-space", "keep") == 0
    np.testing.assert_array_equal(load(Path("kept.png")), load(photo))
    assert edit(str(photo), "-o", "out.png", "--color-space", "lab") == 2
    capsys.readouterr()
    odd = replace(photo_of(random_samples(8, 8)), icc_profile=rgb_profile())
    write_photo(Path("odd.tif"), odd.pixels, odd)
    assert edit("odd.tif", "-o", "odd.png", "--grain", "0.05", "--color-space", "srgb") == 2
    assert "cannot be converted because its profile names no primaries" in capsys.readouterr().err
    assert engine.conditions == []


def test_the_help_tells_the_usual_number_of_evaluations(capsys: pytest.CaptureFixture[str]) -> None:
    from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS

    assert edit("--help") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"evaluations of the model where grain is drawn ({DEFAULT_STEPS})" in shown
