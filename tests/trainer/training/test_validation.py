"""The validation loss: on other photos, always on the same samples, without influence on the weights."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from tests.trainer.conftest import STEPS, TILE, assert_same, silent, weights, write_photo
from trainer.cli.main import main
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import find_split, load_pack
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig
from trainer.training.loop import train
from trainer.training.options import LoopOptions
from trainer.training.setup import LossModule
from trainer.training.validation import ValidationSet, validation_loss

CPU = torch.device("cpu")


def entries(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


@pytest.fixture
def held_out_set(held_out: Path) -> ValidationSet:
    return ValidationSet.of_folders([held_out], TILE)


def test_it_is_measured_every_few_steps_and_changes_nothing(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path, held_out_set: ValidationSet
) -> None:
    for name in ("a", "b"):
        options = LoopOptions(tmp_path / name, validation_steps=3)
        train(config, pack, options, silent, held_out_set)
    assert_same(weights(tmp_path / "a"), weights(run_folder))
    first, second = entries(tmp_path / "a"), entries(tmp_path / "b")
    assert [entry["step"] for entry in first] == [3, 6, STEPS]
    losses = [entry["validation_loss"] for entry in first]
    assert losses == [entry["validation_loss"] for entry in second]
    assert len(set(losses)) == 3
    assert all(set(entry["validation_tasks"]) == {task.value for task in Task} for entry in first)
    assert "validation_loss" not in entries(run_folder)[-1]


def test_it_is_the_loss_of_the_exported_weights(
    tmp_path: Path, pack: Pack, config: TrainConfig, held_out_set: ValidationSet
) -> None:
    train(config, pack, LoopOptions(tmp_path), silent, held_out_set)
    denoiser = build_denoiser(config.model).eval()
    denoiser.load_state_dict(weights(tmp_path))
    expected = validation_loss(LossModule(denoiser, False), config, held_out_set, CPU)
    last = entries(tmp_path)[-1]
    assert last["validation_loss"] == pytest.approx(expected.mean, rel=1e-6)
    assert last["validation_tasks"] == expected.tasks
    assert np.isfinite(expected.mean)


def test_runs_with_another_seed_are_measured_on_the_same_samples(
    config: TrainConfig, held_out_set: ValidationSet
) -> None:
    loss = LossModule(build_denoiser(config.model).eval(), False)
    measured = [validation_loss(loss, replace(config, seed=s), held_out_set, CPU) for s in (0, 7)]
    assert measured[0] == measured[1]


def test_photos_of_the_pack_are_refused(
    tmp_path: Path, pack: Pack, config: TrainConfig, photos: Path
) -> None:
    held_out = ValidationSet.of_folders([photos], TILE)
    with pytest.raises(TrainerError, match=r"^Training used photo0\.png"):
        train(config, pack, LoopOptions(tmp_path), silent, held_out)


def test_folders_without_large_photos_are_refused(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.png", 50, 90, 0)
    with pytest.raises(TrainerError, match="64 px"):
        ValidationSet.of_folders([tmp_path], 64)


@pytest.fixture
def split_pack(photos: Path, tmp_path: Path) -> Path:
    path = tmp_path / "split.fxpack"
    build_pack([photos], path, PackOptions(tile=TILE, validation_share=0.5), report=silent)
    return path


def test_the_command_uses_the_share_of_the_pack_or_a_folder(
    split_pack: Path, pack_file: Path, held_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find_split(pack_file, "validation") is None
    assert len(load_pack(split_pack, "validation").tiles)
    run = ["train", "--recipe", "tiny", "--steps", "2", "--validation-steps", "1"]
    for name, more in (
        ("share", ["--pack", str(split_pack)]),
        ("folder", ["--pack", str(split_pack), "--validation", str(held_out)]),
        ("none", ["--pack", str(pack_file)]),
    ):
        assert main([*run, "--run", str(tmp_path / name), *more]) == 0
    share, folder, none = (entries(tmp_path / name) for name in ("share", "folder", "none"))
    assert len(share) == len(folder) == 2
    assert share[1]["loss"] == folder[1]["loss"]
    assert share[1]["validation_loss"] != folder[1]["validation_loss"]
    assert "validation_loss" not in none[-1]
    assert main(["train", "--pack", "x", "--run", "y", "--validation-steps", "0"]) == 2
    assert "--validation-steps" in capsys.readouterr().err
