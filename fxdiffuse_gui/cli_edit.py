"""`fxdiffuse edit`: one photo by flags, or many by a jobs file."""

import argparse
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from fxdiffuse_gui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Parser, complain
from fxdiffuse_gui.engine.tasks import TASKS, Task, TaskSpec
from fxdiffuse_gui.jobs import Job, JobError, read_jobs
from fxdiffuse_gui.photo.image import display_name
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.progress import ProgressLine
from fxdiffuse_gui.runner import ModelUnusableError, Result, Runner

_PROG = "fxdiffuse edit"

# Flags whose name is not the task's.
_FLAGS = {Task.COLOR: "--color-strength"}
_METAVARS = {Task.BLUR: "PX", Task.GRAIN: "R", Task.SHARPEN: "λ", Task.COLOR: "S"}

# Flags that describe one edit; a jobs file brings its own.
_ONE_EDIT = tuple(field.name for field in fields(Job))


def run_edit(arguments: list[str]) -> int:
    """Runs `fxdiffuse edit` and returns the exit code; leaves with SystemExit on bad arguments."""
    parser = _build_parser()
    options = parser.parse_args(arguments)
    try:
        export = ExportOptions(quality=options.quality)
    except ValueError as error:
        parser.error(str(error))
    runner = Runner(options.model, options.device, export)
    given = {name: value for name in _ONE_EDIT if (value := getattr(options, name)) is not None}
    if options.jobs is not None:
        if given:
            parser.error("--jobs takes the edits from its file; give no photo, output or effect beside it")
        return _run_jobs(options.jobs, runner, options.json)
    for name, what in (("input", "the photo to edit"), ("output", "-o OUT")):
        if name not in given:
            parser.error(f"{what} is missing")
    return _run_one(given, runner, options.json)


def _run_one(given: dict[str, Any], runner: Runner, as_json: bool) -> int:
    try:
        job = Job(**given)
        with ProgressLine(display_name(job.input)) as line:
            result = runner.run(job, line.update)
    except ValueError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    except Exception as error:
        complain(f"the edit failed ({_unforeseen(error)}); the output was not written.", _PROG)
        return EXIT_FAILED
    if as_json:
        print(json.dumps(result.to_json()))
    return EXIT_OK


def _run_jobs(path: Path, runner: Runner, as_json: bool) -> int:
    try:
        jobs = list(read_jobs(path))
    except JobError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    if not jobs:
        complain(f"the jobs file {display_name(path)} holds no job.", _PROG)
        return EXIT_USAGE
    failed = 0
    for index, (number, job) in enumerate(jobs, start=1):
        try:
            outcome = _attempt(job, runner, f"{index}/{len(jobs)}")
        except ModelUnusableError as error:
            complain(str(error), _PROG)
            return EXIT_USAGE
        if isinstance(outcome, str):
            failed += 1
            complain(f"line {number}: {outcome}", _PROG)
        if as_json:
            report = {"ok": False, "error": outcome} if isinstance(outcome, str) else outcome.to_json()
            print(json.dumps({"line": number, **report}), flush=True)
    if failed:
        complain(f"{failed} of {len(jobs)} jobs failed.", _PROG)
    return EXIT_FAILED if failed else EXIT_OK


def _attempt(job: Job | JobError, runner: Runner, place: str) -> Result | str:
    """The result of one job, or the sentence that says why there is none."""
    if isinstance(job, JobError):
        return str(job)
    try:
        with ProgressLine(f"{place} {display_name(job.input)}") as line:
            return runner.run(job, line.update)
    except ModelUnusableError:
        raise
    except ValueError as error:
        return str(error)
    except Exception as error:  # whatever befalls one job, the others still run
        return f"the edit failed ({_unforeseen(error)})."


def _unforeseen(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        usage="fxdiffuse edit IN -o OUT [effects] [options]\n       fxdiffuse edit --jobs FILE [options]",
        description="Edits a photo without a window. An effect that is not asked for is off.",
    )
    add = parser.add_argument
    add("input", nargs="?", type=Path, metavar="IN", help="the photo to edit")
    add("-o", "--output", type=Path, metavar="OUT", help="the result: .jpg, .png or .tif")
    effect = parser.add_argument_group("effects").add_argument
    for spec in TASKS:
        if spec.has_intensity:
            effect(
                _FLAGS.get(spec.task, f"--{spec.task.value}"),
                dest=spec.task.value,
                type=float,
                metavar=_METAVARS[spec.task],
                help=_describe(spec),
            )
    effect(
        "--blur-angle",
        type=float,
        metavar="DEG",
        help="blur direction in degrees counter-clockwise from the right; drawn from the seed when absent",
    )
    effect("--reference", type=Path, metavar="IMG", help="picture whose colors the photo takes")
    effect(
        "--mask", type=Path, metavar="PNG", help="picture of the photo's size, white where it is filled in"
    )
    add("--seed", type=int, metavar="N", help="decides grain, fill, blur direction (default 0)")
    add("--steps", type=int, metavar="N", help="denoising steps; more is slower and finer")
    add("--jobs", type=Path, metavar="FILE", help="JSON lines, one edit each, names like the flags")
    add("--model", type=Path, metavar="FILE", help="another model than the bundled one")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute")
    add("--quality", type=int, default=95, metavar="Q", help="of a JPEG, 1 to 100 (95)")
    add("--json", action="store_true", help="print what was done as JSON on stdout")
    return parser


def _describe(spec: TaskSpec) -> str:
    needs = " with --reference" if spec.needs_reference else ""
    return f"{spec.help} {spec.minimum:g} to {spec.maximum:g}{needs}; 0 is off"
