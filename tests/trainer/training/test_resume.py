"""Interrupted and killed runs resume as if nothing had happened; other and damaged states are refused."""

import json
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.trainer.conftest import STEPS, TILE, assert_same, silent, weights
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig
from trainer.training.loop import train
from trainer.training.options import LoopOptions, Progress

ROOT = Path(__file__).resolve().parents[3]

KILLED = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    import torch
    from trainer.training.loop import train
    from trainer.training.options import LoopOptions
    from trainer.data.pack_file import load_pack
    from trainer.recipes import tiny, with_steps

    torch.set_num_threads(1)
    def report(progress):
        if progress.step == 5:
            print("here", flush=True)
            time.sleep(120)
    options = LoopOptions(Path(sys.argv[2]), save_seconds=-1.0)
    train(with_steps(tiny(), int(sys.argv[3])), load_pack(Path(sys.argv[1])), options, report)
    """
)


def saved_step(folder: Path) -> int:
    data = (folder / "state.safetensors").read_bytes()
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return int(header["__metadata__"]["step"])


def test_a_killed_run_resumes_exactly(
    tmp_path: Path, pack_file: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    command = [sys.executable, "-c", KILLED, str(pack_file), str(tmp_path), str(STEPS)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "here\n"
    finally:
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        process.stdout.close()
    assert saved_step(tmp_path) == 4  # the fifth step was lost
    assert not (tmp_path / "model.safetensors").exists()
    reports: list[Progress] = []
    path = train(config, pack, LoopOptions(tmp_path), reports.append)
    assert path == tmp_path / "model.safetensors"
    assert [p.step for p in reports] == [5, 6, 7]
    assert_same(weights(tmp_path), weights(run_folder))
    state, unbroken = (load_file(f / "state.safetensors") for f in (tmp_path, run_folder))
    assert_same(state, unbroken)  # Adam's moments too


def test_an_interrupted_run_saves_and_resumes(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.step == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(config, pack, LoopOptions(tmp_path), interrupt)
    assert saved_step(tmp_path) == 3
    train(config, pack, LoopOptions(tmp_path), silent)
    assert_same(weights(tmp_path), weights(run_folder))


def test_a_finished_run_is_exported_again_without_training(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    shutil.copy(run_folder / "state.safetensors", tmp_path)
    reports: list[Progress] = []
    train(config, pack, LoopOptions(tmp_path), reports.append)
    assert reports == []
    assert_same(weights(tmp_path), weights(run_folder))


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, seed=5),
        lambda c: replace(c, steps=c.steps + 1),
        lambda c: replace(c, single=0.4),
        lambda c: replace(c, model=replace(c.model, heads=False)),
    ],
    ids=["seed", "steps", "data", "network"],
)  # fmt: skip
def test_another_recipe_is_refused(
    tmp_path: Path,
    pack: Pack,
    config: TrainConfig,
    run_folder: Path,
    change: Callable[[TrainConfig], TrainConfig],
) -> None:
    shutil.copy(run_folder / "state.safetensors", tmp_path)
    with pytest.raises(TrainerError, match="another recipe or pack"):
        train(change(config), pack, LoopOptions(tmp_path), silent)


def test_another_pack_is_refused(tmp_path: Path, photos: Path, config: TrainConfig, run_folder: Path) -> None:
    shutil.copy(run_folder / "state.safetensors", tmp_path)
    build_pack([photos], tmp_path / "other", PackOptions(tile=TILE, quality=80), report=silent)
    with pytest.raises(TrainerError, match="another recipe or pack"):
        train(config, load_pack(tmp_path / "other"), LoopOptions(tmp_path), silent)


def damage_shape(data: bytes) -> bytes:
    from safetensors.torch import load, save

    tensors = load(data)
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    name = next(n for n in sorted(tensors) if n.startswith("model.") and tensors[n].ndim == 1)
    tensors[name] = torch.zeros(len(tensors[name]) + 1)
    return save(tensors, header["__metadata__"])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"", lambda data: data[:1000], lambda data: data[: len(data) // 2],
        lambda data: b"\x80\x04 a pickle, or so" * 100, lambda data: b"\xff" * 8 + data[8:],
        damage_shape, lambda data: data.replace(b'"step"', b'"stop"', 1),
        lambda data: data.replace(b'"info"', b'"into"', 1),
    ],
    ids=["empty", "header cut", "cut", "other", "long header", "shape", "no step", "no info"],
)  # fmt: skip
def test_a_damaged_state_is_refused(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "state.safetensors"
    path.write_bytes(damage((run_folder / "state.safetensors").read_bytes()))
    with pytest.raises(TrainerError) as caught:
        train(config, pack, LoopOptions(tmp_path), silent)
    assert "damaged" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_model_to_start_from_is_refused(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    """Neither left out nor added nor exchanged: the weights would not be those of the command."""
    first, second = tmp_path / "first.safetensors", tmp_path / "second.safetensors"
    shutil.copy(run_folder / "model.safetensors", first)
    train(replace(config, seed=9), pack, LoopOptions(tmp_path / "other"), silent)
    shutil.copy(tmp_path / "other" / "model.safetensors", second)
    tuned = LoopOptions(tmp_path / "tuned", start_from=first)
    train(config, pack, tuned, silent)
    for start in (None, second):
        with pytest.raises(TrainerError, match=r"with --from first\.safetensors; resume it with the same"):
            train(config, pack, replace(tuned, start_from=start), silent)
    renamed = first.rename(tmp_path / "renamed.safetensors")
    train(config, pack, replace(tuned, start_from=renamed), silent)
    shutil.copy(run_folder / "state.safetensors", tmp_path)
    with pytest.raises(TrainerError, match="started without --from"):
        train(config, pack, LoopOptions(tmp_path, start_from=second), silent)


def test_another_precision_is_refused(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    shutil.copy(run_folder / "state.safetensors", tmp_path)
    with pytest.raises(TrainerError, match="started without --bf16"):
        train(config, pack, LoopOptions(tmp_path, bf16=True), silent)
    train(config, pack, LoopOptions(tmp_path / "b", bf16=True), silent)
    with pytest.raises(TrainerError, match="started with --bf16"):
        train(config, pack, LoopOptions(tmp_path / "b"), silent)


def test_states_of_older_versions_are_resumed(
    tmp_path: Path, pack: Pack, config: TrainConfig, run_folder: Path
) -> None:
    """They say nothing of --from, --bf16, and settings of recipes that came later."""
    from safetensors.torch import save

    data = (run_folder / "state.safetensors").read_bytes()
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])["__metadata__"]
    known = {name: json.loads(header["info"])[name] for name in ("config", "pack")}
    del known["config"]["none"]
    state = save(load_file(run_folder / "state.safetensors"), {**header, "info": json.dumps(known)})
    (tmp_path / "state.safetensors").write_bytes(state)
    train(config, pack, LoopOptions(tmp_path), silent)
    assert_same(weights(tmp_path), weights(run_folder))
