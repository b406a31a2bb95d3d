"""What the artist has set: one frozen `EditState`, which every edit and every widget shows."""

from collections.abc import Hashable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage, image_hash
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task, TaskSpec

MaskImage = NDArray[np.uint8]
"""(H, W), 255 where painted over in full, 0 where not; between, the fill is mixed with the photo.

Never changed in place once it is part of a state.
"""


@dataclass(frozen=True, eq=False)
class Reference:
    """The picture whose colors are taken: `pixels` (H, W, 3) sRGB in [0, 1] and their hash, `digest`."""

    name: str
    path: Path | None
    pixels: FloatImage
    digest: str

    @classmethod
    def read(cls, path: Path) -> "Reference":
        """The picture at `path`. Raises PhotoError."""
        from fxdiffuse_gui.photo.reader import read_pixels

        return cls.of_pixels(path.name, path, read_pixels(path))

    @classmethod
    def of_pixels(cls, name: str, path: Path | None, pixels: FloatImage) -> "Reference":
        """`pixels` (H, W, 3) sRGB in [0, 1] as a reference."""
        return cls(name, path, pixels, image_hash(pixels) or "")


@dataclass(frozen=True, eq=False)
class EditState(EditSettings):
    """All settings of one edit: the numbers, and the pictures `reference` and `mask`.

    `seed_locked`: whether re-rolling and the next photo leave the seed as it is. Two states are equal when
    they are one object; see `picture_key`.
    """

    reference: Reference | None = None
    mask: MaskImage | None = None
    seed_locked: bool = False

    # The inherited comparison would ignore the pictures.
    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    @classmethod
    def of(
        cls,
        settings: EditSettings,
        *,
        reference: Reference | None = None,
        mask: MaskImage | None = None,
        seed_locked: bool = False,
    ) -> "EditState":
        """The state with these numbers."""
        numbers: dict[str, Any] = {one.name: getattr(settings, one.name) for one in fields(EditSettings)}
        return cls(**numbers, reference=reference, mask=mask, seed_locked=seed_locked)

    @property
    def settings(self) -> EditSettings:
        """The numbers alone."""
        numbers: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(EditSettings)}
        return EditSettings(**numbers)

    def condition(self, *, with_mask: bool = True) -> EditCondition:
        """The condition that these settings ask for; switched-off tasks are left out.

        `with_mask=False` leaves the mask out, for a caller that has it at another size.
        """
        reference = None if self.reference is None else self.reference.pixels
        return self.to_condition(reference=reference, mask=self.used_mask if with_mask else None)

    @property
    def used_mask(self) -> MaskImage | None:
        """The mask, unless inpainting is switched off."""
        return self.mask if Task.INPAINT in self.enabled else None

    @property
    def picture_key(self) -> Hashable:
        """Equal for states that give the same picture. Mask and reference count by identity: they never
        change."""
        tasks = self.active_tasks
        return (
            tuple(self.numbers(tasks).items()),
            id(self.reference) if Task.COLOR in tasks else None,
            id(self.mask) if Task.INPAINT in tasks else None,
        )

    @property
    def active_tasks(self) -> tuple[Task, ...]:
        """The tasks that change the photo: switched on, and with the mask or reference that they need."""
        return tuple(task for task in Task if task in self.enabled and self._has_picture(SPECS[task]))

    def _has_picture(self, spec: TaskSpec) -> bool:
        if spec.needs_mask:
            return self.mask is not None
        return not spec.needs_reference or self.reference is not None
