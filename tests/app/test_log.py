"""Where tracebacks go."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.log import start_log


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def failed(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_unforeseen_errors_leave_a_traceback_and_foreseen_ones_nothing(tmp_path: Path) -> None:
    path = start_log(tmp_path / "logs")
    assert path is not None
    error_sentence(failed(ValueError("a.jpg is empty; copy it again.")), "a.jpg could not be opened")
    assert path.read_text() == ""
    error_sentence(failed(KeyError("step")), "The edit failed")
    text = path.read_text()
    assert "The edit failed" in text and "Traceback" in text and "KeyError" in text


def test_without_a_folder_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert start_log(tmp_path / "file") is None
