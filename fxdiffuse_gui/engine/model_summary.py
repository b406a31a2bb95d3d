"""`ModelSummary`: the facts to show about a model file. Loads torch when one is read."""

from dataclasses import dataclass
from pathlib import Path

from fxdiffuse_gui.engine.model_card import ModelCard


@dataclass(frozen=True)
class ModelSummary:
    """A usable model file. size: of the file, bytes. parameters: number of weights. digest: SHA-256 of the
    file. card: its own description, which nobody has checked."""

    path: Path
    size: int
    parameters: int
    digest: str
    card: ModelCard


def summarize(path: Path) -> ModelSummary:
    """Reads and checks the model at `path` as if it were to be used on the CPU.

    Raises ModelError as `load_model` does, and OSError when the file disappears meanwhile.
    """
    from fxdiffuse_gui.engine.checkpoint import load_model

    model = load_model(path, "cpu")
    parameters = sum(parameter.numel() for parameter in model.denoiser.parameters())
    return ModelSummary(path, path.stat().st_size, parameters, model.digest, model.card)
