"""The sampler worker, called directly: its slots are plain functions."""

import errno
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel, SamplerWorker
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.batch.export_edit import Sampling
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition
from fxdiffuse_gui.engine.tiles.picture import Picture
from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions

WHOLE = Pass(1.0, Region(0, 0, 40, 30), rough=False)


class Log:
    """A worker and all that it has told."""

    def __init__(self, engine: Any) -> None:
        self.worker = SamplerWorker(engine)  # type: ignore[arg-type]
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


@pytest.fixture
def log(qapp: QApplication, engine: Any) -> Log:
    return Log(engine)


@pytest.fixture
def source() -> Source:
    original = np.random.default_rng(1).integers(0, 256, (30, 40, 3), np.uint8)
    return Source(Photo(original, None, 8))


def request(source: Source) -> EditRequest:
    return EditRequest(7, 3, source, EditCondition(grain=0.05), None, WHOLE)


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


def job(source: Source, path: Path, **fields: object) -> ExportJob:
    return ExportJob(source, EditCondition(**fields), None, path, ExportOptions())  # type: ignore[arg-type]


def test_an_export_writes_the_final_picture(log: Log, source: Source, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    log.worker.export(job(source, path, grain=0.05))
    assert log.exports[0].error is None and log.progress[-1] == 1.0
    np.testing.assert_array_equal(read_photo(path).original, 255 - source.photo.original)


def test_an_export_converts_the_colors(log: Log, source: Source, tmp_path: Path) -> None:
    path, options = tmp_path / "out.png", ExportOptions(color_space=ColorSpace.P3)
    log.worker.export(ExportJob(source, EditCondition(grain=0.05), None, path, options))
    written, conversion = read_photo(path), conversion_to(ColorSpace.P3, None)
    assert conversion is not None and written.icc_profile == icc_profile_of(ColorSpace.P3)
    inverted = (255 - source.photo.original) / np.float32(255)
    np.testing.assert_array_equal(written.original, np.rint(255 * conversion(inverted)))


def test_an_export_without_effects_needs_no_engine(
    log: Log, source: Source, engine: Any, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    log.worker.export(job(source, path))
    assert engine.calls == []
    np.testing.assert_array_equal(read_photo(path).original, source.photo.original)


@pytest.mark.parametrize(
    ("name", "grain", "is_proven"),
    [("out.png", None, True), ("out.jpg", None, False), ("g.png", 0.05, False)],
)
def test_an_export_that_only_fills_is_read_back(
    log: Log, source: Source, tmp_path: Path, name: str, grain: float | None, is_proven: bool
) -> None:
    mask = np.zeros((source.photo.height, source.photo.width), np.uint8)
    mask[3:9, 4:7] = 255
    edit = ExportJob(source, EditCondition(grain=grain), mask, tmp_path / name, ExportOptions())
    log.worker.export(edit)
    assert log.exports[0] == Finished(-1, is_proven=is_proven)


def test_an_export_that_was_stopped_or_failed_is_not_proven(log: Log, source: Source, tmp_path: Path) -> None:
    mask = np.full((source.photo.height, source.photo.width), 255, np.uint8)
    edit = ExportJob(source, EditCondition(), mask, tmp_path / "no" / "out.png", ExportOptions())
    log.worker.export(edit)
    assert log.exports[0].error is not None and not log.exports[0].is_proven


def test_an_export_says_what_made_it(log: Log, source: Source, engine: Any, tmp_path: Path) -> None:
    engine.sampling = Sampling("ab" * 32, 6)
    log.worker.export(job(source, tmp_path / "out.png", grain=0.05, seed=7))
    receipt = read_receipt(tmp_path / "out.png")
    assert receipt.condition == {"seed": 7, "grain": 0.05}
    assert (receipt.model, receipt.steps, receipt.source) == ("ab" * 32, 6, None)
    log.worker.export(job(source, tmp_path / "untouched.png"))
    assert read_receipt(tmp_path / "untouched.png").model is None


def test_an_export_to_nowhere_is_refused_before_the_work(
    log: Log, source: Source, engine: Any, tmp_path: Path
) -> None:
    log.worker.export(job(source, tmp_path / "no" / "out.png", grain=0.05))
    assert log.exports[0].error is not None and "out.png" in log.exports[0].error
    assert engine.calls == []


def test_an_export_too_large_for_its_format_is_refused_before_the_work(
    log: Log, engine: Any, tmp_path: Path
) -> None:
    long = Source(Photo(np.zeros((1, 16_384, 3), np.uint8), None, 8))
    log.worker.export(job(long, tmp_path / "out.webp", grain=0.05))
    assert log.exports[0].error is not None and "16383" in log.exports[0].error
    assert engine.calls == []


def test_a_stopped_export_writes_nothing(log: Log, source: Source, tmp_path: Path) -> None:
    edit = job(source, tmp_path / "out.png", grain=0.05)
    log.worker.export_progressed.connect(lambda _: edit.cancel.set())
    log.worker.export(edit)
    assert log.exports[0].canceled and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ConditionError("The seed must be 0 or more."), "The seed must be 0 or more."),
        (MemoryError(), "It broke: memory is full. Close other programs or use a smaller photo."),
        (
            RuntimeError("CUDA out of memory. Tried to allocate"),
            "It broke: memory is full. Close other programs or use a smaller photo.",
        ),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "/x/model.bin"),
            "It broke: the file model.bin is missing.",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "It broke: No space left on device."),
        (KeyError("depth"), "It broke: 'depth'."),
        (ZeroDivisionError(), "It broke: ZeroDivisionError."),
    ],
)
def test_sentences(error: Exception, text: str) -> None:
    assert error_sentence(error, "It broke") == text


def test_only_what_nobody_foresaw_is_a_warning_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        error_sentence(RuntimeError("x"), "It broke")
        error_sentence(ValueError("a.jpg is empty."), "It broke")
    assert [record.levelno for record in caplog.records] == [logging.WARNING, logging.DEBUG]
    assert all(record.exc_info for record in caplog.records)
