"""`PresetThumbnails`: small pictures of what presets would make of the photo, by the classical operators."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task

logger = logging.getLogger(__name__)

SIDE, PIECE = 84, 44
"""Device-independent pixels: the middle of the photo, and in its corner a piece of it at 100 %, which shows
grain and sharpening."""
_RIM = 1
_PLACES = 5
MOST_KEPT = 200


@dataclass(frozen=True, eq=False)
class _Job:
    key: tuple[bytes, str]
    preset: Preset
    source: Source
    state: EditState
    ratio: float
    cancel: threading.Event = field(default_factory=threading.Event)


class PresetThumbnails(QObject):
    """Keeps what was drawn of the photo, and draws the rest in another thread. Approximations: made without
    the model, and without inpainting."""

    drawn = Signal(object, object)
    """Preset and QImage."""

    def __init__(self, engine: Engine, thread: BackgroundThread, parent: QObject | None = None) -> None:
        """thread: where to draw."""
        super().__init__(parent)
        self._source: Source | None = None
        self._is_ready = False
        self._waiting: list[_Job] = []
        self._images: dict[tuple[bytes, str], QImage] = {}
        self._thread = thread
        self._painter = _Painter(engine)

    def set_source(self, source: Source | None) -> None:
        """Another photo: the pictures of the last one are freed."""
        self.stop()
        self._source = source
        self._images.clear()

    def set_ready(self) -> None:
        """The engine has been loaded: what was requested before is drawn now."""
        self._is_ready = True
        for job in self._waiting:
            self._submit(job)

    def request(self, presets: Sequence[Preset], state: EditState, ratio: float) -> dict[int, QImage]:
        """The known pictures, by their place in `presets`; the others follow through `drawn`.

        state: the settings in use, for the reference of presets that bring none. ratio: device pixels per
        pixel of the screen.
        """
        self.stop()
        known: dict[int, QImage] = {}
        if self._source is None:
            return known
        own = "" if state.reference is None else state.reference.digest
        for place, preset in enumerate(presets):
            key = preset.to_bytes(), f"{own} {ratio}"
            if key in self._images:
                known[place] = self._images[key]
            else:
                self._waiting.append(_Job(key, preset, self._source, state, ratio))
        if self._is_ready:
            for job in self._waiting:
                self._submit(job)
        return known

    def stop(self) -> None:
        """Draws no more than the one that is being drawn."""
        for job in self._waiting:
            job.cancel.set()
        self._waiting = []

    def _submit(self, job: _Job) -> None:
        self._thread.submit(lambda _: self._painter.paint(job), partial(self._on_drawn, job), _on_failed)

    def _on_drawn(self, job: _Job, image: QImage | None) -> None:
        if job.source is not self._source or image is None:
            return
        if len(self._images) >= MOST_KEPT:
            self._images.clear()
        self._images[job.key] = image
        if job in self._waiting:
            self._waiting.remove(job)
            self.drawn.emit(job.preset, image)


class _Painter:
    """Draws in the other thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cut: tuple[Source, float, FloatImage, FloatImage] | None = None

    def paint(self, job: _Job) -> QImage | None:
        """The picture of one preset; None if it has been stopped, or the engine has no picture for it."""
        return None if job.cancel.is_set() else self._draw(job)

    def _draw(self, job: _Job) -> QImage | None:
        cut = self._cut
        if cut is None or cut[0] is not job.source or cut[1] != job.ratio:
            self._cut = cut = (job.source, job.ratio, *_pieces(job.source, job.ratio))
        _, _, whole, piece = cut
        condition = _condition(job)
        profile = job.source.photo.icc_profile
        scaled = condition.scaled(min(1.0, whole.shape[0] / min(job.source.shape)))
        images: list[QImage] = []
        for pixels, asked in ((whole, scaled), (piece, condition)):
            edited = self._engine.proxy_preview(pixels, asked, whole)
            if edited is None:
                return None
            images.append(to_qimage(to_samples(edited), profile))
        return _composed(images[0], images[1], job.ratio)


def _on_failed(error: Exception) -> None:
    """The picture is left out: the preset can be used all the same."""
    logger.warning("There is no picture of a preset", exc_info=error)


def _condition(job: _Job) -> EditCondition:
    state = job.preset.look.applied_to(job.state)
    path = job.preset.reference
    current = None if state.reference is None else state.reference.path
    if path is not None and Task.COLOR in state.enabled and path != current:
        from fxdiffuse_gui.photo.reader import read_pixels

        # The menu reads it without being asked: a pipe that a preset names would never end.
        if not path.is_file():
            raise FileNotFoundError(path)
        state = replace(state, reference=Reference(path.name, path, read_pixels(path), ""))
    return state.condition(with_mask=False)


def _pieces(source: Source, ratio: float) -> tuple[FloatImage, FloatImage]:
    """The middle of the photo made small, and the full-size square piece with the most contrast; both
    (n, n, 3)."""
    import cv2

    height, width = source.shape
    side, inner = round(SIDE * ratio), min(width, height)
    left, top = (width - inner) // 2, (height - inner) // 2
    middle = source.picture.samples[top : top + inner, left : left + inner]
    small = as_float(cv2.resize(middle, (side, side), interpolation=cv2.INTER_AREA))
    side = min(round(PIECE * ratio), inner)
    across = np.linspace(0, width - side, _PLACES).astype(int)
    down = np.linspace(0, height - side, _PLACES).astype(int)
    boxes = [(int(x), int(y), int(x) + side, int(y) + side) for y in down for x in across]
    pieces = [source.picture.read(box) for box in boxes]
    return small, max(pieces, key=lambda piece: float(piece.mean(axis=2).std()))


def _composed(small: QImage, piece: QImage, ratio: float) -> QImage:
    image = QImage(small)
    painter = QPainter(image)
    x, y, rim = image.width() - piece.width(), image.height() - piece.height(), max(1, round(_RIM * ratio))
    painter.fillRect(x - rim, y - rim, piece.width() + rim, piece.height() + rim, Qt.GlobalColor.white)
    painter.drawImage(x, y, piece)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
