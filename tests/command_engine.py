"""An engine without a model for the tests of the command line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui import runner
from fxdiffuse_gui.engine.condition import EditCondition, FloatImage


@dataclass(frozen=True)
class FakeModel:
    digest: str


@dataclass(frozen=True)
class FakePreview:
    image: FloatImage
    final: bool


class CommandEngine:
    """Darkens the photo by `factor` when any task is active; keeps what it was asked for."""

    def __init__(self) -> None:
        self.loads: list[tuple[Path | None, str]] = []
        self.conditions: list[EditCondition] = []
        self.steps: list[int | None] = []
        self.failure: Exception | None = None
        self.digest = "ab" * 32
        self.factor = 0.5

    @classmethod
    def installed(cls, monkeypatch: pytest.MonkeyPatch) -> "CommandEngine":
        """One that takes the place of the real engine for the length of a test."""
        fake = cls()
        monkeypatch.setattr(runner, "load_model", fake.load_model)
        monkeypatch.setattr(runner, "edit", fake.edit)
        monkeypatch.setattr(runner, "default_steps", lambda: 6)
        return fake

    def load_model(self, path: Path | None, device: str) -> FakeModel:
        self.loads.append((path, device))
        if path is not None and path.suffix != ".safetensors":
            raise ValueError(f"{path.name} is not a model file; choose a .safetensors file.")
        return FakeModel(self.digest)

    def edit(
        self,
        photo: FloatImage,
        condition: EditCondition,
        _model: FakeModel,
        steps: int | None,
        on_progress: Callable[[float], None],
    ) -> Iterator[FakePreview]:
        self.conditions.append(condition)
        self.steps.append(steps)
        if self.failure is not None:
            raise self.failure
        on_progress(0.5)
        yield FakePreview(photo * np.float32(0), final=False)
        on_progress(1.0)
        yield FakePreview(photo * np.float32(self.factor) if condition.active_tasks else photo, final=True)
