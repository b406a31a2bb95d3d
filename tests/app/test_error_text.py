"""Exceptions as sentences."""

import errno
import logging

import pytest

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.engine.conditions.condition import ConditionError


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
