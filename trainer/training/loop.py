"""The training loop, on accelerate: devices, processes, synchronized gradients. Reads from top to bottom."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import torch
from accelerate import Accelerator, DistributedDataParallelKwargs
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import load_model
from trainer.data.dataset import draw_batch, step_generator
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig
from trainer.training.options import LoopOptions, Progress
from trainer.training.run_recorder import RunRecorder
from trainer.training.setup import LossModule, new_denoiser, parameter_groups, seen_photos
from trainer.training.state import EMA, RunIdentity, load_state
from trainer.training.validation import ValidationSet


def train(
    config: TrainConfig,
    pack: Pack,
    options: LoopOptions,
    report: Callable[[Progress], None],
    held_out: ValidationSet | None = None,
) -> Path:
    """Trains until `config.steps`, resuming from the state in the run's folder, and exports the EMA weights.

    report: called after every step. held_out: where to measure the validation loss, if anywhere; it does not
    change the weights. Returns the path of the exported model. Raises TrainerError on unusable input, such as
    validation photos that are in the pack; on KeyboardInterrupt the state is saved before it is raised again.
    """
    # A batch without blur, or without a hole, leaves parts of the model without gradients.
    accelerator = Accelerator(kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)])
    shares = _shares_of_process(config, accelerator.process_index, accelerator.num_processes)
    device = accelerator.device
    options.folder.mkdir(parents=True, exist_ok=True)
    _check_tile_size(config, pack)
    tiles = torch.from_numpy(pack.tiles)
    start = None if options.start_from is None else load_model(options.start_from, "cpu")
    seen = seen_photos(pack, start)
    seen.check_held_out([] if held_out is None else held_out.sources)
    denoiser = new_denoiser(config, start, bf16=options.bf16).to(device)
    ema = EMA(denoiser, config.ema)
    optimizer = torch.optim.Adam(parameter_groups(denoiser, config), betas=(0.9, 0.99))
    run = RunIdentity.of(config, pack, start, bf16=options.bf16)
    step = load_state(options.folder, denoiser, ema, optimizer, run)
    compute_loss, optimizer = accelerator.prepare(LossModule(denoiser, config.fill_alone), optimizer)

    recorder = RunRecorder(config, pack, options, denoiser, ema, optimizer.optimizer, run, seen, held_out)
    started, first_step, samples = time.monotonic(), step, 0
    is_consistent = True  # whether weights and averages belong to the same step
    try:
        while step < config.steps:
            _set_learning_rate(optimizer, learning_rate(config, step))
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


def _set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate * group["speed"]


def _check_tile_size(config: TrainConfig, pack: Pack) -> None:
    if config.phases[0].crop > pack.tiles.shape[1]:
        raise TrainerError(
            "The pack's tiles are smaller than the recipe's crops ({crop} px).", crop=config.phases[0].crop
        )


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
