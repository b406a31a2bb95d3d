"""Latest wins, without starving a drag."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field

import pytest

from fxdiffuse_gui.app.render.scheduler import EtaMeter, Scheduler


@dataclass(frozen=True, eq=False)
class Request:
    id: int
    key: Hashable = None
    cancel: threading.Event = field(default_factory=threading.Event)


class Bench:
    """A scheduler and the requests that it has started."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.scheduler = Scheduler[Request](lambda request: self.started.append(request.id))
        self.requests: dict[int, Request] = {}

    def submit(self, number: int, *, patient: bool = False, key: Hashable = None) -> Request:
        request = Request(number, key if key is not None else number)
        self.requests[number] = request
        self.scheduler.submit(request, patient=patient)
        return request


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_first_request_starts_at_once(bench: Bench) -> None:
    bench.submit(1)
    assert bench.started == [1]


def test_release_stops_the_running_pass_and_keeps_the_newest(bench: Bench) -> None:
    first = bench.submit(1)
    bench.submit(2)
    third = bench.submit(3)
    assert first.cancel.is_set() and bench.started == [1]
    bench.scheduler.finished(1)
    assert bench.started == [1, 3] and not third.cancel.is_set()


def test_a_drag_lets_the_running_pass_show_its_first_preview(bench: Bench) -> None:
    first = bench.submit(1, patient=True)
    for number in range(2, 50):
        bench.submit(number, patient=True)
    assert not first.cancel.is_set()
    assert bench.scheduler.previewed(1)
    assert first.cancel.is_set()
    bench.scheduler.finished(1)
    assert bench.started == [1, 49]


def test_every_pass_of_a_long_drag_shows_something(bench: Bench) -> None:
    bench.submit(0, patient=True)
    shown = 0
    for number in range(1, 21):
        bench.submit(number, patient=True)
        running = bench.started[-1]
        shown += bench.scheduler.previewed(running)
        bench.scheduler.finished(running)
    assert shown == 20


def test_a_pass_that_has_shown_something_gives_way_at_once(bench: Bench) -> None:
    first = bench.submit(1, patient=True)
    bench.scheduler.previewed(1)
    assert not first.cancel.is_set()
    bench.submit(2, patient=True)
    assert first.cancel.is_set()


def test_the_same_picture_is_not_begun_anew(bench: Bench) -> None:
    first = bench.submit(1, key="same")
    bench.submit(2, key="other", patient=True)
    bench.submit(3, key="same")
    assert not first.cancel.is_set()
    bench.scheduler.finished(1)
    assert bench.started == [1]


def test_previews_of_stopped_and_unknown_requests_are_stale(bench: Bench) -> None:
    bench.submit(1)
    bench.submit(2)
    assert not bench.scheduler.previewed(1)
    bench.scheduler.finished(1)
    assert not bench.scheduler.previewed(1)
    assert bench.scheduler.previewed(2)


def test_one_request_is_stopped_and_no_other(bench: Bench) -> None:
    bench.submit(1)
    second = bench.submit(2)
    bench.scheduler.finished(1)
    assert bench.requests[1].cancel.is_set() and not second.cancel.is_set()


def test_cancel_forgets_what_waits(bench: Bench) -> None:
    first = bench.submit(1)
    bench.submit(2, patient=True)
    bench.scheduler.cancel()
    assert first.cancel.is_set() and bench.scheduler.running is None and bench.scheduler.is_busy
    bench.scheduler.finished(1)
    assert bench.started == [1] and not bench.scheduler.is_busy


def test_a_report_of_an_old_request_does_not_free_the_new_one(bench: Bench) -> None:
    bench.submit(1)
    bench.scheduler.finished(1)
    bench.submit(2)
    bench.scheduler.finished(1)
    bench.submit(3, patient=True)
    assert bench.started == [1, 2]


def test_nothing_starts_while_held(bench: Bench) -> None:
    first = bench.submit(1)
    bench.scheduler.hold()
    assert first.cancel.is_set()
    bench.scheduler.finished(1)
    bench.submit(2)
    bench.submit(3)
    assert bench.started == [1]
    bench.scheduler.resume()
    assert bench.started == [1, 3]


def test_remaining_time_follows_the_pace() -> None:
    now = [100.0]
    meter = EtaMeter(lambda: now[0])
    assert meter.remaining(0.1) is None
    now[0] += 4
    assert meter.remaining(0.3) == pytest.approx(14.0)
    now[0] += 4
    assert meter.remaining(1.0) == pytest.approx(0.0)
    meter.restart()
    assert meter.remaining(0.5) is None


def test_remaining_time_is_unknown_without_progress() -> None:
    meter = EtaMeter(lambda: 0.0)
    assert meter.remaining(0.2) is None
    assert meter.remaining(0.2) is None
