"""The sampler worker, called directly: its slots are plain functions."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.tiles.picture import Picture
from tests.app.render.worker_log import Log, make_source, request


@pytest.fixture
def log(qapp: QApplication, engine: Any) -> Log:
    return Log(engine)


@pytest.fixture
def source() -> Source:
    return make_source()


def test_parts_as_they_come_and_all_of_them_with_the_last(log: Log, source: Source) -> None:
    edit = request(source)
    log.acknowledge(edit)
    log.worker.run(edit)
    assert [(result.number, result.of, result.final) for result in log.results] == [
        (1, 3, False),
        (2, 3, False),
        (3, 3, True),
    ]
    assert log.finished == [Finished(7)]
    assert [result.box for result in log.results] == [(0, 0, 40, 10), (0, 10, 40, 20), (0, 20, 40, 30)]
    first, final = log.results[0], log.results[-1]
    np.testing.assert_array_equal(first.samples, 255 - source.photo.original[:10])
    assert final.image.pixelColor(0, 0).red() == final.samples[0, 0, 0]
    assert first.shown is None and final.shown is not None
    np.testing.assert_array_equal(final.shown, 255 - source.photo.original)
    assert (final.revision, final.level, final.span) == (3, (40, 30), (0, 0, 40, 30))


def test_a_part_waits_until_the_one_before_is_shown(log: Log, source: Source) -> None:
    edit = request(source)
    seen: list[Result] = []

    def take_late(result: Result) -> None:
        assert not edit.shown.is_set()
        seen.append(result)
        threading.Timer(0.01, edit.shown.set).start()

    log.worker.previewed.connect(take_late)
    log.worker.run(edit)
    assert [result.number for result in seen] == [1, 2, 3]


def test_what_is_wanted_reaches_the_engine(log: Log, source: Source, engine: Any) -> None:
    mask = np.zeros((30, 40), np.uint8)
    mask[10:20, 10:20] = 255
    wanted = Pass(0.5, Region(10, 4, 21, 20), rough=True)
    edit = EditRequest(7, 3, source, EditCondition(blur=8.0), mask, wanted, (20.0, 10.0))
    log.acknowledge(edit)
    log.worker.run(edit)
    (call,) = engine.calls
    assert call.rough and call.region == (5, 2, 16, 12) and call.focus == (10.0, 5.0)
    assert call.condition.blur == 4.0 and call.condition.mask.shape == (15, 20)
    assert log.results[-1].rough and log.results[-1].level == (20, 15)


def test_the_engine_may_tell_how_it_helped_itself(log: Log, source: Source, engine: Any) -> None:
    engine.note = "Memory is short."
    told: list[str] = []
    log.worker.noted.connect(told.append)
    edit = request(source)
    log.acknowledge(edit)
    log.worker.run(edit)
    assert told == ["Memory is short."]
    log.worker.forget()
    assert engine.forgotten == 1


def test_a_stopped_request_is_not_begun(log: Log, source: Source, engine: Any) -> None:
    edit = request(source)
    edit.cancel.set()
    log.worker.run(edit)
    assert log.finished == [Finished(7, canceled=True)]
    assert engine.calls == []


def test_a_request_stopped_on_the_way_ends_without_another_preview(log: Log, source: Source) -> None:
    edit = request(source)
    seen: list[int] = []

    def stop(result: Result) -> None:
        seen.append(result.number)
        edit.shown.set()
        edit.cancel.set()

    log.worker.previewed.connect(stop)
    log.worker.run(edit)
    assert seen == [1] and log.finished == [Finished(7, canceled=True)]


def test_a_request_stopped_while_its_final_preview_waits_ends(log: Log, source: Source) -> None:
    edit = request(source)

    def never_acknowledge(_: Result) -> None:
        threading.Timer(0.02, edit.cancel.set).start()

    log.worker.previewed.connect(never_acknowledge)
    log.worker.run(edit)
    assert log.finished == [Finished(7, canceled=True)]


def test_what_comes_after_the_stop_is_not_shown(qapp: QApplication, source: Source) -> None:
    class Deaf:
        """Yields on, whatever it is told."""

        def edit(self, picture: Picture, _: EditCondition, **__: Any) -> Iterator[SimpleNamespace]:
            image = picture.read(picture.box)
            yield SimpleNamespace(box=picture.box, image=image, number=1, of=2, progress=0.5)
            edit.cancel.set()
            yield SimpleNamespace(box=picture.box, image=image, number=2, of=2, progress=1.0)

    edit = request(source)
    log = Log(Deaf())
    log.acknowledge(edit)
    log.worker.run(edit)
    assert [result.number for result in log.results] == [1] and log.finished[0].canceled


def test_an_error_ends_as_one_sentence(log: Log, source: Source, engine: Any) -> None:
    engine.error = RuntimeError("shapes (3,4) and (5,)\n do not match")
    log.worker.run(request(source))
    assert log.finished == [Finished(7, error="The edit failed: shapes (3,4) and (5,) do not match.")]


def test_an_engine_that_gives_nothing_is_an_error(log: Log, source: Source, engine: Any) -> None:
    engine.steps = 0
    log.worker.run(request(source))
    assert log.finished[0].error is not None


@pytest.mark.parametrize("problem", [None, ValueError("There is no model at this place; choose another.")])
def test_loading_the_model(log: Log, engine: Any, problem: Exception | None) -> None:
    engine.load_error = problem
    told: list[LoadedModel] = []
    log.worker.loaded.connect(told.append)
    log.worker.load(None)
    assert told == [LoadedModel(None, None, str(problem) if problem else "")]
