"""`fxdiffuse batch`: edits every photo of a folder with the same settings."""

from pathlib import Path

from fxdiffuse_gui.batch.folder import Naming, make_folder, plan_folder
from fxdiffuse_gui.batch.job import Job
from fxdiffuse_gui.batch.resume import Resume
from fxdiffuse_gui.batch.run_jobs import Item, label_of
from fxdiffuse_gui.batch.runner import Runner
from fxdiffuse_gui.cli.console import EXIT_USAGE, Parser, complain
from fxdiffuse_gui.cli.flags import (
    add_computing_flags,
    add_edit_flags,
    add_export_flags,
    export_options,
    given_edit,
)
from fxdiffuse_gui.cli.jobs import run_items
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.photo.formats import FORMATS

_PROG = "fxdiffuse batch"
_EXTENSIONS = [suffix.removeprefix(".") for suffix in FORMATS]


def run_batch(arguments: list[str]) -> int:
    """Runs `fxdiffuse batch` and returns the exit code; leaves with SystemExit on bad arguments."""
    parser = _build_parser()
    options = parser.parse_args(arguments)
    extension = None if options.format is None else f".{options.format}"
    try:
        runner = Runner(options.model, options.device, export_options(options))
        template = Job.of({"input": options.folder, "output": options.output, **given_edit(options)})
        runner.check(template)
        naming = Naming(options.suffix, extension)
        plan = plan_folder(template, naming, recursive=options.recursive)
        make_folder(options.output)
    except UserError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    items = [Item(label_of(photo, options.folder), job, {"input": str(photo)}) for photo, job in plan]
    resume = Resume(runner, template, overwrite=options.overwrite)
    return run_items(
        items, runner, prog=_PROG, as_json=options.json, is_done=resume.is_done, makes_folders=True
    )


def _build_parser() -> Parser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        usage="fxdiffuse batch DIR -o DIR [effects] [options]",
        description="Edits every photo of a folder with the same settings. Run again, it goes on where it "
        "was stopped.",
    )
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="the folder of photos")
    add("-o", "--output", type=Path, required=True, metavar="DIR", help="where results go; made if missing")
    add("--recursive", action="store_true", help="also the folders inside, with the same names in the output")
    add_edit_flags(parser)
    add("--format", choices=_EXTENSIONS, help="of the results; by default each photo's own")
    add("--suffix", default="", metavar="TEXT", help="put after the name of every result, like _edited")
    add("--overwrite", action="store_true", help="replace any file in the way of a result")
    add_computing_flags(parser)
    add_export_flags(parser)
    return parser
