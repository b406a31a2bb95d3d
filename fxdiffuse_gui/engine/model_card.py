"""What a model file says of itself, and where the bundled model is. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

DEFAULT_MODEL = "default.safetensors"
"""File name of the bundled model."""


@dataclass(frozen=True)
class ModelCard:
    """The description inside a model file; anybody may have written it.

    name: of the recipe. steps: that it was trained for. recipe, data: the recipe's values, and a manifest of
    training data and figures, as plain JSON values. commit: of the program that trained it.
    """

    name: str
    steps: int = 0
    recipe: Mapping[str, Any] = field(default_factory=dict[str, Any])
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    commit: str = ""


def bundled_model() -> Path:
    """The model that ships with fxdiffuse, the default."""
    return Path(str(resources.files("resources"))) / "models" / DEFAULT_MODEL
