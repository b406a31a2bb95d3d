"""File names as messages show them."""

from pathlib import Path


def display_name(path: Path) -> str:
    """The name of a file for a message: printable and on one line, whatever its bytes are."""
    name = path.name or str(path)
    return "".join(char if char.isprintable() else "�" for char in name)
