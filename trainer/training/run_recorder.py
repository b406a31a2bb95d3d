"""`RunRecorder`: the files of a training run, and when they are written."""

import json
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import save_model
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.model_card import ModelCard
from trainer.data.fingerprints import SeenPhotos
from trainer.data.pack import Pack
from trainer.recipes import TrainConfig
from trainer.training.options import LoopOptions, Progress
from trainer.training.sample_grid import write_sample_grid
from trainer.training.setup import LossModule
from trainer.training.state import EMA, RunIdentity, save_state
from trainer.training.validation import MeanLoss, ValidationSet, mean_losses, validation_loss

_LOG_STEPS = 20


class RunRecorder:
    """Writes what a run leaves in its folder: `metrics.jsonl`, the state, the exported model, sample grids.

    denoiser, ema, optimizer: the live ones of the loop. seen: the photos that the exported model learns from.
    held_out: where to measure the validation loss; None measures none.
    """

    def __init__(
        self,
        config: TrainConfig,
        pack: Pack,
        options: LoopOptions,
        denoiser: Denoiser,
        ema: EMA,
        optimizer: torch.optim.Optimizer,
        run: RunIdentity,
        seen: SeenPhotos,
        held_out: ValidationSet | None,
    ) -> None:
        self.config, self.pack, self.options = config, pack, options
        self.denoiser, self.ema, self.optimizer, self.run = denoiser, ema, optimizer, run
        self.seen, self.held_out = seen, held_out
        self.exported = options.folder / "model.safetensors"
        self._saved = self._sampled = time.monotonic()

    def after_step(self, progress: Progress, norm: float, losses: Tensor, active: Tensor) -> None:
        """Logs every 20 steps; validates, saves and exports when it is time and after the last step.

        norm: of the gradient. losses: (B,). active: (B, 5) bool, the tasks of each sample.
        """
        now, is_last = time.monotonic(), progress.step == progress.of
        measured = None
        if self.held_out is not None and (progress.step % self.options.validation_steps == 0 or is_last):
            measured = self.validate(self.held_out)
        if progress.step % _LOG_STEPS == 0 or measured is not None or is_last:
            self._log(progress, norm, mean_losses(losses, active), measured)
        if now - self._saved > self.options.save_seconds or is_last:
            self.save(progress.step)
            self._saved = now
        if now - self._sampled > self.options.sample_seconds or is_last:
            self.export(progress.step)
            grid = self.options.folder / f"samples-{progress.step:06d}.png"
            write_sample_grid(grid, torch.from_numpy(self.pack.tiles), self.config, self.ema, self._device)
            self._sampled = now

    def validate(self, held_out: ValidationSet) -> MeanLoss:
        """The validation loss of the EMA weights, as they would be exported now."""
        denoiser = build_denoiser(self.config.model).to(self._device).eval()
        self.ema.copy_to(denoiser)
        loss = LossModule(denoiser, self.config.fill_alone)
        return validation_loss(loss, self.config, held_out, self._device)

    def save(self, step: int) -> None:
        """Saves everything that a resumed run needs."""
        save_state(self.options.folder, step, self.denoiser, self.ema, self.optimizer, self.run)

    def export(self, step: int) -> None:
        """Writes the EMA weights as a model file, which the app can load."""
        denoiser = build_denoiser(self.config.model)
        self.ema.copy_to(denoiser)
        card = ModelCard(
            name=self.config.name,
            steps=step,
            recipe=json.loads(json.dumps(self.config.to_json())),
            data=self._data_manifest(),
            commit=_commit(),
        )
        save_model(self.exported, denoiser, card)

    def _data_manifest(self) -> dict[str, Any]:
        """What the model was trained on, as JSON values for its card."""
        start, pairs = self.options.start_from, self.pack.pairs
        return {
            "pack": self.pack.digest,
            "photos": len(self.pack.photos),
            "tiles": len(self.pack.tiles),
            "licenses": dict(Counter(photo.license for photo in self.pack.photos)),
            "started_from": start.name if start else None,
            "seen": self.seen.card_entry(),
            **({"real_pairs": len(pairs)} if pairs is not None else {}),
        }

    def _log(self, progress: Progress, norm: float, loss: MeanLoss, validation: MeanLoss | None) -> None:
        """Appends one line to `metrics.jsonl`."""
        entry: dict[str, Any] = {
            "step": progress.step, "loss": progress.loss, "gradient": norm,
            "samples_per_second": progress.samples_per_second, "tasks": loss.tasks,
        }  # fmt: skip
        if validation is not None:
            entry |= {"validation_loss": validation.mean, "validation_tasks": validation.tasks}
        with (self.options.folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    @property
    def _device(self) -> torch.device:
        return next(self.denoiser.parameters()).device


def _commit() -> str:
    """The source's commit, or "" outside a checkout."""
    try:
        result = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return result.stdout.strip()
