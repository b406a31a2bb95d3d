"""`ProxyWorker`: draws stand-ins in a thread of its own, so that they need not wait for the model."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples, with_holes
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.source import Source, stop_above
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage

logger = logging.getLogger(__name__)

SIZES = (300_000, 200_000, 130_000, 85_000, 55_000)
"""Pixels of a stand-in, from the largest down. Steps, because another size is another pattern of grain."""
SLOW_SECONDS, FAST_SECONDS = 0.07, 0.025
"""A stand-in that took longer makes the next one smaller, one that was faster makes it larger."""
MOST_SHARP = 2_000_000
"""Pixels of the photo that the effect is laid over, at most."""


@dataclass(frozen=True, eq=False)
class _Cut:
    """A part of the photo. sharp: as large as it is on screen; small: what the effects are drawn on."""

    source: Source
    area: Region
    size: int
    zoom: float
    small: FloatImage
    sharp: FloatImage


class ProxyWorker(QObject):
    """Lives in the stand-in thread. A stand-in that fails is left out: the model's picture is on its way."""

    drawn = Signal(object)
    """Result, its `proxy_preview` True."""
    finished = Signal(object)
    """Finished, exactly once for every request."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock
        self._level = 2
        # The part last cut out: a drag asks for the same one again and again.
        self._cut: _Cut | None = None

    @Slot(object)
    def run(self, request: EditRequest) -> None:
        """Draws `request.region` of the photo, unless the request has been stopped."""
        try:
            if not request.cancel.is_set():
                self._draw(request)
        except Exception as error:
            logger.warning("No stand-in could be drawn", exc_info=error)
        self.finished.emit(Finished(request.id, canceled=request.cancel.is_set()))

    def _draw(self, request: EditRequest) -> None:
        source, area = request.source, request.render_pass.region
        cut = self._part(source, area, request.render_pass.zoom)
        condition = request.condition.scaled(min(cut.small.shape[1] / area.width, 1.0))
        begun = self._clock()
        edited = self._engine.proxy_preview(cut.small, condition, source.picture.samples)
        if edited is None:
            return
        edited = _in_full(edited, condition, cut)
        self._adapt(self._clock() - begun)
        samples = to_samples(edited)
        image = to_qimage(samples, source.photo.icc_profile)
        if request.mask is not None:
            # Nothing classical fills a hole: whatever is on screen there stays in sight.
            image = with_holes(image, request.mask[area.slices])
        box = (area.x, area.y, area.right, area.bottom)
        self.drawn.emit(
            Result(
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
    # From a copy that is hardly larger: all of a large photo is not averaged anew.
    stop = stop_above(zoom)
    near = source.at(stop).read(source.box(area, stop))
    return _resized(near, max(1, round(area.width * zoom)), max(1, round(area.height * zoom)))


def _in_full(edited: FloatImage, condition: EditCondition, cut: _Cut) -> FloatImage:
    """What the effects change, laid over the photo as it is on screen: so it does not go soft under the hand.
    Only where all is blurred anyway, the small picture will do."""
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
