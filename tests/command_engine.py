"""An engine without a model for the tests of the command line."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.batch import runner
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName, SamplingChoice
from fxdiffuse_gui.engine.pipeline import Part
from fxdiffuse_gui.photo.image import Photo


@dataclass(frozen=True)
class FakeModel:
    digest: str
    sampling: SamplingChoice = field(default_factory=lambda: SamplingChoice(steps=6))


class CommandEngine:
    """Darkens the photo by `factor` when any task is active; keeps what it was asked for.

    While `held`, an edit waits until it is canceled or let go; `begun` tells that it waits.
    """

    def __init__(self) -> None:
        self.loads: list[tuple[Path | None, str]] = []
        self.conditions: list[EditCondition] = []
        self.steps: list[int | None] = []
        self.samplers: list[SamplerName | None] = []
        self.failure: Exception | None = None
        self.digest = "ab" * 32
        self.factor = 0.5
        self.held = False
        self.begun = threading.Event()

    @classmethod
    def installed(cls, monkeypatch: pytest.MonkeyPatch) -> "CommandEngine":
        """One that takes the place of the real engine for the length of a test."""
        fake = cls()
        monkeypatch.setattr(runner, "load_model", fake.load_model)
        monkeypatch.setattr(runner, "edit_tiles", fake.edit)
        return fake

    def load_model(self, path: Path | None, device: str) -> FakeModel:
        self.loads.append((path, device))
        if path is not None and path.suffix != ".safetensors":
            raise ValueError(f"{path.name} is not a model file; choose a .safetensors file.")
        return FakeModel(self.digest)

    def edit(
        self,
        photo: Photo,
        condition: EditCondition,
        _model: FakeModel,
        steps: int | None,
        sampler: SamplerName | None,
        on_progress: Callable[[float], None],
        cancel: threading.Event,
    ) -> Iterator[Part]:
        self.conditions.append(condition)
        self.steps.append(steps)
        self.samplers.append(sampler)
        if self.failure is not None:
            raise self.failure
        self.begun.set()
        while self.held and not cancel.wait(0.002):
            pass
        if cancel.is_set():
            raise RuntimeError("canceled")
        on_progress(0.5)
        factor = np.float32(self.factor if condition.active_tasks else 1.0)
        middle = photo.height // 2
        for number, (top, bottom) in enumerate([(0, middle), (middle, photo.height)], 1):
            yield Part(
                (0, top, photo.width, bottom), photo.pixels[top:bottom] * factor, number, 2, number / 2
            )
        on_progress(1.0)
