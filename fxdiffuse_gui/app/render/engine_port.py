"""The engine as the app sees it. torch is imported here only, in the thread that calls it."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from numpy.typing import NDArray

from fxdiffuse_gui.app.gui_gc import no_collection
from fxdiffuse_gui.core.threads import let_idle_threads_sleep, thread_count
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Box, Picture
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.tiles.cache import Cache

if TYPE_CHECKING:
    from fxdiffuse_gui.batch.export_edit import Sampling
    from fxdiffuse_gui.engine.checkpoint import Model


class PartLike(Protocol):
    """What the engine yields: a finished piece, owned by the receiver, and how far the edit has come."""

    @property
    def box(self) -> Box:
        """Where it lies in the picture."""
        ...

    @property
    def image(self) -> FloatImage:
        """(h, w, 3) in [0, 1]."""
        ...

    @property
    def number(self) -> int:
        """Which piece, from 1."""
        ...

    @property
    def of(self) -> int:
        """Of how many."""
        ...

    @property
    def progress(self) -> float:
        """0..1 of the whole edit."""
        ...


class Engine(Protocol):
    """A model and the function that edits with it; tests bring their own."""

    @property
    def sampling(self) -> "Sampling | None":
        """What its edits are computed with; None as long as no model is loaded."""
        ...

    @property
    def edit_cost(self) -> float | None:
        """Evaluations of the network that every edit takes; None where only grain takes more than one."""
        ...

    def load(self, model: Path | None = None) -> None:
        """Loads the model at `model`, None for the bundled one. Raises ValueError with one sentence when it
        cannot be used; then the one in use stays."""
        ...

    def edit(
        self,
        picture: Picture,
        condition: EditCondition,
        *,
        steps: int | None = None,
        region: Box | None = None,
        focus: tuple[float, float] | None = None,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        on_note: Callable[[str], None] | None = None,
        on_estimate: Callable[[PartLike], None] | None = None,
    ) -> Iterator[PartLike]:
        """The pieces that cover `region`, see `fxdiffuse_gui.engine.pipeline.edit_tiles`. Stops with an
        exception soon after `cancel` is set."""
        ...

    def forget(self) -> None:
        """Frees what is cached of pictures edited before."""
        ...

    def proxy_preview(
        self, picture: FloatImage, condition: EditCondition, statistics_from: NDArray[Any]
    ) -> FloatImage | None:
        """A rough picture without the model, None when there is none. Called from the proxy thread, after
        `load`; see `fxdiffuse_gui.engine.proxy_preview`."""
        ...

    def measure(
        self,
        picture: Picture,
        condition: EditCondition,
        box: Box,
        edited: FloatImage,
        cancel: threading.Event,
    ) -> Mapping[Task, float]:
        """How strong each effect is in a piece of the result. Called from the proxy thread; see
        `fxdiffuse_gui.engine.measure.measured_strength`."""
        ...


class TorchEngine:
    """The real engine. `load` imports torch, which takes seconds."""

    def __init__(self) -> None:
        self._model: Model | None = None
        self._cache = Cache()
        let_idle_threads_sleep()

    @property
    def sampling(self) -> "Sampling | None":
        """See `Engine.sampling`."""
        if self._model is None:
            return None
        from fxdiffuse_gui.batch.export_edit import Sampling

        usual = self._model.sampling
        return Sampling(self._model.digest, usual.steps, usual.sampler)

    @property
    def edit_cost(self) -> float | None:
        """See `Engine.edit_cost`."""
        if self._model is None or not self._model.denoiser.samples_every_edit:
            return None
        return float(self._model.sampling.steps)

    def load(self, model: Path | None = None) -> None:
        """See `Engine.load`; imports torch and chooses the number of threads of this thread.

        Cached edits stay: their keys include the model, so they are found again with it.
        """
        with no_collection(keep=True):
            import torch

            from fxdiffuse_gui.engine.checkpoint import load_model

            torch.set_num_threads(thread_count())
            self._model = load_model(model)

    def edit(
        self,
        picture: Picture,
        condition: EditCondition,
        *,
        steps: int | None = None,
        region: Box | None = None,
        focus: tuple[float, float] | None = None,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        on_note: Callable[[str], None] | None = None,
        on_estimate: Callable[[PartLike], None] | None = None,
    ) -> Iterator[PartLike]:
        """See `Engine.edit`; the bundled model is loaded now if there is none yet."""
        from fxdiffuse_gui.engine.pipeline import edit_tiles

        if self._model is None:
            self.load()
        assert self._model is not None
        return edit_tiles(
            picture,
            condition,
            self._model,
            steps=steps,
            region=region,
            focus=focus,
            cache=self._cache,
            cancel=cancel,
            on_progress=on_progress,
            on_note=on_note,
            on_estimate=on_estimate,
        )

    def forget(self) -> None:
        """See `Engine.forget`."""
        self._cache.clear()

    def proxy_preview(
        self, picture: FloatImage, condition: EditCondition, statistics_from: NDArray[Any]
    ) -> FloatImage | None:
        """See `Engine.proxy_preview`."""
        from fxdiffuse_gui.engine.proxy_preview import proxy_preview

        return proxy_preview(picture, condition, statistics_from)

    def measure(
        self,
        picture: Picture,
        condition: EditCondition,
        box: Box,
        edited: FloatImage,
        cancel: threading.Event,
    ) -> Mapping[Task, float]:
        """See `Engine.measure`."""
        from fxdiffuse_gui.engine.measure.measured_strength import measured_strengths

        return measured_strengths(picture, condition, box, edited, cancel)
