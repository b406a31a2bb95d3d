"""Restores the edit of an exported picture from its receipt."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from fxdiffuse_gui.batch.receipt_inputs import Inputs, PhotoMissingError, ReceiptInputs, SettingsError
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import Loaded
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.metadata.xmp import XmpError, read_property
from fxdiffuse_gui.photo.receipt import read_receipt


class ReopenError(UserError):
    """An edit cannot be restored; the sentence says what is missing or unknown."""


def is_export(photo: Photo) -> bool:
    """Whether `photo` holds a receipt, good or bad."""
    packet = photo.metadata.xmp
    with suppress(XmpError):
        return packet is not None and read_property(packet) is not None
    return False


def read_edit(made: Path) -> Loaded:
    """The edit that made the picture at `made`, with the original, which is next to it or in the folder
    above.

    A mask or reference that is not found is left out, and a notice says so. Raises ReopenError without the
    original or with unknown settings, and PhotoError for a picture without a receipt.
    """
    name, receipt = display_name(made), read_receipt(made)
    try:
        found = ReceiptInputs(made, receipt, Inputs())
    except PhotoMissingError as error:
        raise _without_photo(name, receipt.source_name, error.other) from None
    except SettingsError:
        raise ReopenError(
            "{name} was made by fxdiffuse {version} with settings that this version does not know.",
            name=name,
            version=receipt.program,
        ) from None
    photo = found.photo
    link = PhotoLink.of_pasted(photo) if photo.path is None else PhotoLink.of_file(photo.path, photo)
    project = Project(photo, link, _state_of(found), model=receipt.model)
    return Loaded(project, tuple(_notices(found, name)))


def _without_photo(name: str, source_name: str | None, other: Path | None) -> ReopenError:
    if source_name is None:
        return ReopenError(
            "{name} does not say what file it was made from; open the project of its edit instead.", name=name
        )
    if other is None:
        return ReopenError(
            "The photo that {name} was made from is not found; put it beside {name}.", name=name
        )
    return ReopenError(
        "{photo} is not the photo that {name} was made from; put the original beside {name}.",
        photo=display_name(other),
        name=name,
    )


def _notices(found: ReceiptInputs, name: str) -> Iterator[str]:
    if "mask" in found.missing:
        yield tr("The mask of {name} is not found; paint it again.").format(name=name)
    if "reference" in found.missing:
        yield tr("The reference of {name} is not found; choose it again.").format(name=name)


def _state_of(found: ReceiptInputs) -> EditState:
    """The settings of the edit that the receipt describes; the other effects are off, at their defaults."""
    condition = found.condition
    active = condition.active_tasks
    asked = {task: condition.intensity(task) or 0.0 for task in active if task is not Task.INPAINT}
    reference = None
    if condition.reference is not None:
        path = found.reference_file
        reference = Reference.of_pixels(
            found.receipt.reference_name or tr("picture"),
            None if path is None else path.absolute(),
            condition.reference,
        )
    default = EditState()
    return replace(
        default,
        values={**default.values, **asked},
        enabled=frozenset(active),
        blur_angle=condition.blur_angle,
        reference=reference,
        # A replay reads masks as bytes.
        mask=None if condition.mask is None else condition.mask.astype(np.uint8, copy=False),
        seed=condition.seed,
        grain_seed=condition.grain_seed,
    )
