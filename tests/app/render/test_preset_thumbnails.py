"""Small pictures of what presets would make of the photo."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.preset_thumbnails import PIECE, SIDE
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.app.session_recorder import opened

PhotoFile = Callable[..., Path]


def preset(name: str, grain: float, *more: Task) -> Preset:
    values = {**EditState().values, Task.GRAIN: grain}
    return Preset.of(EditState(values=values, enabled=frozenset({Task.GRAIN, *more})), name)


class Looks:
    """A session whose engine stands in, and all that was drawn."""

    def __init__(self, session: Session, engine: Any) -> None:
        self.session, self.engine = session, engine
        self.drawn: list[tuple[Preset, QImage]] = []
        self.threads: set[str] = set()
        self.asked: list[Any] = []
        session.preset_thumbnails.drawn.connect(lambda *told: self.drawn.append(told))
        proxy_preview = engine.proxy_preview

        def drawing(picture: Any, condition: Any, statistics_from: Any) -> Any:
            self.threads.add(threading.current_thread().name)
            self.asked.append((picture, condition))
            return proxy_preview(picture, condition, statistics_from)

        engine.proxy_preview, engine.shows_proxy = drawing, True

    def want(self, *presets: Preset, state: EditState | None = None) -> dict[int, QImage]:
        return self.session.preset_thumbnails.request(presets, state or self.session.state, 1.0)

    @property
    def names(self) -> list[str]:
        return [one.name for one, _ in self.drawn]


@pytest.fixture
def looks(qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile) -> Looks:
    opened(qtbot, live_session, photo_file(400, 300))
    return Looks(live_session, engine)


def test_each_is_drawn_once_off_the_drawing_thread(qtbot: QtBot, looks: Looks) -> None:
    fine, coarse = preset("Fine", 0.05), preset("Coarse", 0.1)
    assert looks.want(fine, coarse) == {}
    qtbot.waitUntil(lambda: looks.names == ["Fine", "Coarse"])
    assert threading.main_thread().name not in looks.threads
    image = looks.drawn[1][1]
    assert (image.width(), image.height()) == (SIDE, SIDE)
    # The middle of the photo made small, with finer grain; in the corner the photo's own pixels.
    (small, scaled), (piece, full) = looks.asked[2:4]
    assert small.shape == (SIDE, SIDE, 3) and piece.shape == (PIECE, PIECE, 3)
    assert full.grain == 0.1 and scaled.grain < 0.1
    corner = image.pixelColor(SIDE - 1, SIDE - 1)
    assert corner.green() == pytest.approx(255 * piece[-1, -1, 1], abs=1)
    count = len(looks.asked)
    known = looks.want(fine, coarse, preset("Other", 0.02))
    assert set(known) == {0, 1}
    qtbot.waitUntil(lambda: looks.names[2:] == ["Other"])
    assert len(looks.asked) == count + 2
    assert looks.session.history.undo_stack.count() == 0


def test_another_photo_has_others(qtbot: QtBot, looks: Looks, photo_file: PhotoFile) -> None:
    fine = preset("Fine", 0.05)
    looks.want(fine)
    qtbot.waitUntil(lambda: looks.names == ["Fine"])
    opened(qtbot, looks.session, photo_file(50, 40, "small.png"))
    assert looks.want(fine) == {}
    qtbot.waitUntil(lambda: looks.names == ["Fine", "Fine"])
    assert looks.asked[-1][0].shape == (40, 40, 3)


def test_before_the_model_is_there_they_wait(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    looks = Looks(live_session, engine)
    qtbot.waitUntil(lambda: live_session.preset_thumbnails._is_ready)
    live_session.preset_thumbnails._is_ready = False
    looks.want(preset("Fine", 0.05))
    qtbot.wait(30)
    assert looks.asked == []
    live_session.preset_thumbnails.set_ready()
    qtbot.waitUntil(lambda: looks.names == ["Fine"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_a_preset_brings_its_own_reference(
    qtbot: QtBot, looks: Looks, photo_file: PhotoFile, tmp_path: Path
) -> None:
    path = photo_file(20, 10, "reference.png")
    colored = replace(preset("Colors", 0.05, Task.COLOR), reference=path)
    missing = replace(colored, name="Missing", reference=tmp_path / "gone.png")
    os.mkfifo(tmp_path / "pipe.png")
    pipe = replace(colored, name="Pipe", reference=tmp_path / "pipe.png")
    looks.want(missing, pipe, colored, preset("Last", 0.05))
    # What cannot be drawn is left out, and the others come all the same.
    qtbot.waitUntil(lambda: looks.names == ["Colors", "Last"])
    references = [condition.reference for _, condition in looks.asked]
    assert references[0] is not None and references[0].shape == (10, 20, 3) and references[-1] is None


def test_nobody_looking_nothing_is_told(qtbot: QtBot, looks: Looks) -> None:
    begun, go_on = threading.Event(), threading.Event()
    proxy_preview = looks.engine.proxy_preview

    def slowly(*arguments: Any) -> Any:
        begun.set()
        go_on.wait(5)
        return proxy_preview(*arguments)

    looks.engine.proxy_preview = slowly
    looks.want(preset("Fine", 0.05), preset("Coarse", 0.1))
    assert begun.wait(5)
    looks.session.preset_thumbnails.stop()
    go_on.set()
    looks.want(preset("Other", 0.02))
    qtbot.waitUntil(lambda: looks.names == ["Other"])
    assert len(looks.asked) == 4
    assert np.isfinite(looks.asked[0][0]).all()
