"""Work off the window's thread: done one after another in a thread, its results delivered back."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")

logger = logging.getLogger(__name__)


def log_failure(error: Exception) -> None:
    """For work whose result nobody misses: the traceback goes to the log."""
    logger.warning("Work in the background failed", exc_info=error)


class BackgroundThread(QObject):
    """A thread that does what it is given in order. Results come in the thread that this object lives in.

    A busy thread sees no slot that is called meanwhile, so every task has an `Event` of its own that cancels
    it. What a task gives to the other side must be its own: nobody changes it later.
    """

    _ended = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self._results: deque[_Task] = deque()
        self._thread: threading.Thread | None = None
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether the thread has been started and not closed."""
        return self._thread is not None

    def start(self) -> None:
        """Starts the thread, which does what was submitted before too."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._work, args=(self._waiting,), name=self._name, daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Waits for the task that runs; those that wait are dropped."""
        thread, self._thread = self._thread, None
        waiting, self._waiting = self._waiting, SimpleQueue()
        if thread is not None:
            waiting.put(None)
            thread.join()

    def submit(
        self,
        work: Callable[[threading.Event], T],
        done: Callable[[T], object] = lambda _: None,
        failed: Callable[[Exception], object] = log_failure,
    ) -> threading.Event:
        """Has `work` called in the thread, and then `done` with its result or `failed` with its exception
        here.

        `work` gets the event that is returned. Once that is set the task is not begun, and in any case
        neither `done` nor `failed` is called.
        """
        task = _Task(partial(_attempt, work, done, failed))
        self._waiting.put(task)
        return task.cancel

    def _work(self, waiting: "SimpleQueue[_Task | None]") -> None:
        while True:
            task = waiting.get()
            if task is None or waiting is not self._waiting:
                return
            task.run()
            # This thread must not be the last to hold the task: what it refers to may be a QObject of the
            # other.
            held = [task]
            del task
            self._results.append(held.pop())
            try:
                self._ended.emit()
            except RuntimeError:  # deleted without having been closed
                return

    def _deliver(self) -> None:
        task = self._results.popleft()
        if task.deliver is not None and not task.cancel.is_set():
            task.deliver()


class LatestTask:
    """Room for one task in a thread: another one, or `cancel`, cancels the last."""

    def __init__(self, thread: BackgroundThread) -> None:
        self._thread = thread
        self._cancel: threading.Event | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._cancel is not None

    def cancel(self) -> None:
        """Cancels the task: no answer follows."""
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None

    def submit(
        self,
        work: Callable[[threading.Event], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] = log_failure,
    ) -> None:
        """As `BackgroundThread.submit`, instead of the last task."""
        self.cancel()
        self._cancel = self._thread.submit(work, partial(self._end, done), partial(self._end, failed))

    def _end(self, answer: Callable[[T], object], result: T) -> None:
        self._cancel = None
        answer(result)


class _Task:
    """`attempt` does the work and returns what delivers its result."""

    def __init__(self, attempt: Callable[[threading.Event], Callable[[], object]]) -> None:
        self.cancel = threading.Event()
        self.deliver: Callable[[], object] | None = None
        self._attempt = attempt

    def run(self) -> None:
        """Does the work, unless it has been canceled."""
        if not self.cancel.is_set():
            self.deliver = self._attempt(self.cancel)


def _attempt(
    work: Callable[[threading.Event], T],
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
    cancel: threading.Event,
) -> Callable[[], object]:
    try:
        result = work(cancel)
    except Exception as error:
        return partial(failed, error)
    return partial(done, result)
