"""For every test: one thread for the arithmetic, and no screen unless there is one."""

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
    from fxdiffuse_gui.engine.condition import EditCondition, FloatImage
    from fxdiffuse_gui.receipts import MadeWith


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns of size hints; that says nothing about the program."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        for item in items:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@dataclass(frozen=True)
class FakePreview:
    """What the engine yields."""

    image: "FloatImage"
    step: int
    of: int
    final: bool
    progress: float


@dataclass
class Call:
    """The arguments of one call of `FakeEngine.edit`, and how far it came."""

    pixels: "FloatImage"
    condition: "EditCondition"
    statistics_from: "FloatImage | None"
    origin: tuple[int, int]
    steps: int = 0
    canceled: bool = False


@dataclass
class FakeEngine:
    """Inverts the photo, inside the mask if there is one, in `steps` steps.

    With `held` set, every step waits for `step()`: tests decide how far a pass has come.
    """

    steps: int = 3
    held: bool = False
    error: Exception | None = None
    load_error: Exception | None = None
    busy_seconds: float = 0.0
    stands_in: bool = False
    made_with: "MadeWith | None" = None
    calls: list[Call] = field(default_factory=list)
    _allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def load(self) -> None:
        if self.load_error is not None:
            raise self.load_error

    def step(self, count: int = 1) -> None:
        """Lets a held pass do `count` steps."""
        for _ in range(count):
            self._allowed.release()

    def edit(
        self,
        photo: "FloatImage",
        condition: "EditCondition",
        *,
        cancel: threading.Event,
        on_progress: Callable[[float], None] | None = None,
        statistics_from: "FloatImage | None" = None,
        origin: tuple[int, int] = (0, 0),
    ) -> Iterator[FakePreview]:
        self.load()
        call = Call(photo, condition, statistics_from, origin)
        self.calls.append(call)
        if self.error is not None:
            raise self.error
        target = 1 - photo
        if condition.mask is not None:
            target = np.where(condition.mask[..., None] > 0, target, photo)
        for number in range(1, self.steps + 1):
            self._wait(cancel)
            if cancel.is_set():
                call.canceled = True
                raise RuntimeError("canceled")
            call.steps = number
            share = number / self.steps
            if on_progress is not None:
                on_progress(share)
            image = (photo + (target - photo) * np.float32(share)).astype(np.float32)
            yield FakePreview(image, number, self.steps, number == self.steps, share)

    def stand_in(
        self, picture: "FloatImage", condition: "EditCondition", statistics_from: "FloatImage"
    ) -> "FloatImage | None":
        return picture * np.float32(condition.grain or 0.0) * 10 if self.stands_in else None

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
