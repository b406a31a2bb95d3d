"""What all commands share: parser, exit codes and error lines."""

import argparse
import sys
from typing import NoReturn

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line on stderr."""

    def error(self, message: str) -> NoReturn:
        """Prints `message` and leaves with exit code 2."""
        complain(f"{message} (see `{self.prog} --help`)", self.prog)
        raise SystemExit(EXIT_USAGE)


def complain(message: str, prog: str = "fxdiffuse") -> None:
    """Prints `message` on stderr as exactly one line."""
    print(f"{prog}: {' '.join(message.split())}", file=sys.stderr)
