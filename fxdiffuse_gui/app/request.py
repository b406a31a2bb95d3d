"""What goes to the sampler thread and what comes back. Every message owns its data."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.qimage import Samples
from fxdiffuse_gui.app.source import Source, as_float_mask
from fxdiffuse_gui.app.state import MaskImage
from fxdiffuse_gui.engine.condition import EditCondition, FloatImage

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


@dataclass(frozen=True, eq=False)
class EditInputs:
    """The arguments of one call of the engine's `edit`."""

    pixels: FloatImage
    condition: EditCondition
    statistics_from: FloatImage | None
    origin: tuple[int, int]


def _raised() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(frozen=True, eq=False)
class EditRequest:
    """One preview to compute.

    `condition` comes without the mask; `mask` has the photo's size and is cut or scaled by `inputs`.
    `region` in photo pixels is edited at full resolution; None edits the proxy, or with `draft` the smaller
    draft. A `draft` with a region is the middle of what is visible. `revision` numbers the settings that
    the request stands for. `cancel` stops this request alone; `shown` is set while no preview of it is on
    its way to the screen.
    """

    id: int
    revision: int
    source: Source
    condition: EditCondition
    mask: MaskImage | None
    region: Region | None
    draft: bool = False
    cancel: threading.Event = field(default_factory=threading.Event)
    shown: threading.Event = field(default_factory=_raised)

    @property
    def key(self) -> Hashable:
        """Equal for two requests that compute the same picture."""
        return self.revision, self.region, self.draft

    @property
    def zoom(self) -> float:
        """How large the picture that is edited is, compared to the photo."""
        if self.region is not None:
            return 1.0
        return self.source.draft.zoom if self.draft else self.source.proxy.zoom

    @property
    def area(self) -> Region:
        """The part of the photo that the result covers."""
        return self.region or Region.whole(self.source.photo.pixels.shape)

    def inputs(self) -> EditInputs:
        """Cuts or scales photo and mask. Copies megabytes: for the worker's thread."""
        photo, mask = self.source.photo.pixels, self.mask
        if self.region is None:
            proxy = self.source.draft if self.draft else self.source.proxy
            scaled = None if mask is None else proxy.mask(mask)
            condition = replace(self.condition.scaled(proxy.zoom), mask=scaled)
            return EditInputs(proxy.pixels, condition, None, (0, 0))
        cut = None if mask is None else as_float_mask(mask[self.region.slices])
        pixels = np.ascontiguousarray(photo[self.region.slices])
        return EditInputs(pixels, replace(self.condition, mask=cut), photo, (self.region.x, self.region.y))


@dataclass(frozen=True, eq=False)
class Result:
    """A picture to lay over the photo.

    `area` is the part of the photo that it covers; `zoom` is 1 when it has the photo's own pixels and less
    for a proxy, which always covers the whole. A `draft` is for the time of a drag. A `stand_in` is one by
    classical operators instead of the model, transparent where a hole is to be filled. `samples` are its
    (h, w, 3) sRGB bytes, `image` the same for painting. `step` of `of` evaluations are done; exactly the
    last result of a request is `final`.
    """

    request_id: int
    revision: int
    area: Region
    zoom: float
    whole: bool
    image: QImage
    samples: Samples
    step: int
    of: int
    progress: float
    final: bool
    draft: bool = False
    stand_in: bool = False


@dataclass(frozen=True, eq=False)
class ExportJob:
    """A full-resolution edit that ends in a file. `mask` as in `EditRequest`."""

    source: Source
    condition: EditCondition
    mask: MaskImage | None
    path: Path
    options: "ExportOptions"
    cancel: threading.Event = field(default_factory=threading.Event)

    def inputs(self) -> EditInputs:
        """The whole photo at its full size."""
        mask = None if self.mask is None else as_float_mask(self.mask)
        return EditInputs(self.source.photo.pixels, replace(self.condition, mask=mask), None, (0, 0))


@dataclass(frozen=True)
class Finished:
    """The worker is done with a request or an export. `error` is a sentence, or None when all went well."""

    request_id: int
    canceled: bool = False
    error: str | None = None
