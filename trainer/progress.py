"""Progress bars with time left, on rich; silent lines now and then when stderr is no terminal."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Advance = Callable[[int, int, str], None]


@contextmanager
def progress_bar(title: str) -> Generator[Advance]:
    """Yields advance(done, of, text)."""
    if not sys.stderr.isatty():
        yield _plain(title)
        return
    remaining, text = TimeRemainingColumn(), TextColumn("{task.description}")
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), remaining, text)
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of, text: bar.update(task, completed=done, total=of, description=text)


def _plain(title: str, seconds: float = 30.0) -> Advance:
    started = time.monotonic()
    last = started
    first: int | None = None  # a resumed run does not start at 0

    def advance(done: int, of: int, text: str) -> None:
        nonlocal last, first
        now = time.monotonic()
        if first is None:
            first = done - 1
        if now - last < seconds and done != of:
            return
        last = now
        left = (now - started) / (done - first) * (of - done)
        line = f"{title} {done}/{of}, {left / 60:.1f} min left at this pace: {text}"
        print(line, file=sys.stderr, flush=True)

    return advance
