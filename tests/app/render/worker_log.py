"""What the tests of the sampler worker share."""

from typing import Any

import numpy as np

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.image import Photo

WHOLE = Pass(1.0, Region(0, 0, 40, 30), rough=False)


class Log:
    """A worker and all that it has told."""

    def __init__(self, engine: Any) -> None:
        self.worker = SamplerWorker(engine, BackgroundThread("test"))  # type: ignore[arg-type]
        self.results: list[Result] = []
        self.finished: list[Finished] = []
        self.exports: list[Finished] = []
        self.progress: list[float] = []
        self.worker.finished.connect(self.finished.append)
        self.worker.export_finished.connect(self.exports.append)
        self.worker.export_progressed.connect(self.progress.append)

    def acknowledge(self, request: EditRequest) -> None:
        """Takes every preview at once, as an idle window does."""

        def take(result: Result) -> None:
            self.results.append(result)
            request.shown.set()

        self.worker.previewed.connect(take)


def request(source: Source) -> EditRequest:
    return EditRequest(7, 3, source, EditCondition(grain=0.05), None, WHOLE)


def make_source() -> Source:
    """A photo of noise, 40 × 30 pixels."""
    original = np.random.default_rng(1).integers(0, 256, (30, 40, 3), np.uint8)
    return Source(Photo(original, None, 8))
