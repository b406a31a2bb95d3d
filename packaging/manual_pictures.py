#!/usr/bin/env python3
"""Take the pictures of the manual and the film of the README.

    .venv/bin/python packaging/manual_pictures.py [--only NAME …] [FOLDER]

Opens the real app with sample photos and the bundled model, without a screen if there is none, moves in it by
mouse and keys, and writes what is seen to resources/manual (or FOLDER). Home and settings are those of a
temporary folder. To be run again whenever the model or the look of the window has changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOUR = "tour.webp"


def main(arguments: list[str]) -> int:
    """Take the pictures; returns the process's exit code."""
    parser = argparse.ArgumentParser(description="Take the pictures of the manual.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "resources" / "manual")
    parser.add_argument("--only", choices=("stills", "tour"), help="take these alone")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="artist-") as home:
        os.environ["HOME"] = home
        for name in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name.lower())
        photos = Path(home) / "Pictures"
        shutil.copytree(ROOT / "resources" / "samples", photos, ignore=shutil.ignore_patterns("*.md"))
        take(options.folder, photos, options.only)
    return 0


def take(folder: Path, photos: Path, only: str | None) -> None:
    """Writes the pictures to `folder`; `photos` are for the app to open."""
    # Qt is loaded when home and settings are those of the temporary folder.
    from pictures.files import write_film, write_picture
    from pictures.scenes import take_stills
    from pictures.stage import open_stage
    from pictures.tour import take_tour
    from PySide6.QtGui import QImage, QPixmap

    def keep(name: str, picture: QPixmap | QImage) -> None:
        size = write_picture(folder / name, picture)
        print(f"{name}: {picture.width()} × {picture.height()}, {size / 1000:.0f} kB", flush=True)

    with open_stage() as stage:
        if only != "tour":
            take_stills(stage, photos, keep)
        if only != "stills":
            stage.session.settings.reset_all()
            stage.open(photos / "mountains.jpg")
            frames = take_tour(stage)
            size = write_film(folder / TOUR, frames)
            seconds = sum(frame.milliseconds for frame in frames) / 1000
            print(f"{TOUR}: {len(frames)} frames, {seconds:.1f} s, {size / 1000:.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
