"""The training loop, on accelerate: devices, processes, synchronized gradients. Reads from top to bottom."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import torch
from accelerate import Accelerator, DistributedDataParallelKwargs
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from trainer.data.dataset import draw_batch, step_generator
from trainer.data.fingerprints import SeenPhotos
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig
from trainer.training.options import LoopOptions, Progress
from trainer.training.run_recorder import RunRecorder
from trainer.training.state import EMA, load_state


def train(config: TrainConfig, pack: Pack, options: LoopOptions, report: Callable[[Progress], None]) -> Path:
    """Trains until `config.steps`, resuming from the state in the run's folder, and exports the EMA weights.

    report: called after every step. Returns the path of the exported model. Raises TrainerError on unusable
    input; on KeyboardInterrupt the state is saved before it is raised again.
    """
    # A batch without blur, or without a hole, leaves parts of the model without gradients.
    accelerator = Accelerator(kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)])
    shares = _shares_of_process(config, accelerator.process_index, accelerator.num_processes)
    device = accelerator.device
    options.folder.mkdir(parents=True, exist_ok=True)
    _check_tile_size(config, pack)
    tiles = torch.from_numpy(pack.tiles)
    start = None if options.start_from is None else load_model(options.start_from, "cpu")
    denoiser = _new_denoiser(config, start, bf16=options.bf16).to(device)
    ema = EMA(denoiser, config.ema)
    optimizer = torch.optim.Adam(_parameter_groups(denoiser, config), betas=(0.9, 0.99))
    run = {"config": config.to_json(), "pack": pack.digest}
    step = load_state(options.folder, denoiser, ema, optimizer, run)
    compute_loss, optimizer = accelerator.prepare(_LossModule(denoiser, config.fill_alone), optimizer)

    seen = _seen_photos(pack, start)
    recorder = RunRecorder(config, pack, options, denoiser, ema, optimizer.optimizer, run, seen)
    started, first_step, samples = time.monotonic(), step, 0
    is_consistent = True  # whether weights and averages belong to the same step
    try:
        while step < config.steps:
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(config, step) * group["speed"]
            photo, target, condition = draw_batch(tiles, config, step, device, shares, pack.pairs)
            noise = [step_generator(config.seed, step, share, "noise", device) for share in shares]
            losses = compute_loss(photo, target, condition, *noise)
            optimizer.zero_grad(set_to_none=True)
            accelerator.backward(losses.mean())
            norm = accelerator.clip_grad_norm_(denoiser.parameters(), config.clip)
            is_consistent = False
            optimizer.step()
            ema.update(denoiser, step)
            step += 1
            is_consistent = True

            losses, active = _gather(accelerator, losses.detach(), condition.active)
            samples += len(losses)
            loss, seconds = float(losses.mean()), time.monotonic() - started
            if not math.isfinite(loss):
                raise TrainerError(
                    "The loss is not a number after step {step}; lower the learning rate.", step=step
                )
            left = (config.steps - step) * seconds / (step - first_step)
            progress = Progress(step, config.steps, loss, samples / seconds, left)
            report(progress)
            if accelerator.is_main_process:
                recorder.after_step(progress, float(norm or 0.0), losses, active)
    except KeyboardInterrupt:
        if accelerator.is_main_process and is_consistent:
            recorder.save(step)
        raise
    if accelerator.is_main_process:
        recorder.export(step)
    accelerator.wait_for_everyone()
    return recorder.exported


def learning_rate(config: TrainConfig, step: int) -> float:
    """Linear warm-up, then a cosine down to 1 % of the peak."""
    if step < config.warmup:
        return config.learning_rate * (step + 1) / config.warmup
    done = (step - config.warmup) / max(config.steps - config.warmup, 1)
    return config.learning_rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))


def _check_tile_size(config: TrainConfig, pack: Pack) -> None:
    if config.phases[0].crop > pack.tiles.shape[1]:
        raise TrainerError(
            "The pack's tiles are smaller than the recipe's crops ({crop} px).", crop=config.phases[0].crop
        )


def _seen_photos(pack: Pack, start: Model | None) -> SeenPhotos:
    """The photos that the trained model will have learned from."""
    seen = SeenPhotos.of_pack(pack.photos)
    return seen if start is None else seen.union(SeenPhotos.of_card(start.card.data))


class _LossModule(torch.nn.Module):
    """The loss as a forward pass, which is what accelerate's wrappers synchronize."""

    def __init__(self, denoiser: Denoiser, fill_alone: bool) -> None:
        super().__init__()
        self.denoiser, self.fill_alone = denoiser, fill_alone

    def forward(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *noise: torch.Generator
    ) -> Tensor:
        """(B,) losses."""
        if self.fill_alone and self.denoiser.fill is not None:
            return self.denoiser.fill.loss(photo, condition.mask)
        return self.denoiser.loss(photo, target, condition, *noise)


def _gather(accelerator: Accelerator, *parts: Tensor) -> tuple[Tensor, ...]:
    """The rows of all processes."""
    return cast("tuple[Tensor, ...]", accelerator.gather(parts))


def _shares_of_process(config: TrainConfig, process: int, processes: int) -> range:
    """The shares of every batch that one of `processes` processes draws."""
    if config.shares % processes:
        raise TrainerError(
            "The recipe {recipe} draws its batches in {shares} shares, which {processes} processes cannot"
            " share evenly; start as many processes as there are shares, or a divisor of that number.",
            recipe=config.name,
            shares=config.shares,
            processes=processes,
        )
    each = config.shares // processes
    return range(process * each, (process + 1) * each)


def _parameter_groups(denoiser: Denoiser, config: TrainConfig) -> list[dict[str, Any]]:
    """The operator heads have few coefficients, and each matters much: they learn faster than the network."""
    heads = [] if denoiser.heads is None else list(denoiser.heads.parameters())
    head_ids = {id(p) for p in heads}
    others = [p for p in denoiser.parameters() if id(p) not in head_ids]
    groups = (
        ([p for p in group if p.requires_grad], speed)
        for group, speed in ((others, 1.0), (heads, config.head_speed))
    )
    return [{"params": p, "lr": config.learning_rate, "speed": speed} for p, speed in groups if p]


def _new_denoiser(config: TrainConfig, start: Model | None, *, bf16: bool) -> Denoiser:
    """New weights that depend on the seed alone, overwritten by those of the model to start from.

    A model without a fill head may get a new one, and where the U-Net is trained it may learn to use
    cached features of its trunk; everything else must be the same network. Raises TrainerError otherwise.
    """
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)
        denoiser = build_denoiser(config.model)
    if start is not None:
        network = start.denoiser.config
        trunk_reuse = network.trunk_reuse if config.fill_alone else config.model.trunk_reuse
        if replace(network, fill=config.model.fill, trunk_reuse=trunk_reuse) != config.model:
            raise TrainerError(
                "{name} has another network than the recipe {recipe}.",
                name=start.path.name,
                recipe=config.name,
            )
        denoiser.load_state_dict(start.denoiser.state_dict(), strict=False)
    denoiser.mixed_precision = bf16
    if denoiser.fill is not None:
        denoiser.fill.mixed_precision = bf16
    if config.fill_alone:
        denoiser.requires_grad_(False)
        assert denoiser.fill is not None
        denoiser.fill.requires_grad_(True)
    return denoiser
