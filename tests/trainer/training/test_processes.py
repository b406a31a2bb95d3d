"""Several processes under accelerate learn the same as a single one, from the same batches."""

import json
import os
import socket
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import Phase, TrainConfig, tiny, with_steps
from trainer.training.loop import train
from trainer.training.options import LoopOptions, Progress

ROOT = Path(__file__).resolve().parents[3]
STEPS = 12

PROCESS = textwrap.dedent(
    """
    import json, sys
    from pathlib import Path
    import torch
    from tests.trainer.training.test_processes import shared
    from trainer.training.loop import train
    from trainer.training.options import LoopOptions
    from trainer.data.pack_file import load_pack

    torch.set_num_threads(1)
    losses, pack = [], load_pack(Path(sys.argv[1]))
    train(shared(), pack, LoopOptions(Path(sys.argv[2])), lambda p: losses.append(p.loss))
    torch.distributed.destroy_process_group()
    print(json.dumps(losses))
    """
)


def shared() -> TrainConfig:
    return replace(with_steps(tiny(), STEPS), phases=(Phase(1.0, 32, 4),), shares=2)


def test_two_processes_have_the_losses_of_one(pack_file: Path, pack: Pack, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    group = {
        "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "ACCELERATE_USE_CPU": "true",
    }  # fmt: skip
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(pack_file), str(tmp_path / "two")],
            cwd=ROOT,
            env={**os.environ, **group, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for rank in range(2)
    ]
    try:
        outputs = [process.communicate(timeout=120)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0, 0]
    alone: list[Progress] = []
    train(shared(), pack, LoopOptions(tmp_path / "one"), alone.append)
    expected = [progress.loss for progress in alone]
    assert len(set(expected)) == STEPS
    for losses in outputs:
        assert json.loads(losses) == pytest.approx(expected, rel=1e-4)
    assert (tmp_path / "two" / "model.safetensors").is_file()


def test_shares_that_processes_cannot_share_evenly_are_refused(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accelerate.Accelerator.num_processes", property(lambda _: 3))
    with pytest.raises(TrainerError, match="in 2 shares, which 3 processes cannot share evenly"):
        train(shared(), pack, LoopOptions(tmp_path), lambda _: None)
