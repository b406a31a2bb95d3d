"""Runs many jobs for a command: one progress line, one line of JSON for each, the failures at the end."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from fxdiffuse_gui.batch.job import Job
from fxdiffuse_gui.batch.run_jobs import Item, Outcome, Skipped, run_jobs
from fxdiffuse_gui.batch.runner import ModelUnusableError, Result, Runner
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, EXIT_USAGE, complain
from fxdiffuse_gui.core.progress import ProgressLine


def run_items(
    items: Sequence[Item],
    runner: Runner,
    *,
    prog: str,
    as_json: bool,
    is_done: Callable[[Job], bool] | None = None,
    makes_folders: bool = False,
) -> int:
    """Runs the jobs in order, whatever befalls one of them, and returns the exit code.

    is_done, makes_folders: as in `run_jobs`. `EXIT_USAGE` when the model cannot be used, since then no job
    can run. What failed until then is listed also when the user stops the command.
    """
    failures: list[tuple[str, str]] = []
    skipped = 0
    try:
        with ProgressLine() as line:

            def begin(number: int, item: Item) -> None:
                line.retitle(f"{number}/{len(items)} {item.title}")

            for item, outcome in run_jobs(
                items, runner, begin, line.update, is_done, makes_folders=makes_folders
            ):
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


def _as_json(item: Item, outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, str):
        return {"ok": False, "error": outcome}
    if isinstance(outcome, Result):
        return outcome.to_json()
    assert isinstance(item.job, Job)
    return {"ok": True, "input": str(item.job.input), "output": str(item.job.output), "skipped": True}
