"""Progress bars with time left, on rich; silent lines now and then when stderr is no terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Advance = Callable[[int, int, str], None]


@contextmanager
def progress_bar(title: str) -> Iterator[Advance]:
    """Yields advance(done, of, text)."""
    if not sys.stderr.isatty():
        yield _plain(title)
        return
    columns = (
        TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of, text: bar.update(task, completed=done, total=of, description=text)


def _plain(title: str, seconds: float = 30.0) -> Advance:
    started = time.monotonic()
    last = started

    def advance(done: int, of: int, text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < seconds and done != of:
            return
        last = now
        left = (now - started) / max(done, 1) * (of - done)
        print(
            f"{title} {done}/{of}, {left / 60:.1f} min left at this pace: {text}", file=sys.stderr, flush=True
        )

    return advance
