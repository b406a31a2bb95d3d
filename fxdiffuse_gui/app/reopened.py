"""Goes on with the edit that an exported picture was made by, as its receipt tells it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from fxdiffuse_gui.app.photo_link import PhotoLink
from fxdiffuse_gui.app.project import Project
from fxdiffuse_gui.app.project_file import Loaded
from fxdiffuse_gui.app.state import EditState, Reference
from fxdiffuse_gui.app.words import tr
from fxdiffuse_gui.engine.condition import EditCondition, image_hash
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.photo.image import Photo, display_name
from fxdiffuse_gui.photo.receipt import Receipt, read_receipt
from fxdiffuse_gui.photo.xmp import XmpError, read_property
from fxdiffuse_gui.replay import Inputs, Replay, ReplayError

_MASK = frozenset({"mask", Task.INPAINT.value})
_REFERENCE = frozenset({"reference", Task.COLOR.value})
"""What a condition says of the two that need not be files: a painted mask, a dropped picture."""


class ReopenError(ValueError):
    """An edit cannot be taken up again; the message is one sentence that says what is missing."""


def is_export(photo: Photo) -> bool:
    """Whether `photo` holds a receipt, good or bad."""
    packet = photo.metadata.xmp
    with suppress(XmpError):
        return packet is not None and read_property(packet) is not None
    return False


def read_edit(made: Path) -> Loaded:
    """The edit that gave the picture at `made`: of the original, which lies beside it or in the folder above.

    A mask or reference that is not found is left out, and told. Raises ReopenError without the original, and
    PhotoError for a picture that holds no receipt.
    """
    name, receipt = display_name(made), read_receipt(made)
    for left_out in _what_may_be_missing(receipt):
        values = {key: value for key, value in receipt.condition.items() if key not in left_out}
        try:
            replay = Replay(made, replace(receipt, condition=values), Inputs())
        except ReplayError:
            continue
        photo = replay.photo
        link = PhotoLink.of_pasted(photo) if photo.path is None else PhotoLink.of_file(photo.path, photo)
        state = _state_of(replay.condition, replay.reference_file)
        project = Project(photo, link, state, model=receipt.model)
        return Loaded(project, tuple(_notices(left_out, name)))
    raise ReopenError(
        tr("The photo that {name} was made from is not found; put it beside {name}.").format(name=name)
    )


def _notices(left_out: frozenset[str], name: str) -> Iterator[str]:
    if left_out & _MASK:
        yield tr("The mask of {name} is not found; paint it again.").format(name=name)
    if left_out & _REFERENCE:
        yield tr("The reference of {name} is not found; choose it again.").format(name=name)


def _what_may_be_missing(receipt: Receipt) -> Iterator[frozenset[str]]:
    """Nothing first, then as little as possible."""
    yield frozenset()
    parts = [part for part in (_MASK, _REFERENCE) if part & receipt.condition.keys()]
    yield from parts
    if len(parts) > 1:
        yield _MASK | _REFERENCE


def _state_of(condition: EditCondition, reference_file: Path | None) -> EditState:
    """The settings that ask for `condition`; what it leaves out is off, at its default."""
    active = condition.active_tasks
    asked = {task: condition.intensity(task) or 0.0 for task in active if task is not Task.INPAINT}
    reference = None
    if condition.reference is not None:
        path = None if reference_file is None or not reference_file.is_file() else reference_file.absolute()
        name = tr("picture") if reference_file is None else reference_file.name
        digest = image_hash(condition.reference) or ""
        reference = Reference(name, path, condition.reference, digest)
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
