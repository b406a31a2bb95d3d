"""The receipt that every export carries, from what the program knows of an edit."""

from dataclasses import dataclass
from pathlib import Path

from fxdiffuse_gui import __version__
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.receipt import Receipt, file_name


@dataclass(frozen=True)
class MadeWith:
    """What computes an edit. model: SHA-256 of the model's file. steps: evaluations per tile."""

    model: str
    steps: int


def receipt_of(
    photo: Photo,
    condition: EditCondition,
    made_with: MadeWith | None,
    *,
    mask: Path | None = None,
    reference: Path | None = None,
    project: Path | None = None,
) -> Receipt:
    """The receipt of `photo` edited by `condition`, to be completed by whoever writes the file.

    made_with: None when no effect is active. mask, reference: where these pictures came from, if known.
    project: the project that keeps them, if there is one; it is named only when there is something in it to
    look for.
    """
    values = condition.to_json()
    return Receipt(
        condition=values,
        program=__version__,
        steps=made_with and made_with.steps,
        model=made_with and made_with.model,
        source_name=file_name(photo.path),
        source=photo.sha256,
        mask_name=file_name(mask) if "mask" in values else None,
        reference_name=file_name(reference) if "reference" in values else None,
        project_name=file_name(project) if {"mask", "reference"} & set(values) else None,
    )
