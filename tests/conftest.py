"""For every test: one thread for computing, no screen unless there is one, and a fake engine."""

import gc
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from fxdiffuse_gui.app.session import Session
    from fxdiffuse_gui.batch.export_edit import Sampling
    from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
    from fxdiffuse_gui.engine.conditions.picture import Box, Picture
    from fxdiffuse_gui.engine.conditions.tasks import Task


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ignores a warning of the offscreen platform about size hints, which is not about the program."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        for item in items:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def _no_thread_collects_garbage() -> Iterator[None]:
    """As in the app. Otherwise a thread of one test may collect objects of another, and both may hang."""
    from fxdiffuse_gui.app.gui_gc import collect_due

    gc.disable()
    yield
    collect_due()


@dataclass(frozen=True)
class FakePart:
    """A part of the result, as the engine yields it."""

    box: "Box"
    image: "FloatImage"
    number: int
    of: int
    progress: float


@dataclass
class Call:
    """The arguments of one call of `FakeEngine.edit`, and how many steps it finished."""

    picture: "Picture"
    condition: "EditCondition"
    region: "Box"
    focus: tuple[float, float] | None
    rough: bool
    steps: int = 0
    canceled: bool = False


@dataclass
class FakeEngine:
    """Inverts the photo, inside the mask if there is one, in `steps` bands from top to bottom.

    With `held` set, every band waits for `step()`, so that tests control the progress of a pass.
    """

    steps: int = 3
    held: bool = False
    error: Exception | None = None
    load_error: Exception | None = None
    models: "dict[Path | None, str]" = field(default_factory=dict)
    loads: "list[Path | None]" = field(default_factory=list)
    note: str = ""
    busy_seconds: float = 0.0
    shows_proxy: bool = False
    got: "dict[Task, float]" = field(default_factory=dict)
    measured: "list[tuple[EditCondition, Box, FloatImage]]" = field(default_factory=list)
    forgotten: int = 0
    sampling: "Sampling | None" = None
    edit_cost: float | None = None
    calls: list[Call] = field(default_factory=list)
    _allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def load(self, model: Path | None = None) -> None:
        """With `models`, digests by path, only those models exist."""
        from fxdiffuse_gui.batch.export_edit import Sampling

        self.loads.append(model)
        if self.load_error is not None:
            raise self.load_error
        if self.models:
            if model not in self.models:
                raise ValueError(f"{model} is not a model.")
            self.sampling = Sampling(self.models[model], 4)

    def forget(self) -> None:
        self.forgotten += 1

    def step(self, count: int = 1) -> None:
        """Lets a held pass finish `count` steps."""
        for _ in range(count):
            self._allowed.release()

    def edit(
        self,
        picture: "Picture",
        condition: "EditCondition",
        *,
        steps: int | None = None,
        region: "Box | None" = None,
        focus: tuple[float, float] | None = None,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        on_note: Callable[[str], None] | None = None,
        on_estimate: Callable[[Any], None] | None = None,
    ) -> Iterator[FakePart]:
        if self.load_error is not None:
            raise self.load_error
        x0, y0, x1, y1 = region or picture.box
        call = Call(picture, condition, (x0, y0, x1, y1), focus, steps == 1)
        self.calls.append(call)
        if self.error is not None:
            raise self.error
        if self.note and on_note is not None:
            on_note(self.note)
        # The engine yields no empty parts, and a small copy of a small photo has fewer rows than steps.
        bands = min(self.steps, y1 - y0)
        edges = [y0 + (y1 - y0) * number // max(bands, 1) for number in range(bands + 1)]
        for number, (top, bottom) in enumerate(itertools.pairwise(edges), 1):
            self._wait(cancel)
            if cancel.is_set():
                call.canceled = True
                raise RuntimeError("canceled")
            call.steps = number
            share = number / bands
            if on_progress is not None:
                on_progress(share)
            photo = picture.read((x0, top, x1, bottom))
            image = 1 - photo
            if condition.mask is not None:
                image = np.where(condition.mask[top:bottom, x0:x1, None] > 0, image, photo)
            yield FakePart((x0, top, x1, bottom), image.astype(np.float32), number, bands, share)

    def proxy_preview(
        self, picture: "FloatImage", condition: "EditCondition", statistics_from: Any
    ) -> "FloatImage | None":
        return picture * np.float32(condition.grain or 0.0) * 10 if self.shows_proxy else None

    def measure(
        self,
        picture: "Picture",
        condition: "EditCondition",
        box: "Box",
        edited: "FloatImage",
        cancel: threading.Event,
    ) -> "dict[Task, float]":
        self.measured.append((condition, box, edited))
        return {task: value for task, value in self.got.items() if condition.is_active(task)}

    def _wait(self, cancel: threading.Event) -> None:
        if self.busy_seconds:
            until = time.monotonic() + self.busy_seconds
            work = np.ones((256, 256), np.float32)
            while time.monotonic() < until and not cancel.is_set():
                np.dot(work, work)
        while self.held and not cancel.is_set():
            if self._allowed.acquire(timeout=0.002):
                return


@pytest.fixture
def engine() -> FakeEngine:
    """An engine without a model."""
    return FakeEngine()


@pytest.fixture
def live_session(qtbot: "QtBot", engine: FakeEngine, tmp_path: Path) -> Iterator["Session"]:
    """A session with running threads and the fake engine."""
    from fxdiffuse_gui.app.session import Session
    from fxdiffuse_gui.app.settings import use_settings_folder

    use_settings_folder(tmp_path / "settings")
    session = Session(engine)
    session.start()
    yield session
    session.close()


@pytest.fixture
def photo_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PNG with a color gradient: `photo_file(width, height, name)`."""

    def write(width: int = 90, height: int = 60, name: str = "photo.png") -> Path:
        import cv2

        rows, columns = np.mgrid[0:height, 0:width]
        bands: list[Any] = [columns * 200 // width, rows * 200 // height, (rows + columns) % 256]
        path = tmp_path / name
        cv2.imwrite(str(path), np.stack(bands, axis=-1).astype(np.uint8))
        return path

    return write
