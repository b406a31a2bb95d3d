#!/usr/bin/env python3
"""Set up fxdiffuse from a source checkout and run it, or check it.

    python3 packaging/dev.py run  [--headless] [PHOTO]     the app with a sample photo, or with PHOTO
    python3 packaging/dev.py test [-- PYTEST_ARGUMENTS]    linters, type checker and tests

Needs only Python 3.11 or newer. It installs what is missing into `.venv`, or says how to install it; the next
run starts at once. This file parses on any Python 3, so that an old one gets a sentence instead of a syntax
error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run one command; returns the process's exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - reached with an old Python
        version = ".".join(str(part) for part in sys.version_info[:2])
        print(f"fxdiffuse needs Python 3.11 or newer, and this is {version}: start it with a newer Python.")
        return 1

    from bootstrap import commands
    from bootstrap.system import SetupError

    cut = arguments.index("--") if "--" in arguments else len(arguments)
    options = _parser().parse_args(arguments[:cut])
    try:
        if options.command == "run":
            return commands.run_app(options.photo, headless=options.headless)
        return commands.run_checks(arguments[cut + 1 :])
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Set up fxdiffuse from this checkout, then run or check it.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="open the app with a sample photo")
    run.add_argument("photo", nargs="?", type=Path, help="open this photo instead")
    run.add_argument("--headless", action="store_true", help="no window: render an edit to out/")
    commands.add_parser("test", help="run linters, type checker and tests; arguments after -- go to pytest")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
