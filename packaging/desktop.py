#!/usr/bin/env python3
"""Add fxdiffuse to the menus of a Linux desktop for this user, and remove it again.

    .venv/bin/python packaging/desktop.py install     menu entry, icons, and the type of .fxd files
    .venv/bin/python packaging/desktop.py remove

Everything is written below `$XDG_DATA_HOME` (`~/.local/share`), or to `--data DIR`, for instance for a
package. The entry starts the `fxdiffuse` of this Python environment, or `--command`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "packaging" / "linux"
ICON = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Sizes of the icons, px: the usual ones of the hicolor theme."""

_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")


class DesktopError(Exception):
    """Nothing was installed; the message is one sentence that says what to do."""


def main(arguments: list[str]) -> int:
    """Run one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "install":
            install(options.data, options.program)
        else:
            remove(options.data)
    except (DesktopError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def install(data: Path, program: str) -> None:
    """Writes entry, icons, file type and description below `data`. Raises DesktopError, OSError."""
    content = {
        _entry(data): _desktop_entry(program).encode(),
        _file_type(data): (SOURCES / "fxdiffuse.xml").read_bytes(),
        _description(data): (SOURCES / "fxdiffuse.metainfo.xml").read_bytes(),
        _icon(data, None): ICON.read_bytes(),
        **{_icon(data, size): rendered(size) for size in SIZES},
    }
    for path, written in content.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    _refresh(data)
    print(f"fxdiffuse is in the menus now ({_entry(data)}).")


def remove(data: Path) -> None:
    """Removes the files that `install` has written, and nothing else."""
    paths = [
        _entry(data),
        _file_type(data),
        _description(data),
        *(_icon(data, size) for size in (None, *SIZES)),
    ]
    for path in paths:
        path.unlink(missing_ok=True)
    _refresh(data)
    print("fxdiffuse is out of the menus.")


def rendered(size: int) -> bytes:
    """The icon as a PNG of `size` × `size` px. Raises DesktopError without Qt."""
    try:
        from PySide6.QtCore import QBuffer, QByteArray
        from PySide6.QtGui import QImage, QImageWriter, QPainter
        from PySide6.QtSvg import QSvgRenderer
    except ImportError:
        raise DesktopError(
            "The icons are drawn with Qt, which this Python lacks; run it with .venv/bin/python."
        ) from None
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(ICON.read_bytes())).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())


def quoted(program: str) -> str:
    """`program` as an argument of an Exec line (Desktop Entry Specification, "The Exec key")."""
    if _RESERVED.intersection(program):
        escaped = "".join("\\" + char if char in '"`$\\' else char for char in program)
        # Escaped again: in a string value of the file, a backslash is doubled.
        program = '"' + escaped.replace("\\", "\\\\") + '"'
    return program.replace("%", "%%")


def _desktop_entry(program: str) -> str:
    text = (SOURCES / "fxdiffuse.desktop").read_text(encoding="utf-8")
    return text.replace("Exec=fxdiffuse ", f"Exec={quoted(program)} ")


def _entry(data: Path) -> Path:
    return data / "applications" / "fxdiffuse.desktop"


def _file_type(data: Path) -> Path:
    return data / "mime" / "packages" / "fxdiffuse.xml"


def _description(data: Path) -> Path:
    return data / "metainfo" / "fxdiffuse.metainfo.xml"


def _icon(data: Path, size: int | None) -> Path:
    folder, suffix = ("scalable", "svg") if size is None else (f"{size}x{size}", "png")
    return data / "icons" / "hicolor" / folder / "apps" / f"fxdiffuse.{suffix}"


def _refresh(data: Path) -> None:
    """Updates the caches of the desktop, with those of its tools that are installed."""
    tools = {"update-mime-database": data / "mime", "update-desktop-database": data / "applications"}
    for tool, folder in tools.items():
        if shutil.which(tool) is not None and folder.is_dir():
            subprocess.run([tool, str(folder)], check=False, capture_output=True)
    icons = data / "icons" / "hicolor"
    if icons.is_dir():
        # A cache older than its folder is ignored.
        icons.touch()


def _own_command() -> str:
    return str(Path(sys.executable).parent / "fxdiffuse")


def _data_home() -> Path:
    given = os.environ.get("XDG_DATA_HOME", "")
    return Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Add fxdiffuse to the menus of this desktop.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("install", "add menu entry, icons and file type"), ("remove", "remove them")):
        command = commands.add_parser(name, help=what)
        command.add_argument("--data", type=Path, default=_data_home(), metavar="DIR", help="where to")
        if name == "install":
            command.add_argument(
                "--command", dest="program", default=_own_command(), metavar="FILE", help="what to start"
            )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
