"""What the artist has set: one frozen `EditState`, from which every edit and every widget is derived."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage, image_hash
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task

MaskImage = NDArray[np.uint8]
"""(H, W), 255 where painted over in full, 0 where not; between, the fill is mixed with the photo.

Never changed in place once it is part of a state.
"""

StatusKind = Literal["idle", "loading", "preview", "final", "stale", "export", "error"]


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


@dataclass(frozen=True)
class Status:
    """What the state chip shows.

    `step` of `of` evaluations are done; `progress` is 0..1 over everything that is being computed now;
    `eta_seconds` is None while it cannot be told. `text` is a short phrase for the artist.
    """

    kind: StatusKind
    text: str
    step: int = 0
    of: int = 0
    progress: float = 0.0
    eta_seconds: float | None = None


def _default_values() -> Mapping[Task, float]:
    return MappingProxyType({spec.task: spec.default for spec in TASKS if spec.has_intensity})


@dataclass(frozen=True, eq=False)
class EditState:
    """All settings of one edit.

    `values` holds the slider value of every task with an intensity, also while the task is switched off;
    `enabled` holds the switches. `blur_angle` is in degrees counter-clockwise, None for 'auto'. `grain_seed`
    decides grain in the stead of `seed`; None while one seed decides all.
    """

    values: Mapping[Task, float] = field(default_factory=_default_values)
    enabled: frozenset[Task] = frozenset()
    blur_angle: float | None = None
    reference: Reference | None = None
    mask: MaskImage | None = None
    seed: int = 0
    grain_seed: int | None = None
    seed_locked: bool = False

    def condition(self, *, with_mask: bool = True) -> EditCondition:
        """The condition that these settings ask for; switched-off tasks are left out.

        `with_mask=False` leaves the mask out, for who brings it at another size.
        """
        return EditCondition(
            blur=self._intensity(Task.BLUR),
            blur_angle=self.blur_angle,
            grain=self._intensity(Task.GRAIN),
            sharpen=self._intensity(Task.SHARPEN),
            color=self._intensity(Task.COLOR) if self.reference is not None else None,
            reference=self.reference.pixels if self.reference is not None else None,
            mask=self.used_mask if with_mask else None,
            seed=self.seed,
            grain_seed=self.grain_seed,
        )

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
            tuple((task, self.values.get(task)) for task in tasks),
            self.blur_angle if Task.BLUR in tasks else None,
            id(self.reference) if Task.COLOR in tasks else None,
            id(self.mask) if Task.INPAINT in tasks else None,
            self.seed,
            self.grain_seed if Task.GRAIN in tasks else None,
        )

    @property
    def active_tasks(self) -> tuple[Task, ...]:
        """The tasks that change the photo: switched on, and with the mask or reference that they need."""
        return tuple(task for task in Task if task in self.enabled and self._is_supplied(task))

    def _is_supplied(self, task: Task) -> bool:
        spec = SPECS[task]
        if spec.needs_mask:
            return self.mask is not None
        return not spec.needs_reference or self.reference is not None

    def _intensity(self, task: Task) -> float | None:
        return self.values[task] if task in self.enabled else None
