"""`ProxyPreviews`: pictures without the model, which a drag shows until the model has caught up."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples, with_holes
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.request import EditRequest, Result
from fxdiffuse_gui.app.render.scheduler import Scheduler
from fxdiffuse_gui.app.render.source import Source, stop_above
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage

logger = logging.getLogger(__name__)

SIZES = (300_000, 200_000, 130_000, 85_000, 55_000)
"""Pixels of a proxy preview, from the largest down. Steps, because another size is another pattern of
grain."""
SLOW_SECONDS, FAST_SECONDS = 0.07, 0.025
"""One that took longer makes the next one smaller, one that was faster makes it larger."""
MOST_SHARP = 2_000_000
"""Pixels of the photo that the effect is laid over, at most."""


class ProxyPreviews(QObject):
    """Has the newest one drawn, and knows whether the proxy or the model's picture is newer."""

    drawn = Signal(object)
    """Result, to be laid over what is on screen."""

    def __init__(
        self, painter: "ProxyPainter", thread: BackgroundThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._painter, self._thread = painter, thread
        self._scheduler = Scheduler[EditRequest](self._start)
        self._revision = 0
        self._model_revision = 0
        self.is_shown = False
        """Whether a proxy preview is on screen."""

    def submit(self, request: EditRequest) -> None:
        """Has one drawn, unless the model's picture for these settings is there."""
        if self._model_revision < request.revision:
            self._scheduler.submit(request, patient=True)

    def covers(self, revision: int) -> bool:
        """Whether the one on screen is for newer settings than those of `revision`."""
        return self.is_shown and revision < self._revision

    def replace_with(self, revision: int) -> None:
        """All that is visible, made by the model from the settings of `revision`, is on screen."""
        self._model_revision = revision
        self.is_shown = False

    def cancel(self) -> None:
        """Draws none; the last one stays on screen."""
        self._scheduler.cancel()

    def forget(self) -> None:
        """Draws none, and there is none on screen any more."""
        self._scheduler.cancel()
        self.is_shown = False

    def close(self) -> None:
        """Stops for good."""
        self._scheduler.hold()

    def _start(self, request: EditRequest) -> None:
        self._thread.submit(lambda _: self._painter.paint(request), partial(self._on_painted, request))

    def _on_painted(self, request: EditRequest, result: Result | None) -> None:
        is_current = result is not None and self._scheduler.previewed(request.id)
        # The model may have been faster.
        if result is not None and is_current and result.revision > self._model_revision:
            self.is_shown, self._revision = True, result.revision
            self.drawn.emit(result)
        self._scheduler.finished(request.id)


@dataclass(frozen=True, eq=False)
class _Cut:
    """A part of the photo. sharp: as large as it is on screen; small: what the effects are drawn on."""

    source: Source
    area: Region
    size: int
    zoom: float
    small: FloatImage
    sharp: FloatImage


class ProxyPainter:
    """Draws in the other thread, on so many pixels as the machine can do at once."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._level = 2
        # The part last cut out: a drag asks for the same one again and again.
        self._cut: _Cut | None = None

    def paint(self, request: EditRequest) -> Result | None:
        """The picture of `request`. None if the request has been stopped, if there is no proxy for it, or if
        it fails: the model's picture is on its way."""
        try:
            return None if request.cancel.is_set() else self._paint(request)
        except Exception as error:
            logger.warning("No proxy preview could be drawn", exc_info=error)
            return None

    def _paint(self, request: EditRequest) -> Result | None:
        source, area = request.source, request.render_pass.region
        cut = self._part(source, area, request.render_pass.zoom)
        condition = request.condition.scaled(min(cut.small.shape[1] / area.width, 1.0))
        begun = self._clock()
        edited = self._engine.proxy_preview(cut.small, condition, source.picture.samples)
        if edited is None:
            return None
        edited = _in_full(edited, condition, cut)
        self._adapt(self._clock() - begun)
        samples = to_samples(edited)
        image = to_qimage(samples, source.photo.icc_profile)
        if request.mask is not None:
            # No classical operator fills a hole: what is on screen there stays visible.
            image = with_holes(image, request.mask[area.slices])
        box = (area.x, area.y, area.right, area.bottom)
        return Result(
            request_id=request.id,
            revision=request.revision,
            level=(source.photo.width, source.photo.height),
            span=box,
            box=box,
            image=image,
            samples=samples,
            number=1,
            of=1,
            progress=0.0,
            proxy_preview=True,
            shown=samples,
        )

    def _part(self, source: Source, area: Region, zoom: float) -> _Cut:
        size, cut = SIZES[self._level], self._cut
        if cut is None or cut.source is not source or (cut.area, cut.size, cut.zoom) != (area, size, zoom):
            sharp = _read(source, area, min(zoom, _zoom_to(MOST_SHARP, area)))
            small = _read(source, area, _zoom_to(size, area))
            self._cut = cut = _Cut(source, area, size, zoom, small, sharp)
        return cut

    def _adapt(self, seconds: float) -> None:
        if seconds > SLOW_SECONDS:
            self._level = min(self._level + 1, len(SIZES) - 1)
        elif seconds < FAST_SECONDS:
            self._level = max(self._level - 1, 0)


def _zoom_to(pixels: int, area: Region) -> float:
    return min(1.0, math.sqrt(pixels / (area.width * area.height)))


def _read(source: Source, area: Region, zoom: float) -> FloatImage:
    # From a copy that is hardly larger: averaging all of a large photo takes long.
    stop = stop_above(zoom)
    near = source.at(stop).read(source.box(area, stop))
    return _resized(near, max(1, round(area.width * zoom)), max(1, round(area.height * zoom)))


def _in_full(edited: FloatImage, condition: EditCondition, cut: _Cut) -> FloatImage:
    """The change by the effects, added to the photo at the size of the screen, so that it stays sharp during
    the drag. Where everything is blurred anyway, the small picture is enough."""
    import cv2

    height, width = cut.sharp.shape[:2]
    if condition.blur is not None or height * width <= cut.small.shape[0] * cut.small.shape[1]:
        return edited
    change = cv2.resize(edited - cut.small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(cut.sharp + change, 0, 1)


def _resized(pixels: FloatImage, width: int, height: int) -> FloatImage:
    if pixels.shape[:2] == (height, width):
        return pixels
    import cv2

    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32, copy=False)
