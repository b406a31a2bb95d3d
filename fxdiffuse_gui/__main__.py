"""The `fxdiffuse` command: opens the app, or runs a command such as `fxdiffuse edit` without a window.

Neither Qt nor torch is imported before it is needed, so help and errors come at once.
"""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fxdiffuse_gui import __version__
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, Parser, complain


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with `argv` (the process's by default) and returns its exit code.

    0: done. 1: something failed on the way. 2: bad arguments or bad input, one line on stderr.
    130: interrupted from the keyboard.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without some letter must not stop the edit
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        command = _find_command(arguments[:1])
        return _open_app(arguments) if command is None else command(arguments[1:])
    except KeyboardInterrupt:
        complain("stopped; nothing was left half written.")
        return EXIT_INTERRUPTED
    except SystemExit as leaving:  # argparse: --help, --version, errors
        return leaving.code if isinstance(leaving.code, int) else EXIT_OK


def _find_command(name: list[str]) -> Callable[[list[str]], int] | None:
    """The function that runs the command of that name, None when there is none."""
    match name:
        case ["edit"]:
            from fxdiffuse_gui.cli.edit import run_edit

            return run_edit
        case ["batch"]:
            from fxdiffuse_gui.cli.batch import run_batch

            return run_batch
        case ["replay"]:
            from fxdiffuse_gui.cli.replay import run_replay

            return run_replay
        case ["doctor"]:
            from fxdiffuse_gui.cli.doctor import run_doctor

            return run_doctor
        case ["bench"]:
            from fxdiffuse_gui.cli.bench import run_bench

            return run_bench
        case _:
            return None


def _open_app(arguments: list[str]) -> int:
    parser = Parser(
        prog="fxdiffuse",
        allow_abbrev=False,
        description="Opens the photo editor. Without a window: `fxdiffuse edit` edits photos, `fxdiffuse "
        "batch` a folder of them, `fxdiffuse replay` makes an edit again, `fxdiffuse doctor` tells what is "
        "off, `fxdiffuse bench` how fast it is; each tells more with --help.",
    )
    parser.add_argument(
        "photo", nargs="?", type=Path, metavar="PHOTO", help="a picture, or a project (.fxd), to open"
    )
    parser.add_argument("--version", action="version", version=f"fxdiffuse {__version__}")
    photo: Path | None = parser.parse_args(arguments).photo
    if photo is not None:
        from fxdiffuse_gui.core.errors import UserError
        from fxdiffuse_gui.document.archive import check_is_project
        from fxdiffuse_gui.photo.codecs.sniff import sniff_format

        try:
            (check_is_project if photo.suffix.lower() == ".fxd" else sniff_format)(photo)
        except UserError as error:
            complain(str(error))
            return EXIT_USAGE
    try:
        from fxdiffuse_gui.views.application import run_app
    except ImportError as error:
        complain(f"the window cannot be opened ({error}); install what is missing or use `fxdiffuse edit`.")
        return EXIT_FAILED
    return run_app(photo)


if __name__ == "__main__":
    sys.exit(main())
