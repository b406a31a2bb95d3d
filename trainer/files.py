"""Writing whole files."""

from pathlib import Path

from fxdiffuse_gui.core.atomic import atomic_path


def write_file(path: Path, content: bytes | str) -> None:
    """Writes a file atomically (see `atomic_path`), a text as UTF-8. Makes its folder. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
