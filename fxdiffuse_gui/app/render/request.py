"""Requests to the sampler thread and its answers. Every message owns its data."""

import itertools
import threading
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from fxdiffuse_gui.app.files.qimage import Samples
from fxdiffuse_gui.app.render.measured_crop import MeasuredCrop
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.document.edit_state import EditState, MaskImage
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.picture import Box, Picture
from fxdiffuse_gui.engine.conditions.tasks import Task

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


def _raised() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(frozen=True, eq=False)
class EditRequest:
    """One preview to compute: `render_pass` says which part of the photo, at what size, how well.

    `condition` is for the photo's full size and comes without the mask; `mask` has the photo's size. `focus`
    is the point of the photo, in px, that the artist looks at. `revision` numbers the settings that the
    request stands for. `cancel` stops only this request; `shown` is set while no part of it is on its way to
    the screen.
    """

    id: int
    revision: int
    source: Source
    condition: EditCondition
    mask: MaskImage | None
    render_pass: Pass
    focus: tuple[float, float] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    shown: threading.Event = field(default_factory=_raised)

    @property
    def key(self) -> Hashable:
        """Equal for two requests that compute the same picture."""
        return self.revision, self.render_pass

    def again(self) -> "EditRequest":
        """The same request, to be computed from the beginning."""
        return replace(self, cancel=threading.Event(), shown=_raised())

    def inputs(self) -> tuple[Picture, EditCondition]:
        """The photo, and the condition with its mask, at the size of the pass. Slow the first time: for the
        worker's thread."""
        zoom = self.render_pass.zoom
        picture = self.source.at(zoom)
        mask = None if self.mask is None else self.source.mask_at(self.mask, zoom)
        exact = picture.width / self.source.photo.width
        return picture, replace(self.condition.scaled(min(exact, 1.0)), mask=mask)


class RenderTarget:
    """What the screen is to show: the photo, the settings, and the point that the artist looks at.

    Numbers the settings, so that a picture of older ones is recognized, and makes requests of them.
    """

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._picture_key: Hashable = None
        self.source: Source | None = None
        self.state = EditState()
        self.bypassed: Task | None = None
        self.revision = 0
        """The number of the settings: a higher one whenever they give another picture."""
        self.focus: tuple[float, float] | None = None
        """In the photo's px; None for the middle of the pass."""

    def set_source(self, source: Source | None) -> None:
        """Another photo: the next settings count as another picture in any case."""
        self.source = source
        self.focus = None
        self.invalidate()

    def set_state(self, state: EditState) -> bool:
        """Sets the settings, of which the bypassed effect is left out; returns whether they give another
        picture than the last ones."""
        if self.bypassed is not None:
            state = replace(state, enabled=state.enabled - {self.bypassed})
        before, self._picture_key = self._picture_key, state.picture_key
        self.state = state
        if self._picture_key == before:
            return False
        self.revision += 1
        return True

    @property
    def is_drawn(self) -> bool:
        """Whether a part of the picture is random, so that more evaluations make it better."""
        return Task.GRAIN in self.state.active_tasks

    def invalidate(self) -> None:
        """The next settings count as another picture in any case."""
        self._picture_key = None

    def request(self, render_pass: Pass) -> EditRequest:
        """A new request for `render_pass` with these settings. There must be a photo."""
        assert self.source is not None
        return EditRequest(
            id=next(self._ids),
            revision=self.revision,
            source=self.source,
            condition=self.state.condition(with_mask=False),
            mask=self.state.used_mask,
            render_pass=render_pass,
            focus=self.focus or render_pass.region.center,
        )


@dataclass(frozen=True, eq=False)
class Result:
    """A picture to lay over the photo: one part of the answer to a request.

    `level` is the size (width, height) of the copy of the photo that it was computed from. `box` is its place
    in that copy, `span` the place of the whole answer. `image` is for painting, `samples` are the same
    (h, w, 3) sRGB bytes. A `rough` one was made with one evaluation, a `background` one is for what is not
    visible, a `proxy_preview` is made by classical operators instead of the model and is transparent where a
    hole is to be filled. It is part `number` of `of`; with `is_estimate` this part comes again, after more
    evaluations. `final` is the last of all, which also has `shown`, the bytes of all of `span`, and, if the
    pass was exact, the `crop` to measure on.
    """

    request_id: int
    revision: int
    level: tuple[int, int]
    span: Box
    box: Box
    image: QImage
    samples: Samples
    number: int
    of: int
    progress: float
    rough: bool = False
    background: bool = False
    proxy_preview: bool = False
    is_estimate: bool = False
    shown: Samples | None = None
    seconds: float = 0.0
    crop: MeasuredCrop | None = None

    @property
    def final(self) -> bool:
        """Whether this completes its pass."""
        return self.number == self.of and not self.is_estimate

    @property
    def pixels(self) -> int:
        """How many were computed."""
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])


@dataclass(frozen=True, eq=False)
class ExportJob:
    """A full-resolution edit that ends in a file. `mask` as in `EditRequest`.

    For the receipt: `reference` is the file of the reference, `project` the file that the edit was saved to;
    each None if there is none.
    """

    source: Source
    condition: EditCondition
    mask: MaskImage | None
    path: Path
    options: "ExportOptions"
    reference: Path | None = None
    project: Path | None = None
    cancel: threading.Event = field(default_factory=threading.Event)

    def inputs(self) -> tuple[Picture, EditCondition]:
        """The whole photo at its full size."""
        return self.source.picture, replace(self.condition, mask=self.mask)


@dataclass(frozen=True)
class Finished:
    """The worker is done with a request or an export. `error` is a sentence, or None when all went well.

    `is_proven`: the file was read back, and outside the mask it has every sample of the photo.
    """

    request_id: int
    canceled: bool = False
    error: str | None = None
    is_proven: bool = False
