"""Goes on with the edit that an exported picture was made by, as its receipt tells it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from fxdiffuse_gui.batch.receipt_inputs import Inputs, PhotoMissingError, ReceiptInputs, SettingsError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message, tr
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import Loaded
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.metadata.xmp import XmpError, read_property
from fxdiffuse_gui.photo.receipt import read_receipt


class ReopenError(ValueError):
    """An edit cannot be taken up again; the message is one sentence that says what is missing or unknown."""


def is_export(photo: Photo) -> bool:
    """Whether `photo` holds a receipt, good or bad."""
    packet = photo.metadata.xmp
    with suppress(XmpError):
        return packet is not None and read_property(packet) is not None
    return False


def read_edit(made: Path) -> Loaded:
    """The edit that gave the picture at `made`: of the original, which lies beside it or in the folder above.

    A mask or reference that is not found is left out, and told. Raises ReopenError without the original or
    with settings that are not known, and PhotoError for a picture that holds no receipt.
    """
    name, receipt = display_name(made), read_receipt(made)
    try:
        found = ReceiptInputs(made, receipt, Inputs())
    except PhotoMissingError as error:
        raise ReopenError(_without_photo(name, receipt.source_name, error.other)) from None
    except SettingsError:
        text = tr("{name} was made by fxdiffuse {version} with settings that this version does not know.")
        raise ReopenError(text.format(name=name, version=receipt.program)) from None
    photo = found.photo
    link = PhotoLink.of_pasted(photo) if photo.path is None else PhotoLink.of_file(photo.path, photo)
    project = Project(photo, link, _state_of(found), model=receipt.model)
    return Loaded(project, tuple(_notices(found, name)))


def _without_photo(name: str, source_name: str | None, other: Path | None) -> str:
    if source_name is None:
        text = tr("{name} does not say what file it was made from; open the project of its edit instead.")
    elif other is None:
        text = tr("The photo that {name} was made from is not found; put it beside {name}.")
    else:
        text = tr("{photo} is not the photo that {name} was made from; put the original beside {name}.")
    return text.format(name=name, photo=other and display_name(other))


def _notices(found: ReceiptInputs, name: str) -> Iterator[Message]:
    if "mask" in found.missing:
        yield Message("The mask of {name} is not found; paint it again.", {"name": name})
    if "reference" in found.missing:
        yield Message("The reference of {name} is not found; choose it again.", {"name": name})


def _state_of(found: ReceiptInputs) -> EditState:
    """The settings that ask for what is replayed; what that leaves out is off, at its default."""
    condition = found.condition
    reference = None
    if condition.reference is not None:
        path = found.reference_file
        reference = Reference(
            found.receipt.reference_name or tr("picture"),
            None if path is None else path.absolute(),
            condition.reference,
            image_hash(condition.reference) or "",
        )
    # A replay reads masks as bytes.
    mask = None if condition.mask is None else condition.mask.astype(np.uint8, copy=False)
    return EditState.of(EditSettings.of_condition(condition), reference=reference, mask=mask)
