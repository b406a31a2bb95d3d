"""`python -m fxdiffuse_gui` is the `fxdiffuse` command."""

import sys

from fxdiffuse_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
