"""How fast the engine is on this machine: `python tests/benchmarks/bench_engine.py [--model FILE] [--threads
N]`.

Prints a table, the machine and its load. It reports the best of several runs; on a busy machine the figures
are upper limits, and processor time is affected least.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fxdiffuse_gui.bench.machine import machine  # noqa: E402
from fxdiffuse_gui.engine.checkpoint import ModelError, load_model  # noqa: E402
from fxdiffuse_gui.engine.conditions.tasks import Task  # noqa: E402
from fxdiffuse_gui.engine.diffusion.build import build_denoiser  # noqa: E402
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser  # noqa: E402
from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS  # noqa: E402
from fxdiffuse_gui.engine.diffusion.sample import sample  # noqa: E402
from fxdiffuse_gui.engine.effects import compose, film_grain, motion_blur, unsharp_mask  # noqa: E402
from tests.engine.tiny import as_batch, conditions, textured  # noqa: E402
from trainer.data.dataset import draw_batch, phase_at, step_generator  # noqa: E402
from trainer.recipes import default  # noqa: E402

PHOTO = as_batch(textured(256, 256))
REFERENCE = as_batch(textured(64, 64, 5)) * 0.6


@dataclass(frozen=True)
class Timing:
    """The fastest run: seconds on the clock, and of processors (all threads)."""

    clock: float
    processors: float

    def __str__(self) -> str:
        return f"{1000 * self.clock:.1f} ms ({1000 * self.processors:.1f} ms of processor time)"


def best(work: Callable[[], object], seconds: float = 3.0, least: int = 3) -> Timing:
    """The lowest times of several runs, after one to warm up: closest to an idle machine."""
    work()
    clocks: list[float] = []
    processors: list[float] = []
    started = time.perf_counter()
    while len(clocks) < least or time.perf_counter() - started < seconds:
        begun, used = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - begun)
        processors.append(time.process_time() - used)
    return Timing(min(clocks), min(processors))


def rows(denoiser: Denoiser) -> list[tuple[str, str]]:
    """(name, figure) of each measurement."""
    found: list[tuple[str, str]] = []
    photo = PHOTO.contiguous(memory_format=torch.channels_last)
    everything = conditions([tuple(Task)], photo, REFERENCE)
    with torch.inference_mode():
        context = denoiser.prepare(photo, everything)
        state, sigma = torch.randn_like(photo), torch.tensor([0.1])
        evaluation = best(lambda: denoiser.denoise(state, sigma, context))
        found.append(("network evaluation, 256²", str(evaluation)))
        prepared = best(lambda: denoiser.prepare(photo, everything))
        found.append(("labels and heads, all tasks, 256²", str(prepared)))
        sampled = best(lambda: list(sample(denoiser, photo, everything, state, DEFAULT_STEPS)))
        found.append((f"{DEFAULT_STEPS} steps and their heads, 256²", str(sampled)))

        generator = torch.Generator().manual_seed(0)
        gray = PHOTO[:, :1].contiguous()
        one = best(lambda: film_grain(gray, 0.05, generator=generator))
        found.append(("film_grain fast, gray 256²", str(one)))
        color = best(lambda: film_grain(PHOTO, 0.05, generator=generator))
        found.append(("film_grain fast, color 256²", str(color)))
        found.append(("motion_blur 12 px, 256²", str(best(lambda: motion_blur(PHOTO, 12.0, 30.0)))))
        found.append(("unsharp_mask, 256²", str(best(lambda: unsharp_mask(PHOTO, 1.5)))))
        many = PHOTO.expand(32, -1, -1, -1).contiguous()
        batch = conditions([tuple(Task)] * 32, PHOTO, REFERENCE)
        composed = best(lambda: compose(many, batch, generator=generator), least=2)
        figure = f"{32 / composed.clock:.1f} images/s ({32 / composed.processors:.1f} a processor second)"
        found.append(("five effects composed, batch 32 × 256²", figure))
    return [*found, *training_rows()]


def training_rows() -> list[tuple[str, str]]:
    """The share of data and effects in a training step of the default recipe, phase by phase."""
    found: list[tuple[str, str]] = []
    config = default()
    torch.manual_seed(0)
    denoiser = build_denoiser(config.model)
    optimizer = torch.optim.Adam(denoiser.parameters(), 1e-4)
    tiles = torch.stack([(PHOTO[0].permute(1, 2, 0) * 255).round().byte()] * 8)
    cpu, start = torch.device("cpu"), 0.0
    for phase in config.phases:
        first = int(start * config.steps) + 1
        start = phase.until
        assert phase_at(config, first) is phase
        made = learned = 0.0
        for step in range(first, first + 4):
            begun = time.process_time()
            photo, target, condition = draw_batch(tiles, config, step, cpu)
            between = time.process_time()
            generator = step_generator(config.seed, step, 0, "noise")
            optimizer.zero_grad(set_to_none=True)
            denoiser.loss(photo, target, condition, generator).mean().backward()
            optimizer.step()
            if step > first:  # the first warms up
                made += between - begun
                learned += time.process_time() - between
        share = made / (made + learned)
        rate = 3 * phase.batch / (made + learned)
        name = f"training step, batch {phase.batch} × {phase.crop}²"
        found.append(
            (name, f"{100 * share:.0f} % data and effects, {rate:.1f} crops per second of processor time")
        )
    return found


def main() -> None:
    """Parses the options, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="default: the bundled one, or fresh weights without it")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    try:
        model = load_model(options.model, "cpu")
        denoiser, name = model.denoiser, f"{model.card.name}, {model.card.steps} steps"
    except ModelError as error:
        if options.model is not None:
            raise SystemExit(str(error)) from None
        denoiser, name = build_denoiser(default().model).eval().requires_grad_(False), "fresh weights"
    count = sum(p.numel() for p in denoiser.parameters())
    print(machine())
    print(f"model: {name}, {count / 1e6:.2f} M parameters\n")
    table = rows(denoiser)
    width = max(len(label) for label, _ in table)
    for label, figure in table:
        print(f"{label:{width}}  {figure}")


if __name__ == "__main__":
    main()
