"""The training loop, on accelerate: devices, processes, gradients in sync. Reads top to bottom."""

import dataclasses
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import torch
from accelerate import Accelerator, DistributedDataParallelKwargs
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from trainer.data.dataset import draw_batch, step_generator
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.training.recipes import TrainConfig
from trainer.training.run_recorder import RunRecorder
from trainer.training.state import EMA, load_state


@dataclass(frozen=True)
class LoopOptions:
    """What does not change the result. folder: where state, metrics and grids go. save_seconds,
    sample_seconds: how often. bf16: run the U-Net in bfloat16 (this one does change the last digits)."""

    folder: Path
    save_seconds: float = 300.0
    sample_seconds: float = 600.0
    bf16: bool = False
    start_from: Path | None = None


@dataclass(frozen=True)
class Progress:
    """Reported after every step."""

    step: int
    of: int
    loss: float
    samples_per_second: float
    seconds_left: float


def train(config: TrainConfig, pack: Pack, options: LoopOptions, report: Callable[[Progress], None]) -> Path:
    """Trains until `config.steps`, going on from the folder's saved state, and exports the averaged weights.

    Returns the path of the exported model. Raises TrainerError on unusable input; stops cleanly on
    KeyboardInterrupt with its state saved.
    """
    # A batch without blur, or without a hole, leaves parts of the model without gradients.
    accelerator = Accelerator(kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)])
    shares = _shares(config, accelerator.process_index, accelerator.num_processes)
    device = accelerator.device
    options.folder.mkdir(parents=True, exist_ok=True)
    if config.phases[0].crop > pack.tiles.shape[1]:
        raise TrainerError(
            f"The pack's tiles are smaller than the recipe's crops ({config.phases[0].crop} px)."
        )
    tiles = torch.from_numpy(pack.tiles)
    denoiser = _new_denoiser(config, options).to(device)
    averages = EMA(denoiser, config.ema)
    optimizer = torch.optim.Adam(_groups(denoiser, config), betas=(0.9, 0.99))
    info = {"config": dataclasses.asdict(config) | {"model": config.model.to_json()}, "pack": pack.digest}
    step = load_state(options.folder, denoiser, averages, optimizer, info)
    trained = _Trained(denoiser, config.fill_alone)
    trained, optimizer = accelerator.prepare(trained, optimizer)

    keeper = RunRecorder(config, pack, options, denoiser, averages, optimizer.optimizer, info)
    started, first, seen = time.monotonic(), step, 0
    whole = True  # whether weights and averages belong to the same step
    try:
        while step < config.steps:
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(config, step) * group["speed"]
            photo, target, condition = draw_batch(tiles, config, step, device, shares, pack.pairs)
            noise = [step_generator(config.seed, step, share, "noise", device) for share in shares]
            losses = trained(photo, target, condition, *noise)
            optimizer.zero_grad(set_to_none=True)
            accelerator.backward(losses.mean())
            norm = accelerator.clip_grad_norm_(denoiser.parameters(), config.clip)
            whole = False
            optimizer.step()
            averages.update(denoiser, step)
            step += 1
            whole = True

            losses, active = _together(accelerator, losses.detach(), condition.active)
            seen += len(losses)
            loss, seconds = float(losses.mean()), time.monotonic() - started
            if not math.isfinite(loss):
                raise TrainerError(f"The loss is not a number after step {step}; lower the learning rate.")
            left = (config.steps - step) * seconds / (step - first)
            progress = Progress(step, config.steps, loss, seen / seconds, left)
            report(progress)
            if accelerator.is_main_process:
                keeper.after_step(progress, float(norm or 0.0), losses, active)
    except KeyboardInterrupt:
        if accelerator.is_main_process and whole:
            keeper.save(step)
        raise
    if accelerator.is_main_process:
        keeper.export(step)
    accelerator.wait_for_everyone()
    return keeper.exported


class _Trained(torch.nn.Module):
    """The loss as a forward pass, which is what accelerate's wrappers synchronize."""

    def __init__(self, denoiser: Denoiser, fill_alone: bool) -> None:
        super().__init__()
        self.denoiser, self.fill_alone = denoiser, fill_alone

    def forward(self, photo: Tensor, target: Tensor, condition: Any, *noise: torch.Generator) -> Tensor:
        if self.fill_alone and self.denoiser.fill is not None:
            return self.denoiser.fill.loss(photo, condition.mask)
        return self.denoiser.loss(photo, target, condition, *noise)


def _together(accelerator: Accelerator, *parts: Tensor) -> tuple[Tensor, ...]:
    """Rows of all processes."""
    return cast("tuple[Tensor, ...]", accelerator.gather(parts))


def _shares(config: TrainConfig, process: int, processes: int) -> range:
    """The shares of every batch that fall to one of `processes` processes."""
    if config.shares % processes:
        raise TrainerError(
            f"The recipe {config.name} draws its batches in {config.shares} shares, which {processes}"
            " processes cannot share evenly; start as many processes as there are shares, or a divisor of it."
        )
    each = config.shares // processes
    return range(process * each, (process + 1) * each)


def _groups(denoiser: Denoiser, config: TrainConfig) -> list[dict[str, Any]]:
    """The heads hold few coefficients, each of which matters much: they learn faster than the network."""
    heads = [] if denoiser.heads is None else list(denoiser.heads.parameters())
    own = {id(p) for p in heads}
    others = [p for p in denoiser.parameters() if id(p) not in own]
    groups = (
        ([p for p in group if p.requires_grad], speed)
        for group, speed in ((others, 1.0), (heads, config.head_speed))
    )
    return [{"params": p, "lr": config.learning_rate, "speed": speed} for p, speed in groups if p]


def learning_rate(config: TrainConfig, step: int) -> float:
    """Linear warm-up, then a cosine down to 1 % of the peak."""
    if step < config.warmup:
        return config.learning_rate * (step + 1) / config.warmup
    place = (step - config.warmup) / max(config.steps - config.warmup, 1)
    return config.learning_rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * place)))


def _new_denoiser(config: TrainConfig, options: LoopOptions) -> Denoiser:
    """Fresh weights that depend on the seed alone, overlaid with those of the model to start from.

    A model without a fill head may start one with it, and where the U-Net is trained it may learn to use
    cached features of its trunk; everything else must be the same network.
    """
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)
        denoiser = build_denoiser(config.model)
    if options.start_from is not None:
        start = load_model(options.start_from, "cpu").denoiser
        trunk_reuse = start.config.trunk_reuse if config.fill_alone else config.model.trunk_reuse
        if replace(start.config, fill=config.model.fill, trunk_reuse=trunk_reuse) != config.model:
            raise TrainerError(
                f"{options.start_from.name} has another network than the recipe {config.name}."
            )
        denoiser.load_state_dict(start.state_dict(), strict=False)
    denoiser.mixed_precision = options.bf16
    if denoiser.fill is not None:
        denoiser.fill.mixed_precision = options.bf16
    if config.fill_alone:
        denoiser.requires_grad_(False)
        assert denoiser.fill is not None
        denoiser.fill.requires_grad_(True)
    return denoiser
