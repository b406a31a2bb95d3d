"""Runs many jobs, whatever befalls one of them; for the command line and for the window alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fxdiffuse_gui.batch.folder import made_folder
from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.batch.runner import ModelUnusableError, Result, Runner, StoppedError
from fxdiffuse_gui.core.file_names import display_name


@dataclass(frozen=True)
class Item:
    """A job, or what is wrong with it. label: how a complaint calls it. tags: what its line of JSON says
    besides the outcome."""

    label: str
    job: Job | JobError
    tags: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def title(self) -> str:
        """What is being worked on."""
        return self.label if isinstance(self.job, JobError) else display_name(self.job.input)


class Skipped:
    """The outcome of a job that was done before."""


Outcome = Result | Skipped | str
"""A string is the sentence that says why there is no result."""


def run_jobs(
    items: Sequence[Item],
    runner: Runner,
    on_begin: Callable[[int, Item], None],
    on_progress: Callable[[float], None],
    is_done: Callable[[Job], bool] | None = None,
    *,
    makes_folders: bool = False,
) -> Iterator[tuple[Item, Outcome]]:
    """Runs the jobs in order; yields each with what came of it.

    on_begin is given the number of an item, from 1, before it is tried; on_progress the share (0..1) of all
    that there is to do. is_done tells of a job whether it needs not run; it may raise ValueError with a
    sentence. makes_folders: whether a result's folder is made when it is missing. Raises ModelUnusableError
    when no job can run, StoppedError once `Runner.cancel` is set.
    """
    skipped = 0
    for index, item in enumerate(items):
        runner.check_stopped()
        on_begin(index + 1, item)
        share = _share_of(on_progress, index - skipped, len(items) - skipped)
        outcome = _attempt(item.job, runner, share, is_done, makes_folders)
        skipped += isinstance(outcome, Skipped)
        yield item, outcome


def label_of(photo: Path, folder: Path) -> str:
    """How a photo in `folder` or in one inside it is called: printable and on one line."""
    return "/".join(display_name(Path(part)) for part in photo.relative_to(folder).parts)


def unforeseen(error: Exception) -> str:
    """A short, one-line account of an error that nobody foresaw."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _attempt(
    job: Job | JobError,
    runner: Runner,
    on_progress: Callable[[float], None],
    is_done: Callable[[Job], bool] | None,
    makes_folders: bool,
) -> Outcome:
    if isinstance(job, JobError):
        return str(job)
    try:
        if is_done is not None and is_done(job):
            return Skipped()
        with made_folder(job.output.parent) if makes_folders else nullcontext():
            return runner.run(job, on_progress)
    except (ModelUnusableError, StoppedError):
        raise
    except ValueError as error:
        return str(error)
    except Exception as error:  # whatever befalls one job, the others still run
        return f"the edit failed ({unforeseen(error)})."


def _share_of(on_progress: Callable[[float], None], done: int, count: int) -> Callable[[float], None]:
    """Takes the progress of one job as progress of all of them."""
    return lambda progress: on_progress((done + progress) / count)
