"""Work in the background: in order, canceled one by one, delivered in the window's thread."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.background import BackgroundThread, LatestTask


@pytest.fixture
def thread(qapp: QApplication) -> Iterator[BackgroundThread]:
    thread = BackgroundThread("test")
    thread.start()
    yield thread
    thread.close()


def test_results_come_in_order_in_the_thread_of_the_window(qtbot: QtBot, thread: BackgroundThread) -> None:
    worked: list[threading.Thread] = []
    delivered: list[tuple[int, threading.Thread]] = []

    def work(number: int) -> int:
        worked.append(threading.current_thread())
        return number

    for number in range(5):
        thread.submit(
            lambda _, number=number: work(number),
            lambda result: delivered.append((result, threading.current_thread())),
        )
    qtbot.waitUntil(lambda: len(delivered) == 5)
    assert [number for number, _ in delivered] == [0, 1, 2, 3, 4]
    assert {where for _, where in delivered} == {threading.main_thread()}
    assert len(set(worked)) == 1 and threading.main_thread() not in worked and worked[0].name == "test"


def test_an_error_is_delivered_too(qtbot: QtBot, thread: BackgroundThread) -> None:
    def broken(_: threading.Event) -> None:
        raise ValueError("no")

    errors: list[Exception] = []
    thread.submit(broken, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert str(errors[0]) == "no"


def test_an_error_that_nobody_misses_is_in_the_log(
    qtbot: QtBot, thread: BackgroundThread, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: threading.Event) -> None:
        raise ValueError("no")

    with caplog.at_level(logging.WARNING):
        thread.submit(broken)
        qtbot.waitUntil(lambda: bool(caplog.records))
    assert caplog.records[0].exc_info is not None


def test_a_busy_thread_sees_that_its_task_is_canceled(qtbot: QtBot, thread: BackgroundThread) -> None:
    begun, answers = threading.Event(), list[object]()

    def work(cancel: threading.Event) -> bool:
        begun.set()
        return cancel.wait(5)

    cancel = thread.submit(work, answers.append, answers.append)
    assert begun.wait(5)
    cancel.set()
    thread.submit(lambda _: "next", answers.append)
    qtbot.waitUntil(lambda: answers == ["next"])


def test_what_is_canceled_before_is_not_begun(qtbot: QtBot, thread: BackgroundThread) -> None:
    go, done = threading.Event(), list[str]()
    thread.submit(lambda _: go.wait(5))
    thread.submit(lambda _: done.append("canceled")).set()
    thread.submit(lambda _: done.append("kept"))
    go.set()
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["kept"]


def test_the_latest_wins(qtbot: QtBot, thread: BackgroundThread) -> None:
    task, answers = LatestTask(thread), list[int]()
    for number in range(10):
        task.submit(lambda _, number=number: number, answers.append)
    assert task.is_busy
    qtbot.waitUntil(lambda: not task.is_busy)
    assert answers == [9]
    task.submit(lambda _: 10, answers.append)
    task.cancel()
    assert not task.is_busy
    qtbot.wait(50)
    assert answers == [9]


def test_no_longer_busy_when_the_answer_comes(qtbot: QtBot, thread: BackgroundThread) -> None:
    task, busy = LatestTask(thread), list[bool]()
    task.submit(lambda _: None, lambda _: busy.append(task.is_busy))
    qtbot.waitUntil(lambda: bool(busy))
    assert busy == [False]


def test_close_waits_for_the_running_task_and_drops_the_others(qapp: QApplication) -> None:
    thread, begun, done = BackgroundThread("test"), threading.Event(), list[str]()

    def slow(_: threading.Event) -> None:
        begun.set()
        threading.Event().wait(0.1)
        done.append("running")

    thread.submit(slow)
    thread.submit(lambda _: done.append("waiting"))
    assert not thread.is_running
    thread.start()
    assert begun.wait(5)
    thread.close()
    assert done == ["running"] and not thread.is_running


def test_a_closed_thread_can_be_started_again(qtbot: QtBot, thread: BackgroundThread) -> None:
    answers: list[int] = []
    thread.close()
    thread.submit(lambda _: 1, answers.append)
    thread.start()
    qtbot.waitUntil(lambda: answers == [1])


def test_what_a_task_holds_is_let_go_in_the_thread_of_the_window(
    qtbot: QtBot, thread: BackgroundThread
) -> None:
    # A QObject that is thrown away in another thread may lock both up.
    ended: list[threading.Thread] = []

    class Held(QObject):
        def __del__(self) -> None:
            ended.append(threading.current_thread())

    def submit_one() -> None:
        held = Held()
        thread.submit(lambda _: held.objectName())

    for _ in range(20):
        submit_one()
    qtbot.waitUntil(lambda: len(ended) == 20)
    assert set(ended) == {threading.main_thread()}
