"""`ModelSummary`: what there is to say of a model file. Nothing of torch until one is read."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.checkpoint import ModelCard


@dataclass(frozen=True)
class ModelSummary:
    """A model file that can be used. size: of the file, bytes. parameters: how many numbers were learned.
    digest: SHA-256 of the file. card: what it says of itself; nobody has checked that."""

    path: Path
    size: int
    parameters: int
    digest: str
    card: "ModelCard"


def summarize(path: Path) -> ModelSummary:
    """Reads the model at `path` as if it were to be used on the processor.

    Raises ModelError as `load_model` does, and OSError when the file goes meanwhile.
    """
    from fxdiffuse_gui.engine.checkpoint import load_model

    model = load_model(path, "cpu")
    parameters = sum(parameter.numel() for parameter in model.denoiser.parameters())
    return ModelSummary(path, path.stat().st_size, parameters, model.digest, model.card)
