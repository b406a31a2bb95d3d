"""Runs many jobs for a command: one progress line, one line of JSON for each, the failures at the end."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fxdiffuse_gui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE, complain
from fxdiffuse_gui.jobs import Job, JobError
from fxdiffuse_gui.photo.image import display_name
from fxdiffuse_gui.progress import ProgressLine
from fxdiffuse_gui.runner import ModelUnusableError, Result, Runner


@dataclass(frozen=True)
class Item:
    """A job, or what is wrong with it. label: how a complaint calls it. tags: what its line of JSON says
    besides the outcome."""

    label: str
    job: Job | JobError
    tags: Mapping[str, Any]


class Skipped:
    """The outcome of a job that was done before."""


Outcome = Result | Skipped | str
"""A string is the sentence that says why there is no result."""


def run_items(
    items: Sequence[Item],
    runner: Runner,
    *,
    prog: str,
    as_json: bool,
    is_done: Callable[[Job], bool] | None = None,
) -> int:
    """Runs the jobs in order, whatever befalls one of them, and returns the exit code.

    is_done: tells of a job whether it needs not run; may raise ValueError with a sentence. `EXIT_USAGE` when
    the model cannot be used, since then no job can run. What failed until then is listed also when the user
    stops the command.
    """
    failures: list[tuple[str, str]] = []
    skipped = 0
    try:
        with ProgressLine() as line:
            for index, item in enumerate(items):
                line.retitle(f"{index + 1}/{len(items)} {_title(item)}")
                on_progress = _share_of(line, index - skipped, len(items) - skipped)
                outcome = _attempt(item.job, runner, on_progress, is_done)
                skipped += isinstance(outcome, Skipped)
                if isinstance(outcome, str):
                    failures.append((item.label, outcome))
                if as_json:
                    line.clear()
                    print(json.dumps({**item.tags, **_as_json(item, outcome)}), flush=True)
        if skipped and not as_json:
            print(f"{skipped} of {len(items)} jobs were done already.")
    except ModelUnusableError as error:
        complain(str(error), prog)
        return EXIT_USAGE
    finally:
        for label, why in failures:
            complain(f"{label}: {why}", prog)
        if failures:
            complain(f"{len(failures)} of {len(items)} jobs failed.", prog)
    return EXIT_FAILED if failures else EXIT_OK


def unforeseen(error: Exception) -> str:
    """A short, one-line account of an error that nobody foresaw."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _attempt(
    job: Job | JobError,
    runner: Runner,
    on_progress: Callable[[float], None],
    is_done: Callable[[Job], bool] | None,
) -> Outcome:
    if isinstance(job, JobError):
        return str(job)
    try:
        if is_done is not None and is_done(job):
            return Skipped()
        return runner.run(job, on_progress)
    except ModelUnusableError:
        raise
    except ValueError as error:
        return str(error)
    except Exception as error:  # whatever befalls one job, the others still run
        return f"the edit failed ({unforeseen(error)})."


def _title(item: Item) -> str:
    return item.label if isinstance(item.job, JobError) else display_name(item.job.input)


def _share_of(line: ProgressLine, done: int, count: int) -> Callable[[float], None]:
    """Takes the progress of one job as progress of all of them."""
    return lambda progress: line.update((done + progress) / count)


def _as_json(item: Item, outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, str):
        return {"ok": False, "error": outcome}
    if isinstance(outcome, Result):
        return outcome.to_json()
    assert isinstance(item.job, Job)
    return {"ok": True, "input": str(item.job.input), "output": str(item.job.output), "skipped": True}
