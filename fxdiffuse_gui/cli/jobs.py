"""Runs many jobs for a command: one progress line, a line of JSON for each, the failures at the end."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from fxdiffuse_gui.batch.job import Job
from fxdiffuse_gui.batch.run_jobs import AlreadyDone, Item, JobResult, run_jobs
from fxdiffuse_gui.batch.runner import ModelUnusableError, Result, Runner
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, EXIT_USAGE, complain
from fxdiffuse_gui.core.errors import UserError
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
    """Runs the jobs in order, also after one has failed, and returns the exit code.

    is_done, makes_folders: as in `run_jobs`. `EXIT_USAGE` when the model cannot be used, since then no job
    can run. Failures are also listed when the user stops the command.
    """
    failures: list[tuple[str, UserError]] = []
    done_before = 0
    try:
        with ProgressLine() as line:

            def begin(number: int, item: Item) -> None:
                line.retitle(f"{number}/{len(items)} {item.title}")

            for item, result in run_jobs(
                items, runner, begin, line.update, is_done, makes_folders=makes_folders
            ):
                done_before += isinstance(result, AlreadyDone)
                if isinstance(result, UserError):
                    failures.append((item.label, result))
                if as_json:
                    line.clear()
                    print(json.dumps({**item.tags, **_as_json(item, result)}), flush=True)
        if done_before and not as_json:
            print(f"{done_before} of {len(items)} jobs were done already.")
    except ModelUnusableError as error:
        complain(str(error), prog)
        return EXIT_USAGE
    finally:
        for label, error in failures:
            complain(f"{label}: {error}", prog)
        if failures:
            complain(f"{len(failures)} of {len(items)} jobs failed.", prog)
    return EXIT_FAILED if failures else EXIT_OK


def _as_json(item: Item, result: JobResult) -> dict[str, Any]:
    if isinstance(result, UserError):
        return {"ok": False, "error": str(result)}
    if isinstance(result, Result):
        return result.to_json()
    assert isinstance(item.job, Job)
    return {"ok": True, "input": str(item.job.input), "output": str(item.job.output), "skipped": True}
