"""The sampler worker, called directly: its slots are plain functions."""

import errno
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.app.source import Source
from fxdiffuse_gui.app.worker import SamplerWorker, sentence
from fxdiffuse_gui.engine.condition import ConditionError, EditCondition
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.receipts import MadeWith


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
    return Source.of(Photo(original.astype(np.float32) / np.float32(255), None, 8, original))


def request(source: Source) -> EditRequest:
    return EditRequest(7, 3, source, EditCondition(grain=0.05), None, None)


def test_previews_then_the_final_one(log: Log, source: Source) -> None:
    edit = request(source)
    log.acknowledge(edit)
    log.worker.run(edit)
    assert [(result.step, result.of, result.final) for result in log.results] == [
        (1, 3, False),
        (2, 3, False),
        (3, 3, True),
    ]
    assert log.finished == [Finished(7)]
    final = log.results[-1]
    np.testing.assert_array_equal(final.samples, 255 - source.photo.original)
    assert final.image.pixelColor(0, 0).red() == final.samples[0, 0, 0]
    assert (final.revision, final.whole, final.zoom) == (3, True, 1.0)


def test_unacknowledged_previews_are_left_out_but_never_the_final_one(log: Log, source: Source) -> None:
    edit = request(source)
    seen: list[Result] = []

    def take_late(result: Result) -> None:
        seen.append(result)
        if len(seen) == 1:
            import threading

            threading.Timer(0.02, edit.shown.set).start()

    log.worker.previewed.connect(take_late)
    log.worker.run(edit)
    assert [result.step for result in seen] == [1, 3]


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
        seen.append(result.step)
        edit.shown.set()
        edit.cancel.set()

    log.worker.previewed.connect(stop)
    log.worker.run(edit)
    assert seen == [1] and log.finished == [Finished(7, canceled=True)]


def test_a_request_stopped_while_its_final_preview_waits_ends(log: Log, source: Source) -> None:
    edit = request(source)

    def never_acknowledge(_: Result) -> None:
        import threading

        threading.Timer(0.02, edit.cancel.set).start()

    log.worker.previewed.connect(never_acknowledge)
    log.worker.run(edit)
    assert log.finished == [Finished(7, canceled=True)]


def test_what_comes_after_the_stop_is_not_shown(qapp: QApplication, source: Source) -> None:
    class Deaf:
        """Yields on, whatever it is told."""

        def edit(self, photo: np.ndarray, _: EditCondition, **__: Any) -> Iterator[SimpleNamespace]:
            yield SimpleNamespace(image=photo, step=1, of=2, final=False, progress=0.5)
            edit.cancel.set()
            yield SimpleNamespace(image=photo, step=2, of=2, final=True, progress=1.0)

    edit = request(source)
    log = Log(Deaf())
    log.acknowledge(edit)
    log.worker.run(edit)
    assert [result.step for result in log.results] == [1] and log.finished[0].canceled


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
    told: list[str] = []
    log.worker.loaded.connect(told.append)
    log.worker.load()
    assert told == [str(problem) if problem else ""]


def job(source: Source, path: Path, **fields: object) -> ExportJob:
    return ExportJob(source, EditCondition(**fields), None, path, ExportOptions())  # type: ignore[arg-type]


def test_an_export_writes_the_final_picture(log: Log, source: Source, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    log.worker.export(job(source, path, grain=0.05))
    assert log.exports[0].error is None and log.progress[-1] == 1.0
    np.testing.assert_array_equal(read_photo(path).original, 255 - source.photo.original)


def test_an_export_without_effects_needs_no_engine(
    log: Log, source: Source, engine: Any, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    log.worker.export(job(source, path))
    assert engine.calls == []
    np.testing.assert_array_equal(read_photo(path).original, source.photo.original)


def test_an_export_says_what_made_it(log: Log, source: Source, engine: Any, tmp_path: Path) -> None:
    engine.made_with = MadeWith("ab" * 32, 6)
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
    assert sentence(error, "It broke") == text


def test_only_what_nobody_foresaw_is_a_warning_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sentence(RuntimeError("x"), "It broke")
        sentence(ValueError("a.jpg is empty."), "It broke")
    assert [record.levelno for record in caplog.records] == [logging.WARNING, logging.DEBUG]
    assert all(record.exc_info for record in caplog.records)
