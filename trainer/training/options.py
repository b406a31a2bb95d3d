"""What a training run is told besides its recipe and pack, and what it reports."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LoopOptions:
    """How a run is carried out.

    folder: for state, metrics, sample grids and the exported model. save_seconds, sample_seconds: how often
    the state is saved, and the model exported with a sample grid. bf16: run the U-Net in bfloat16.
    start_from: a model file whose weights to start with. validation_steps: how often the validation loss is
    measured.
    """

    folder: Path
    save_seconds: float = 300.0
    sample_seconds: float = 600.0
    bf16: bool = False
    start_from: Path | None = None
    validation_steps: int = 500


@dataclass(frozen=True)
class Progress:
    """Reported after every step. loss: mean of the batch. seconds_left: at the pace so far."""

    step: int
    of: int
    loss: float
    samples_per_second: float
    seconds_left: float
