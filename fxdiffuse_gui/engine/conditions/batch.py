"""`ConditionBatch`: conditions as tensors, the form that effects, label encoder and denoisers share."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task

TASK_INDEX: dict[Task, int] = {task: index for index, task in enumerate(Task)}


@dataclass(frozen=True)
class ConditionBatch:
    """B conditions.

    active: (B, 5) bool, in the order of `Task`. values: (B, 5) physical intensities, 0 where inactive. angle:
    (B,) blur direction, degrees in [0, 180). image_statistics, reference_statistics: (B, 6) L*a*b* means and
    standard deviations of the whole input and of the reference (zeros where color transfer is inactive).
    mask: (B, 1, H, W) of 0 and 1, 1 where to inpaint.
    """

    active: Tensor
    values: Tensor
    angle: Tensor
    image_statistics: Tensor
    reference_statistics: Tensor
    mask: Tensor

    def __len__(self) -> int:
        return self.active.shape[0]

    def is_active(self, task: Task) -> Tensor:
        """(B,) bool, the activation bits of one task."""
        return self.active[:, TASK_INDEX[task]]

    def value(self, task: Task) -> Tensor:
        """(B,) physical intensities of one task, 0 where it is inactive."""
        return self.values[:, TASK_INDEX[task]]

    def without(self, task: Task) -> "ConditionBatch":
        """The same conditions with one task inactive; without inpainting the mask is empty."""
        kept = torch.ones_like(self.active)
        kept[:, TASK_INDEX[task]] = False
        mask = torch.zeros_like(self.mask) if task is Task.INPAINT else self.mask
        return replace(self, active=self.active & kept, values=self.values * kept, mask=mask)

    def to(self, device: torch.device) -> "ConditionBatch":
        """A copy on `device`."""
        return ConditionBatch(*(getattr(self, f.name).to(device) for f in fields(self)))

    @classmethod
    def of(
        cls,
        condition: EditCondition,
        mask: Tensor,
        image_statistics: Tensor,
        reference_statistics: Tensor,
    ) -> "ConditionBatch":
        """One condition as a batch of one. mask: (1, 1, H, W); statistics: (1, 6)."""
        active = [condition.is_active(task) for task in Task]
        values = [
            (condition.intensity(task) or 0.0) if on else 0.0 for task, on in zip(Task, active, strict=True)
        ]
        like = image_statistics
        return cls(
            torch.tensor([active], device=like.device),
            like.new_tensor([values]),
            like.new_tensor([condition.angle]),
            image_statistics,
            reference_statistics,
            mask,
        )

    @classmethod
    def cat(cls, batches: Sequence["ConditionBatch"]) -> "ConditionBatch":
        """The batches joined into one, in order; masks must have the same size."""
        return cls(*(torch.cat([getattr(b, f.name) for b in batches]) for f in fields(cls)))
