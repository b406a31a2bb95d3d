"""Runs many jobs; one that fails does not stop the others. For the command line and the folder dialog."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fxdiffuse_gui.batch.folder import made_folder
from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.batch.runner import ModelUnusableError, Result, Runner, StoppedError
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name


@dataclass(frozen=True)
class Item:
    """A job, or the error why there is none. label: its name in messages. tags: what its line of `--json`
    says besides the result."""

    label: str
    job: Job | UserError
    tags: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def title(self) -> str:
        """What is being worked on."""
        return display_name(self.job.input) if isinstance(self.job, Job) else self.label


class AlreadyDone:
    """Takes the place of a result when the job's file was there already."""


JobResult = Result | AlreadyDone | UserError
"""What a job came to; an error says why there is no result."""


def run_jobs(
    items: Sequence[Item],
    runner: Runner,
    on_begin: Callable[[int, Item], None],
    on_progress: Callable[[float], None],
    is_done: Callable[[Job], bool] | None = None,
    *,
    makes_folders: bool = False,
) -> Iterator[tuple[Item, JobResult]]:
    """Runs the jobs in order; yields each with its result.

    on_begin is given the number of an item, from 1, before it is tried; on_progress the share (0..1) of all
    the work. is_done: whether a job's file is there already; it may raise UserError. makes_folders: whether a
    missing folder for a result is made. Raises ModelUnusableError when no job can run, StoppedError once
    `Runner.cancel` is set.
    """
    done_before = 0
    for index, item in enumerate(items):
        runner.check_stopped()
        on_begin(index + 1, item)
        share = _share_of(on_progress, index - done_before, len(items) - done_before)
        result = _run_one(item.job, runner, share, is_done, makes_folders)
        done_before += isinstance(result, AlreadyDone)
        yield item, result


def label_of(photo: Path, folder: Path) -> str:
    """The path of a photo inside `folder`, for messages: printable and on one line."""
    return "/".join(display_name(Path(part)) for part in photo.relative_to(folder).parts)


def unexpected(error: Exception) -> str:
    """A short, one-line account of an error that no sentence was written for."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _run_one(
    job: Job | UserError,
    runner: Runner,
    on_progress: Callable[[float], None],
    is_done: Callable[[Job], bool] | None,
    makes_folders: bool,
) -> JobResult:
    if isinstance(job, UserError):
        return job
    try:
        if is_done is not None and is_done(job):
            return AlreadyDone()
        with made_folder(job.output.parent) if makes_folders else nullcontext():
            return runner.run(job, on_progress)
    except (ModelUnusableError, StoppedError):
        raise
    except UserError as error:
        return error
    except Exception as error:  # an unexpected error of one job does not stop the others
        return JobError("the edit failed ({reason}).", reason=unexpected(error))


def _share_of(on_progress: Callable[[float], None], done: int, count: int) -> Callable[[float], None]:
    """Takes the progress of one job as progress of all of them."""
    return lambda progress: on_progress((done + progress) / count)
