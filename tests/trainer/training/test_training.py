"""Training runs: what they learn, what they leave in their folder, and what they export."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.tiny import as_batch, conditions, textured
from tests.trainer.conftest import STEPS, TILE, assert_same, silent, weights
from trainer.cli.main import main
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig, tiny, with_labels, with_steps
from trainer.training.loop import learning_rate, train
from trainer.training.options import LoopOptions
from trainer.training.state import EMA


def test_what_a_run_leaves_behind(run_folder: Path, pack: Pack, config: TrainConfig) -> None:
    assert {p.name for p in run_folder.iterdir()} == {
        "model.safetensors", "state.safetensors", "metrics.jsonl", f"samples-{STEPS:06d}.png",
    }  # fmt: skip
    entry = json.loads((run_folder / "metrics.jsonl").read_text().splitlines()[-1])
    assert entry["step"] == STEPS
    assert math.isfinite(entry["loss"])
    assert entry["samples_per_second"] > 0
    assert set(entry["tasks"]) <= {task.value for task in Task}
    card = load_model(run_folder / "model.safetensors", "cpu").card
    assert (card.name, card.steps) == ("tiny", STEPS)
    assert card.data["pack"] == pack.digest
    assert card.data["tiles"] == len(pack.tiles)
    assert card.data["licenses"] == {"CC0": 1, "CC-BY-4.0": 1, "unknown": 2}
    assert card.recipe["steps"] == config.steps


def test_the_export_holds_the_averages(run_folder: Path) -> None:
    state = load_file(run_folder / "state.safetensors")
    averages = {n.removeprefix("ema."): t for n, t in state.items() if n.startswith("ema.")}
    assert_same(weights(run_folder), averages)
    latest = {n.removeprefix("model."): t for n, t in state.items() if n.startswith("model.")}
    assert any(not torch.equal(latest[name], averages[name]) for name in latest)


def test_the_export_computes_what_the_averages_do(run_folder: Path, config: TrainConfig) -> None:
    state = load_file(run_folder / "state.safetensors")
    averaged = build_denoiser(config.model).eval()
    averaged.load_state_dict({n.removeprefix("ema."): t for n, t in state.items() if n.startswith("ema.")})
    exported = load_model(run_folder / "model.safetensors", "cpu").denoiser
    photo = as_batch(textured(32, 32))
    condition: ConditionBatch = conditions([tuple(Task)], photo, photo * 0.5)
    with torch.inference_mode():
        outputs = [
            d.denoise(photo, torch.tensor([0.3]), d.prepare(photo, condition)) for d in (averaged, exported)
        ]
    assert torch.equal(*outputs)


def test_training_changes_weights_and_the_seed_decides(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    train(replace(config, seed=1), pack, LoopOptions(tmp_path), silent)
    first, second = weights(run_folder), weights(tmp_path)
    assert any(not torch.equal(first[name], second[name]) for name in first)
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)
        fresh = build_denoiser(config.model).state_dict()
    unchanged = [name for name in first if torch.equal(first[name], fresh[name])]
    assert unchanged == []


def test_tiles_smaller_than_crops_are_refused(tmp_path: Path, pack: Pack, config: TrainConfig) -> None:
    phases = (replace(config.phases[0], crop=2 * TILE),)
    with pytest.raises(TrainerError, match="smaller"):
        train(replace(config, phases=phases), pack, LoopOptions(tmp_path), silent)


def test_a_loss_that_is_not_a_number_stops_the_run(tmp_path: Path, pack: Pack, config: TrainConfig) -> None:
    with pytest.raises(TrainerError, match="not a number"):
        train(replace(config, learning_rate=1e30, warmup=1), pack, LoopOptions(tmp_path, -1.0), silent)
    if (tmp_path / "state.safetensors").exists():
        state = load_file(tmp_path / "state.safetensors")
        assert all(torch.isfinite(tensor).all() for tensor in state.values())


def test_fine_tuning_starts_from_the_model(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    start = run_folder / "model.safetensors"
    still = replace(config, learning_rate=0.0, steps=1, warmup=1)
    train(still, pack, LoopOptions(tmp_path, start_from=start), silent)
    assert_same(weights(tmp_path), weights(run_folder))
    assert load_model(tmp_path / "model.safetensors", "cpu").card.data["started_from"] == start.name
    other = replace(config, model=replace(config.model, heads=False))
    with pytest.raises(TrainerError, match="another network"):
        train(other, pack, LoopOptions(tmp_path / "b", start_from=start), silent)


def test_learning_rate_rises_and_falls(config: TrainConfig) -> None:
    config = replace(config, steps=100, warmup=10, learning_rate=0.5)
    rates = [learning_rate(config, step) for step in range(100)]
    assert rates[0] == pytest.approx(0.05)
    assert rates[9] == pytest.approx(0.5)
    assert max(rates) <= 0.5
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[55] == pytest.approx(0.5 * (0.01 + 0.99 / 2), rel=1e-6)
    assert 0.005 <= rates[99] < 0.006


def test_averages_follow_and_fade_early_steps() -> None:
    module = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        module.weight.fill_(100.0)
    averages = EMA(module, 0.9)
    with torch.no_grad():
        module.weight.fill_(1.0)
    expected = 100.0
    for step in range(200):
        averages.update(module, step)
        decay = min(0.9, (1 + step) / (10 + step))
        expected = decay * expected + (1 - decay)
        assert float(averages.values["weight"]) == pytest.approx(expected, rel=1e-4)
    assert expected == pytest.approx(1, abs=1e-4)
    copy = torch.nn.Linear(1, 1, bias=False)
    averages.copy_to(copy)
    assert torch.equal(copy.weight, averages.values["weight"])


def test_a_few_more_steps_lower_the_loss(tmp_path: Path, pack: Pack) -> None:
    """On sharpening alone the operator head gains within some tiny steps."""
    weights = {task: float(task is Task.SHARPEN) for task in Task}
    config = replace(with_steps(tiny(), 60), task_weights=weights, single=1.0)
    losses: list[float] = []
    train(config, pack, LoopOptions(tmp_path), lambda p: losses.append(p.loss))
    assert np.mean(losses[-15:]) < 0.8 * np.mean(losses[:15]), losses


def test_trained_models_edit_photos(run_folder: Path) -> None:
    model = load_model(run_folder / "model.safetensors", "cpu")
    photo = textured(50, 60)
    mask = (photo[..., 0] > 0.8).astype(np.float32)
    reference = photo[::-1].copy()
    condition = EditCondition(blur=4.0, grain=0.05, sharpen=1.0, color=1.0, reference=reference, mask=mask)
    edited = edit(photo, condition, model, steps=2)
    assert np.isfinite(edited).all()


def test_one_hot_training_without_labels_runs_from_the_command_line(pack_file: Path, tmp_path: Path) -> None:
    run = ["train", "--pack", str(pack_file), "--recipe", "tiny", "--steps", "4", "--run", str(tmp_path)]
    assert main([*run, "--no-edit", "0.2", "--single", "0.8", "--no-activation-labels"]) == 0
    model = load_model(tmp_path / "model.safetensors", "cpu")
    assert (model.card.recipe["none"], model.card.recipe["single"]) == (0.2, 0.8)
    assert not model.denoiser.config.labels.activation_labels
    assert main([*run, "--no-edit", "0.2", "--single", "0.9"]) == 2
    assert main([*run, "--no-edit", "0.3", "--single", "0.7"]) == 2  # another recipe


def test_a_run_without_any_edit_has_a_finite_loss(tmp_path: Path, pack: Pack, config: TrainConfig) -> None:
    losses: list[float] = []
    config = with_labels(config, none=1.0, single=0.0)
    train(config, pack, LoopOptions(tmp_path), lambda p: losses.append(p.loss))
    assert np.isfinite(losses).all() and len(losses) == STEPS
