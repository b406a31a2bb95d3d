"""Comparison with diffusers: `python tests/benchmarks/bench_diffusers.py [--threads N] [--side PX]`.

A `UNet2DModel` of diffusers with about as many parameters as the bundled network and the same inputs (three
channels of state, three of photo, one of mask) runs as many steps of diffusers' own DPM-Solver++ on the same
picture, in the loop of its pipelines. It has no attention, which would take nearly all of the time at this
size. Its weights are random: only time is compared. Needs `pip install diffusers pillow`.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fxdiffuse_gui.bench.engine import picture
from fxdiffuse_gui.bench.machine import machine
from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS
from fxdiffuse_gui.engine.pipeline import edit

REPEATS = 3


def unet(parameters: int) -> Any:
    """The widest UNet2DModel of widths w, 2w, 3w, 4w that has no more than `parameters`."""
    from diffusers import UNet2DModel

    best = None
    for width in range(8, 129, 4):
        network = UNet2DModel(
            in_channels=7,
            out_channels=3,
            layers_per_block=1,
            block_out_channels=(width, 2 * width, 3 * width, 4 * width),
            down_block_types=("DownBlock2D",) * 4,
            up_block_types=("UpBlock2D",) * 4,
            add_attention=False,
            norm_num_groups=4,
        )
        if sum(p.numel() for p in network.parameters()) > parameters:
            break
        best = network
    if best is None:
        raise SystemExit("diffusers has no network as small as that.")
    return best.eval().requires_grad_(False).to(memory_format=torch.channels_last)


def denoise(network: Any, photo: torch.Tensor, steps: int) -> torch.Tensor:
    """The loop of a diffusers pipeline: scale, predict, step."""
    from diffusers import DPMSolverMultistepScheduler

    scheduler = DPMSolverMultistepScheduler(algorithm_type="dpmsolver++", solver_order=2)
    scheduler.set_timesteps(steps)
    state = torch.randn_like(photo)
    known = torch.cat([photo, torch.zeros_like(photo[:, :1])], 1)
    with torch.inference_mode():
        for moment in scheduler.timesteps:
            scaled = scheduler.scale_model_input(state, moment)
            predicted = network(torch.cat([scaled, known], 1), moment).sample
            state = scheduler.step(predicted, moment, state).prev_sample
    return state


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs, after one to warm up."""
    work()
    runs: list[float] = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        runs.append(time.perf_counter() - begun)
    return min(runs)


def main() -> None:
    """Prints both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--side", type=int, default=512)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = load_model(None, "cpu")
    ours = sum(p.numel() for p in model.denoiser.network.parameters())
    other = unet(ours)
    theirs = sum(p.numel() for p in other.parameters())
    photo = picture(options.side)
    tensor = torch.from_numpy(photo.read(photo.box)).permute(2, 0, 1)[None]
    tensor = tensor.contiguous(memory_format=torch.channels_last)
    condition = EditCondition(grain=0.05, sharpen=1.0)
    print(machine())
    ours_seconds = fastest(lambda: edit(photo, condition, model, steps=DEFAULT_STEPS))
    theirs_seconds = fastest(lambda: denoise(other, tensor, DEFAULT_STEPS))
    size = f"{options.side}², {DEFAULT_STEPS} steps"
    print(
        f"fxdiffuse  {ours / 1e6:.2f} M parameters, {size}: {ours_seconds:.2f} s, reading and heads included"
    )
    print(f"diffusers  {theirs / 1e6:.2f} M parameters, {size}: {theirs_seconds:.2f} s")
    print(f"{theirs_seconds / ours_seconds:.1f} × faster")


if __name__ == "__main__":
    main()
