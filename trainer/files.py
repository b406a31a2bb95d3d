"""Writing whole files."""

from pathlib import Path

from fxdiffuse_gui.core.atomic import write_atomically


def write_file(path: Path, content: bytes | str) -> None:
    """Writes a file atomically (see `core.atomic`), a text as UTF-8. Makes its folder. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content.encode() if isinstance(content, str) else content)
