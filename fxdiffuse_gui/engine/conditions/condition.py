"""`EditCondition`: the paper's C, all that decides an edit besides photo and model. No torch."""

import hashlib
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.engine.conditions.grain_model import zoomed_grain
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task

FloatImage = NDArray[np.float32]
"""(H, W, 3) sRGB-encoded values in [0, 1]."""

FloatMask = NDArray[np.float32]
"""(H, W) in [0, 1]; above 0 means painted over."""

Mask = FloatMask | NDArray[np.uint8]
"""(H, W), a `FloatMask` or its 255-fold as bytes."""

MAX_SEED = 2**63 - 1

_SHARPEN_EXPONENT = 1.58
"""λ at zoom z is λ·z^1.58. Least squares of the operator on a smaller photo against its result made smaller,
on 12 training photos at λ = .5, gave .066 of the full λ at zoom .2, .139 at .3, .365 at .5, .578 at .7, .846
at .9; this power of the zoom is within .035 of all of them."""


class ConditionError(UserError):
    """A value out of range or an image of the wrong shape; the message says which, and what is allowed."""


@dataclass(frozen=True, eq=False)
class EditCondition:
    """The set of edits C. A task whose value is None or 0 is inactive; ranges and units are those of `SPECS`.

    blur: extent in px (path length). blur_angle: degrees counter-clockwise from the image's +x axis, modulo
    180; None means 'auto' (a direction is drawn from the seed). grain: radius in px. sharpen: λ of the
    unsharp mask. color: strength of the transfer from `reference`, without which it is inactive. reference:
    (h, w, 3) of any size. mask: (H, W) in [0, 1] or as bytes, above 0 where to inpaint; values between the
    ends mix the inpainted photo with the photo. seed: 0..2⁶³−1, decides grain, inpainting and the automatic
    direction. grain_seed: the same range; where given it decides the grain instead of `seed`. grain_gain,
    grain_lens: the shares of the grain and of its lens' softness that remain in a photo made smaller, see
    `scaled`.

    Raises ConditionError when a value is outside its range or an image has the wrong shape.
    """

    blur: float | None = None
    blur_angle: float | None = None
    grain: float | None = None
    sharpen: float | None = None
    color: float | None = None
    reference: FloatImage | None = None
    mask: Mask | None = None
    seed: int = 0
    grain_seed: int | None = None
    grain_gain: float = 1.0
    grain_lens: float = 1.0

    def __post_init__(self) -> None:
        for spec in TASKS:
            if spec.has_intensity:
                _check_value(spec.task, self.intensity(spec.task))
        if self.blur_angle is not None and not math.isfinite(self.blur_angle):
            raise ConditionError(
                "The blur angle must be a number of degrees, not {angle}.", angle=self.blur_angle
            )
        if not 0 <= self.seed <= MAX_SEED:
            raise ConditionError("The seed must lie between 0 and 2^63 - 1, not {seed}.", seed=self.seed)
        if self.grain_seed is not None and not 0 <= self.grain_seed <= MAX_SEED:
            raise ConditionError(
                "The grain seed must lie between 0 and 2^63 - 1, not {seed}.", seed=self.grain_seed
            )
        shape = (1, 1, 3) if self.reference is None else self.reference.shape
        if len(shape) != 3 or shape[2] != 3 or 0 in shape:
            raise ConditionError("The reference must be a color picture of shape (height, width, 3).")
        if self.mask is not None and self.mask.ndim != 2:
            raise ConditionError("The mask must be a gray picture of shape (height, width).")

    def intensity(self, task: Task) -> float | None:
        """The raw value of a task with an intensity; for INPAINT 1.0 when a mask is set, else None."""
        if task is Task.INPAINT:
            return None if self.mask is None else 1.0
        return getattr(self, task.value)

    def is_active(self, task: Task) -> bool:
        """The activation bit of `task`: a value above 0, and the image that the task needs."""
        if task is Task.INPAINT:
            if self.mask is None:
                return False
            # Bytes are tested as they are: comparing them first would allocate an array of the photo's size.
            return bool((self.mask if self.mask.dtype == np.uint8 else self.mask > 0).any())
        if task is Task.COLOR and self.reference is None:
            return False
        return bool(self.intensity(task))

    @property
    def active_tasks(self) -> tuple[Task, ...]:
        """The active tasks in canonical order."""
        return tuple(task for task in Task if self.is_active(task))

    @property
    def angle(self) -> float:
        """The blur direction in degrees in [0, 180): the given one, or for 'auto' one drawn from the seed."""
        if self.blur_angle is not None:
            return self.blur_angle % 180.0
        digest = hashlib.sha256(f"blur-angle:{self.seed}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64 * 180.0

    @property
    def noise_seed(self) -> int:
        """The seed of the noise that grain is drawn from."""
        return self.grain_seed if self.grain and self.grain_seed is not None else self.seed

    def scaled(self, zoom: float) -> "EditCondition":
        """The condition for a photo resized by `zoom`, 0..1].

        Blur extent is a length in the photo and scales with it exactly. Most of sharpening averages out: λ
        becomes λ·zoom^1.58. Averaged grain is finer and weaker than the model has a radius for, so it gets
        the nearest radius and a gain (`zoomed_grain`); the second moment of the lens, and with it the
        softness, falls with the square of the zoom. Values below a task's minimum become None.
        """
        if zoom == 1.0:
            return self
        blur = None if self.blur is None else self.blur * zoom
        sharpen = None if self.sharpen is None else self.sharpen * zoom**_SHARPEN_EXPONENT
        grain, gain = (None, 1.0) if not self.grain else zoomed_grain(self.grain, zoom)
        return replace(
            self,
            blur=_if_in_range(Task.BLUR, blur),
            sharpen=_if_in_range(Task.SHARPEN, sharpen),
            grain=grain,
            grain_gain=gain,
            grain_lens=zoom**2,
        )

    def to_json(self) -> dict[str, Any]:
        """The active tasks as plain values; images by the SHA-256 of their content."""
        values: dict[str, Any] = {"seed": self.seed}
        if self.noise_seed != self.seed:
            values["grain_seed"] = self.noise_seed
        for task in self.active_tasks:
            values[task.value] = float(self.intensity(task) or 0.0)
        if self.is_active(Task.BLUR) and self.blur_angle is not None:
            values["blur_angle"] = float(self.angle)
        if self.is_active(Task.COLOR):
            values["reference"] = image_hash(self.reference)
        if self.is_active(Task.INPAINT):
            values["mask"] = mask_hash(self.mask)
        return values

    @classmethod
    def from_json(
        cls,
        values: Mapping[str, Any],
        *,
        reference: FloatImage | None = None,
        mask: Mask | None = None,
    ) -> "EditCondition":
        """The inverse of `to_json`; the caller supplies the images whose hashes it holds.

        Raises ConditionError when a value is of another type or out of range.
        """
        names = (*(spec.task.value for spec in TASKS if spec.has_intensity), "blur_angle")
        numbers: dict[str, Any] = {name: values.get(name) for name in names}
        for name, value in numbers.items():
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
                raise ConditionError("{name} must be a number, not {value!r}.", name=name, value=value)
            if value is not None and abs(value) > sys.float_info.max:
                raise ConditionError("{name} is too large a number.", name=name)
        seed, grain_seed = _integer("seed", values.get("seed", 0)), values.get("grain_seed")
        if grain_seed is not None:
            grain_seed = _integer("grain_seed", grain_seed)
        return cls(**numbers, seed=seed, grain_seed=grain_seed, reference=reference, mask=mask)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON; equal for conditions that give the same edit."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()


def image_hash(image: NDArray[Any] | None) -> str | None:
    """SHA-256 in hex over shape, type and bytes of an array; None for None."""
    if image is None:
        return None
    digest = hashlib.sha256(f"{image.shape}{image.dtype}".encode())
    digest.update(np.ascontiguousarray(image).data)
    return digest.hexdigest()


def mask_weights(mask: Mask) -> FloatMask:
    """The mask as float32 in [0, 1]."""
    if mask.dtype == np.uint8:
        return mask.astype(np.float32) / np.float32(255)
    return np.clip(mask, 0.0, 1.0).astype(np.float32, copy=False)


def mask_hash(mask: Mask | None) -> str | None:
    """`image_hash` of the mask as bytes, the same for both forms; painted pixels count as at least 1."""
    if mask is None or mask.dtype == np.uint8:
        return image_hash(mask)
    levels = np.rint(np.clip(mask, 0.0, 1.0) * 255)
    return image_hash(np.maximum(levels, mask > 0).astype(np.uint8))


def _integer(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConditionError("{name} must be a whole number, not {value!r}.", name=name, value=value)
    return value


def _if_in_range(task: Task, value: float | None) -> float | None:
    """`value`, or None when it is below the minimum of its task."""
    return None if value is None or value < SPECS[task].minimum else value


def _check_value(task: Task, value: float | None) -> None:
    spec = SPECS[task]
    if value is None or value == 0:
        return
    if not (math.isfinite(value) and spec.minimum <= value <= spec.maximum):
        raise ConditionError(
            "{effect} must be 0 (off) or lie between {minimum:g} and {maximum:g} {unit}, not {value:g}.",
            effect=Message(spec.label),
            minimum=spec.minimum,
            maximum=spec.maximum,
            unit=spec.unit,
            value=value,
        )
