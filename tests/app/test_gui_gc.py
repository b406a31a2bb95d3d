"""When Python may look for garbage."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.gui_gc import Collector, no_collection
from fxdiffuse_gui.app.render.engine_port import TorchEngine


@pytest.fixture(autouse=True)
def _as_python_does() -> Iterator[None]:
    gc.enable()
    yield
    gc.unfreeze()


class Waste:
    """Refers to itself, and notes which thread throws it away."""

    thrown_away_by: list[int]

    def __init__(self, thrown_away_by: list[int]) -> None:
        self.itself, self.thrown_away_by = self, thrown_away_by

    def __del__(self) -> None:
        self.thrown_away_by.append(threading.get_ident())


def test_only_the_thread_of_events_collects(qtbot: QtBot) -> None:
    collector, seen = Collector(), list[int]()

    def waste() -> None:
        for _ in range(3 * gc.get_threshold()[0]):
            Waste(seen)

    thread = threading.Thread(target=waste)
    thread.start()
    thread.join()
    assert not seen
    qtbot.waitUntil(lambda: len(seen) > 0)
    assert set(seen) == {threading.get_ident()}
    collector.deleteLater()


def test_nothing_is_collected_within() -> None:
    with pytest.raises(ValueError, match="broken"), no_collection():
        assert not gc.isenabled()
        with no_collection():
            pass
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_what_the_engine_brings_is_not_looked_at_again() -> None:
    """Or every full collection would hold the event loop up for as long as five frames."""
    gc.unfreeze()
    before = len(gc.get_objects())
    TorchEngine().load()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < before / 10
