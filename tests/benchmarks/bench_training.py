"""The speed of training relative to a bare loop: `python tests/benchmarks/bench_training.py PACK`.

PACK: a file from `fxdiffuse-train pack`. Trains the first phase of the default recipe for N steps with
`train`, which also draws crops, applies effects, averages weights and logs, and with a bare loop of loss,
backward and Adam on one batch of the same size.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fxdiffuse_gui.bench.machine import machine
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from trainer.data.dataset import draw_batch, step_generator
from trainer.data.pack import Pack
from trainer.data.pack_file import load_pack
from trainer.recipes import TrainConfig, default, with_steps
from trainer.training.loop import train
from trainer.training.options import LoopOptions, Progress

WARM_UP = 2


def trained(config: TrainConfig, pack: Pack) -> float:
    """Seconds per step of `train`, after a few to warm up."""
    times: list[float] = []

    def on_progress(_: Progress) -> None:
        times.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        train(config, pack, LoopOptions(Path(folder)), on_progress)
    return (times[-1] - times[WARM_UP - 1]) / (len(times) - WARM_UP)


def bare(config: TrainConfig, pack: Pack) -> float:
    """Seconds per step of the bare loop on one batch."""
    cpu = torch.device("cpu")
    denoiser = build_denoiser(config.model)
    optimizer = torch.optim.Adam(denoiser.parameters(), 1e-5)
    batch = draw_batch(torch.from_numpy(pack.tiles), config, 0, cpu, pairs=pack.pairs)
    begun = time.perf_counter()
    for step in range(config.steps):
        if step == WARM_UP:
            begun = time.perf_counter()
        generator = step_generator(config.seed, step, 0, "noise", cpu)
        optimizer.zero_grad(set_to_none=True)
        denoiser.loss(*batch, generator).mean().backward()
        optimizer.step()
    return (time.perf_counter() - begun) / (config.steps - WARM_UP)


def main() -> None:
    """Prints both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    config, pack = with_steps(default(), options.steps), load_pack(options.pack)
    config = replace(config, phases=(replace(config.phases[0], until=1.0),))
    print(machine())
    alone, whole = bare(config, pack), trained(config, pack)
    print(f"bare loop {alone:.2f} s a step, train {whole:.2f} s: {100 * alone / whole:.0f} % of its speed")


if __name__ == "__main__":
    main()
