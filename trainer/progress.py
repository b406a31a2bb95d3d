"""Progress bars with time left, by rich; a line every half minute when stderr is no terminal."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Advance = Callable[[int, int, str], None]
"""Reports progress: steps done, of how many, and what is done right now."""

_LASTING = "skipped"  # texts that begin so stay on the screen


@contextmanager
def progress_bar(title: str) -> Generator[Advance]:
    """Yields a function to report progress with. A text that begins with "skipped" stays on the screen."""
    if not sys.stderr.isatty():
        yield _plain(title)
        return
    remaining, text = TimeRemainingColumn(), TextColumn("{task.description}")
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), remaining, text)
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)

        def advance(done: int, of: int, text: str) -> None:
            if text.startswith(_LASTING):
                bar.console.print(text, markup=False, highlight=False)
            bar.update(task, completed=done, total=of, description=escape(text))

        yield advance


def _plain(title: str, seconds: float = 30.0) -> Advance:
    started = time.monotonic()
    last = started
    first: int | None = None  # a resumed run does not start at 0

    def advance(done: int, of: int, text: str) -> None:
        nonlocal last, first
        now = time.monotonic()
        if first is None:
            first = done - 1
        if now - last < seconds and done != of and not text.startswith(_LASTING):
            return
        last = now
        left = (now - started) / (done - first) * (of - done)
        line = f"{title} {done}/{of}, {left / 60:.1f} min left at this pace: {text}"
        print(line, file=sys.stderr, flush=True)

    return advance
