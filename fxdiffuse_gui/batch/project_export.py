"""Makes the edit that a project file holds, without a window."""

import time
from collections.abc import Callable
from pathlib import Path

from fxdiffuse_gui.batch.job import Job, check_spared
from fxdiffuse_gui.batch.runner import Result, Runner
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.document.project_file import read_project
from fxdiffuse_gui.photo.writer import check_target


def run_project(
    path: Path, output: Path, steps: int | None, runner: Runner, on_progress: Callable[[float], None]
) -> tuple[Result, tuple[str, ...]]:
    """Writes to `output` what the app would export from the project at `path`; snapshots have no part in it.

    The photo is looked for as the app does: where it was, beside the project, inside it. Returns what was
    done and sentences to be told. Raises ProjectError, PhotoError, and what `Runner.run` raises.
    """
    start = time.monotonic()
    check_target(output)
    loaded = read_project(path)
    photo, state = loaded.project.photo, loaded.project.state
    reference = None if state.reference is None else state.reference.path
    check_spared(output, photo=photo.path, reference=reference, project=path)
    job = Job(
        photo.path or path,
        output,
        reference=reference,
        seed=state.seed,
        grain_seed=state.grain_seed,
        steps=steps,
    )
    condition = state.condition()
    runner.export(job, photo, condition, on_progress, project=path)
    made_with = runner.made_with(job, condition)
    seconds = time.monotonic() - start
    notices = loaded.notices
    wanted = loaded.project.model
    if made_with is not None and wanted not in (None, made_with.model):
        notices += (
            f"{display_name(path)} was made with another model ({wanted[:12]}…), and the picture may look"
            " different; give that one with --model.",
        )
    return Result(job, seconds, condition, made_with and made_with.model), notices
