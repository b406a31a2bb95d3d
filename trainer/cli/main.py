"""`fxdiffuse-train`: the parser of all its commands, exit codes, and errors as one line."""

import argparse
import sys
from typing import NoReturn

from trainer.cli.evaluate import add_evaluate_commands
from trainer.cli.pack import add_pack_commands
from trainer.cli.train import add_train_commands


class _Parser(argparse.ArgumentParser):
    """Prints errors as one line, like every other command of the project."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command. Returns 0 on success, 2 on bad input (one line on stderr), 130 when interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (ValueError, OSError) as error:  # TrainerError, PhotoError and ModelError are ValueErrors
        print(f"fxdiffuse-train: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("fxdiffuse-train: interrupted; run the same command again to resume.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fxdiffuse-train", description="Builds and evaluates models for fxdiffuse.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    add_pack_commands(commands)
    add_train_commands(commands)
    add_evaluate_commands(commands)
    return parser
