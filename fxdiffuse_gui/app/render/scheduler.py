"""Which edit runs now: latest wins, but a drag never starves. No Qt, no threads, no clock of its own."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Cancelable(Protocol):
    """What the scheduler needs to know of a request: its number, what it computes, how it is canceled."""

    @property
    def id(self) -> int:
        """Unique and rising."""
        ...

    @property
    def key(self) -> Hashable:
        """Equal for two requests that compute the same picture."""
        ...

    @property
    def cancel(self) -> threading.Event:
        """Set to stop this request and no other."""
        ...


RequestT = TypeVar("RequestT", bound=Cancelable)


class Scheduler(Generic[RequestT]):
    """Runs one request at a time and remembers the newest of those that wait.

    `start` hands a request to the worker, which reports back through `previewed` and, in every case and
    exactly once, `finished`. While a handle is dragged (`patient`) the running request may show its first
    preview before the newest one replaces it, so the picture keeps moving; otherwise it is canceled at once.
    """

    def __init__(self, start: Callable[[RequestT], None]) -> None:
        self._start = start
        self._running: RequestT | None = None
        self._waiting: RequestT | None = None
        self._has_previewed = False
        self._held = False

    @property
    def running(self) -> RequestT | None:
        """The request that the worker has, unless it has been canceled."""
        running = self._running
        return running if running is not None and not running.cancel.is_set() else None

    @property
    def is_busy(self) -> bool:
        """Whether anything runs, winds down or waits."""
        return self._running is not None or self._waiting is not None

    def submit(self, request: RequestT, *, patient: bool = False) -> None:
        """Makes `request` the newest. The picture that is being computed is not started again."""
        running = self.running
        if running is not None and running.key == request.key:
            self._waiting = None
            return
        self._waiting = request
        if running is not None and (self._has_previewed or not patient):
            running.cancel.set()
        self._start_waiting()

    def previewed(self, request_id: int) -> bool:
        """A preview has come; returns whether to show it. Those of canceled requests are not shown."""
        running = self.running
        if running is None or running.id != request_id:
            return False
        self._has_previewed = True
        if self._waiting is not None:
            running.cancel.set()
        return True

    def finished(self, request_id: int) -> None:
        """The worker is done with a request: it has succeeded, been canceled, or failed."""
        if self._running is not None and self._running.id == request_id:
            self._running = None
            self._start_waiting()

    def cancel(self) -> None:
        """Stops what runs and forgets what waits."""
        self._waiting = None
        if self._running is not None:
            self._running.cancel.set()

    def hold(self) -> None:
        """Stops what runs and starts nothing until `resume`; the worker is needed for something else."""
        self._held = True
        self.cancel()

    def resume(self) -> None:
        """Ends `hold` and starts the newest request that came meanwhile."""
        self._held = False
        self._start_waiting()

    def _start_waiting(self) -> None:
        if self._running is not None or self._waiting is None or self._held:
            return
        self._running, self._waiting = self._waiting, None
        self._has_previewed = False
        self._start(self._running)


class EtaMeter:
    """Estimates from reported progress how many seconds remain; `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._first: tuple[float, float] | None = None

    def restart(self) -> None:
        """Forgets what was measured; another piece of work begins."""
        self._first = None

    def remaining(self, progress: float) -> float | None:
        """Seconds until `progress` (0..1) is 1, from the speed since the first report; None at the first."""
        now = self._clock()
        if self._first is None:
            self._first = (now, progress)
            return None
        begun, start = self._first
        if progress <= start:
            return None
        return (now - begun) / (progress - start) * max(0.0, 1.0 - progress)
