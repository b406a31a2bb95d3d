"""Where the model lies that ships with fxdiffuse. No torch: the window names it before that is there."""

from importlib import resources
from pathlib import Path

DEFAULT_MODEL = "default.safetensors"


def bundled_model() -> Path:
    """The default model."""
    return Path(str(resources.files("resources"))) / "models" / DEFAULT_MODEL
