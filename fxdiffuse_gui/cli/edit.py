"""`fxdiffuse edit`: edits one photo by flags or by a project, or many by a jobs file."""

import argparse
import json
from pathlib import Path
from typing import Any

from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.batch.jobs_file import read_jobs
from fxdiffuse_gui.batch.replay import export_project
from fxdiffuse_gui.batch.run_jobs import Item, unexpected
from fxdiffuse_gui.batch.runner import Runner
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Parser, complain
from fxdiffuse_gui.cli.flags import (
    add_computing_flags,
    add_edit_flags,
    add_export_flags,
    export_options,
    given_edit,
)
from fxdiffuse_gui.cli.jobs import run_items
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.progress import ProgressLine
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName

_PROG = "fxdiffuse edit"


def run_edit(arguments: list[str]) -> int:
    """Runs `fxdiffuse edit` and returns the exit code; leaves with SystemExit on bad arguments."""
    parser = _build_parser()
    options = parser.parse_args(arguments)
    try:
        export = export_options(options)
        settings = given_edit(options)
    except UserError as error:
        parser.error(str(error))
    runner = Runner(options.model, options.device, export)
    files = {name: path for name in ("input", "output") if (path := getattr(options, name)) is not None}
    given = {**files, **settings}
    if options.jobs is not None:
        # A jobs file has its own.
        if given or options.preset is not None or options.project is not None:
            parser.error("--jobs takes the edits from its file; give no photo, output or effect beside it")
        return _run_jobs(options.jobs, runner, options.json)
    if options.project is not None:
        if options.preset is not None or set(given) - {"output", "steps", "sampler"}:
            parser.error("--project brings its photo and settings; give no photo or effect beside it")
        if options.output is None:
            parser.error("-o OUT is missing")
        return _run_project(options, runner)
    for name, what in (("input", "the photo to edit"), ("output", "-o OUT")):
        if name not in given:
            parser.error(f"{what} is missing")
    return _run_one(given, runner, options.json)


def _run_one(given: dict[str, Any], runner: Runner, as_json: bool) -> int:
    try:
        job = Job.of(given)
        with ProgressLine(display_name(job.input)) as line:
            result = runner.run(job, line.update)
    except UserError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    except Exception as error:
        complain(f"the edit failed ({unexpected(error)}); the output was not written.", _PROG)
        return EXIT_FAILED
    if as_json:
        print(json.dumps(result.to_json()))
    return EXIT_OK


def _run_project(options: argparse.Namespace, runner: Runner) -> int:
    path: Path = options.project
    try:
        with ProgressLine(display_name(path)) as line:
            sampler = None if options.sampler is None else SamplerName(options.sampler)
            result, notices = export_project(
                path, options.output, options.steps, sampler, runner, line.update
            )
    except UserError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    except Exception as error:
        complain(f"the edit failed ({unexpected(error)}); the output was not written.", _PROG)
        return EXIT_FAILED
    for notice in notices:
        complain(str(notice), _PROG)
    if options.json:
        print(json.dumps({**result.to_json(), "project": str(path)}))
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
    items = [Item(f"line {number}", job, {"line": number}) for number, job in jobs]
    return run_items(items, runner, prog=_PROG, as_json=as_json)


def _build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        usage="fxdiffuse edit IN -o OUT [effects] [options]\n"
        "       fxdiffuse edit --project FXD -o OUT [options]\n"
        "       fxdiffuse edit --jobs FILE [options]",
        description="Edits a photo without a window. An effect that is not asked for is off.",
    )
    add = parser.add_argument
    add("input", nargs="?", type=Path, metavar="IN", help="the photo to edit")
    add("-o", "--output", type=Path, metavar="OUT", help="the result: .jpg, .png, .tif, .webp or .avif")
    add_edit_flags(parser)
    add("--project", type=Path, metavar="FXD", help="what the app would export from this project")
    add("--jobs", type=Path, metavar="FILE", help="JSON lines, one edit each, names like the flags")
    add_computing_flags(parser)
    add_export_flags(parser)
    return parser
