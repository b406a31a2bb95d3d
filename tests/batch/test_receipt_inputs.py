"""What a replay is made from: what is found, and what is refused in one sentence."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.batch.export_edit import Sampling, receipt_of
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import write_photo
from tests.command_engine import CommandEngine
from tests.command_fixtures import EFFECTS, made, replay
from tests.photo.photo_files import random_samples, save

pytestmark = pytest.mark.usefixtures("original")


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
