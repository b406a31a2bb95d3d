"""Speed of the effects and of a training step: `python -m tests.benchmarks.bench_effects [--threads N]`."""

import argparse
import os
import time
from collections.abc import Callable

import torch

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.effects import compose, film_grain, lab_statistics
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII, Method
from trainer.data.dataset import draw_batch
from trainer.recipes import RECIPES

_METHODS: tuple[Method, ...] = ("monte_carlo", "fast")


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Lowest CPU time of one call, which other processes hardly affect."""
    work()
    least = float("inf")
    for _ in range(repeats):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least


def bench_grain() -> None:
    """Seconds per 256 x 256 channel. The reference program takes 9 to 15 s."""
    photo = torch.linspace(0.05, 0.95, 256).expand(1, 1, 256, 256)
    for method in _METHODS:
        for radius in GRAIN_RADII:
            generator = torch.Generator().manual_seed(0)
            spent = seconds(
                lambda: film_grain(photo, radius, generator=generator, method=method),  # noqa: B023
                3 if method == "monte_carlo" else 20,
            )
            print(f"grain {method:12s} r {radius:.3f}: {spent:.4f} s, {9 / spent:.0f} to {15 / spent:.0f} x")


def bench_compose() -> None:
    """Images per second of all effects at once, batch 32 of 256 x 256."""
    photo = torch.rand(32, 3, 256, 256)
    active = torch.ones(32, len(Task), dtype=torch.bool)
    values = torch.tensor([[SPECS[task].default for task in Task]]).expand(32, -1)
    statistics = lab_statistics(photo)
    condition = ConditionBatch(
        active, values, torch.full((32,), 30.0), statistics, statistics.flip(0), torch.zeros(32, 1, 256, 256)
    )
    generator = torch.Generator().manual_seed(0)
    spent = seconds(lambda: compose(photo, condition, generator=generator), 3)
    print(f"compose, all effects, batch 32 x 256²: {32 / spent:.1f} images/s of CPU time")


def bench_share() -> None:
    """Share of the data in the time of a default training step."""
    config = RECIPES["default"]()
    tiles = (torch.rand(64, 256, 256, 3) * 255).byte()
    denoiser = build_denoiser(config.model)
    denoiser.mixed_precision = True
    device = torch.device("cpu")
    generator = torch.Generator().manual_seed(0)
    batch = draw_batch(tiles, config, 0, device)

    def step() -> None:
        denoiser.zero_grad(set_to_none=True)
        denoiser.loss(*batch, generator).mean().backward()

    data = seconds(lambda: [draw_batch(tiles, config, n, device) for n in range(4)], 2) / 4
    network = seconds(step, 2)
    share = data / (data + network)
    print(f"training step: data {data:.3f} s, network {network:.3f} s of CPU time: {100 * share:.1f} % data")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"{os.cpu_count()} cores, {options.threads} thread(s), torch {torch.__version__}")
    with torch.no_grad():
        bench_grain()
        bench_compose()
    bench_share()


if __name__ == "__main__":
    main()
