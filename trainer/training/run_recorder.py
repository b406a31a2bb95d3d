"""`RunRecorder`: what a training run leaves behind in its folder, and when."""

import dataclasses
import json
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import save_model
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.model_card import ModelCard
from trainer.data.pack import Pack
from trainer.training.recipes import TrainConfig
from trainer.training.samples import write_sample_grid
from trainer.training.state import EMA, save_state

if TYPE_CHECKING:
    from trainer.training.loop import LoopOptions, Progress


class RunRecorder:
    """Writes what a run leaves behind: metrics, state, exports, sample grids."""

    def __init__(
        self,
        config: TrainConfig,
        pack: Pack,
        options: "LoopOptions",
        denoiser: Denoiser,
        averages: EMA,
        optimizer: torch.optim.Optimizer,
        info: dict[str, Any],
    ) -> None:
        self.config, self.pack, self.options = config, pack, options
        self.denoiser, self.averages, self.optimizer, self.info = denoiser, averages, optimizer, info
        self.exported = options.folder / "model.safetensors"
        self.saved = self.sampled = time.monotonic()

    def after_step(self, progress: "Progress", norm: float, losses: Tensor, active: Tensor) -> None:
        """Logs every 20 steps, and saves and samples when it is time."""
        now, last = time.monotonic(), progress.step == progress.of
        if progress.step % 20 == 0 or last:
            self._log(progress, norm, losses, active)
        if now - self.saved > self.options.save_seconds or last:
            self.save(progress.step)
            self.saved = now
        if now - self.sampled > self.options.sample_seconds or last:
            self.export(progress.step)
            grid = self.options.folder / f"samples-{progress.step:06d}.png"
            device = next(self.denoiser.parameters()).device
            write_sample_grid(grid, torch.from_numpy(self.pack.tiles), self.config, self.averages, device)
            self.sampled = now

    def save(self, step: int) -> None:
        """Saves all that a resumed run needs."""
        save_state(self.options.folder, step, self.denoiser, self.averages, self.optimizer, self.info)

    def export(self, step: int) -> None:
        """Writes the averaged weights as a model file."""
        denoiser = build_denoiser(self.config.model)
        self.averages.copy_to(denoiser)
        start, pairs = self.options.start_from, self.pack.pairs
        card = ModelCard(
            name=self.config.name,
            steps=step,
            recipe=json.loads(
                json.dumps(dataclasses.asdict(self.config) | {"model": self.config.model.to_json()})
            ),
            data={
                "pack": self.pack.digest,
                "photos": len(self.pack.photos),
                "tiles": len(self.pack.tiles),
                "licenses": dict(Counter(photo.license for photo in self.pack.photos)),
                "started_from": start.name if start else None,
                **({"real_pairs": len(pairs)} if pairs is not None else {}),
            },
            commit=_commit(),
        )
        save_model(self.exported, denoiser, card)

    def _log(self, progress: "Progress", norm: float, losses: Tensor, active: Tensor) -> None:
        tasks = {
            task.value: round(float(losses[active[:, i]].mean()), 5)
            for i, task in enumerate(Task)
            if bool(active[:, i].any())
        }
        entry = {
            "step": progress.step, "loss": progress.loss, "gradient": norm,
            "samples_per_second": progress.samples_per_second, "tasks": tasks,
        }  # fmt: skip
        with (self.options.folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


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
