"""Exports by the sampler worker, called directly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.render.request import ExportJob, Finished
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.batch.receipt import MadeWith
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.render.worker_log import Log, make_source


@pytest.fixture
def log(qapp: QApplication, engine: Any) -> Log:
    return Log(engine)


@pytest.fixture
def source() -> Source:
    return make_source()


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
