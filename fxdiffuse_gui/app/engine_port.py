"""The engine as the app sees it. torch is imported behind this door only, in the thread that calls it."""

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from fxdiffuse_gui.engine.condition import EditCondition, FloatImage
from fxdiffuse_gui.threads import let_idle_threads_sleep, thread_count

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.checkpoint import Model
    from fxdiffuse_gui.receipts import MadeWith


class PreviewLike(Protocol):
    """What the engine yields: a picture owned by the receiver and how far it has come."""

    @property
    def image(self) -> FloatImage:
        """(H, W, 3) in [0, 1]."""
        ...

    @property
    def step(self) -> int:
        """Evaluations done."""
        ...

    @property
    def of(self) -> int:
        """Evaluations in all."""
        ...

    @property
    def final(self) -> bool:
        """True for the last one only."""
        ...

    @property
    def progress(self) -> float:
        """0..1 of the whole edit."""
        ...


class Engine(Protocol):
    """A model and the function that edits with it; tests bring their own."""

    @property
    def made_with(self) -> "MadeWith | None":
        """What its edits are computed with; None before the first one."""
        ...

    def load(self) -> None:
        """Makes the model ready. Raises ValueError with one sentence when there is none."""
        ...

    def edit(
        self,
        photo: FloatImage,
        condition: EditCondition,
        *,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        statistics_from: FloatImage | None = None,
        origin: tuple[int, int] = (0, 0),
    ) -> Iterator[PreviewLike]:
        """Previews, then the result. Stops with an exception soon after `cancel` is set."""
        ...

    def stand_in(
        self, picture: FloatImage, condition: EditCondition, statistics_from: FloatImage
    ) -> FloatImage | None:
        """A rough picture without the model, None when there is none. Called from another thread than the
        rest, after `load`; see `fxdiffuse_gui.engine.stand_in`."""
        ...


class TorchEngine:
    """The real engine with the bundled model. `load` imports torch, which takes seconds."""

    def __init__(self) -> None:
        self._model: Model | None = None
        let_idle_threads_sleep()

    @property
    def made_with(self) -> "MadeWith | None":
        """See `Engine.made_with`."""
        if self._model is None:
            return None
        from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS
        from fxdiffuse_gui.receipts import MadeWith

        return MadeWith(self._model.digest, DEFAULT_STEPS)

    def load(self) -> None:
        """Imports torch, loads the bundled model and chooses the number of threads of this thread."""
        import torch

        from fxdiffuse_gui.engine.checkpoint import load_model

        torch.set_num_threads(thread_count())
        self._model = load_model()

    def edit(
        self,
        photo: FloatImage,
        condition: EditCondition,
        *,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        statistics_from: FloatImage | None = None,
        origin: tuple[int, int] = (0, 0),
    ) -> Iterator[PreviewLike]:
        """See `Engine.edit`; the model is loaded now if it was not before."""
        from fxdiffuse_gui.engine.pipeline import edit

        if self._model is None:
            self.load()
        assert self._model is not None
        return edit(
            photo,
            condition,
            self._model,
            cancel=cancel,
            on_progress=on_progress,
            statistics_from=statistics_from,
            origin=origin,
        )

    def stand_in(
        self, picture: FloatImage, condition: EditCondition, statistics_from: FloatImage
    ) -> FloatImage | None:
        """See `Engine.stand_in`."""
        from fxdiffuse_gui.engine.stand_in import stand_in

        return stand_in(picture, condition, statistics_from)
