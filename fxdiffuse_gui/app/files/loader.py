"""Reads what can be opened, and makes the photo ready for the window. For a thread in the background."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QImage

from fxdiffuse_gui.app.files.qimage import display_samples, from_qimage, pyramid
from fxdiffuse_gui.app.files.receipt_reader import is_export, read_edit
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import SUFFIX, Loaded, read_project
from fxdiffuse_gui.photo.image import Photo


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo made ready: `levels` are its display images at full, half, quarter … size.

    `link` says which file it is. `project` is the edit to go on with, None for a photo alone; `notices` are
    sentences for the artist. With `recovered` the edit comes from a crash journal.
    """

    source: Source
    levels: tuple[QImage, ...]
    link: PhotoLink
    project: Project | None = None
    notices: tuple[str, ...] = ()
    recovered: bool = False


def open_file(path: Path) -> Opened:
    """Reads a photo or a project. Raises PhotoError, ProjectError."""
    from fxdiffuse_gui.photo.reader import read_photo

    if path.suffix.lower() == SUFFIX:
        return _opened_project(read_project(path))
    photo = read_photo(path)
    opened = _opened(photo, PhotoLink.of_file(path, photo))
    return replace(opened, notices=(_hint(path.name),)) if is_export(photo) else opened


def open_edit(path: Path) -> Opened:
    """Reads the receipt of the export at `path`, and the original with the edit that made the export. Raises
    PhotoError, ReopenError."""
    return _opened_project(read_edit(path))


def open_image(image: QImage) -> Opened:
    """Takes a picture without a file, as from the clipboard."""
    photo = photo_from_qimage(image)
    return _opened(photo, PhotoLink.of_pasted(photo))


def open_journal(path: Path) -> Opened:
    """Reads the edit that a crash has left at `path`, with its parts next to it. Raises ProjectError."""
    return replace(_opened_project(read_project(path, parts=path.parent)), recovered=True)


def _opened(photo: Photo, link: PhotoLink) -> Opened:
    return Opened(Source(photo), pyramid(display_samples(photo), photo.icc_profile), link)


def _opened_project(loaded: Loaded) -> Opened:
    project = loaded.project
    return replace(
        _opened(project.photo, project.link), project=project, notices=tuple(map(translated, loaded.notices))
    )


def _hint(name: str) -> str:
    text = tr("{name} is an export; “Go on with an export” in the File menu takes up its edit.")
    return text.format(name=name)


def photo_from_qimage(image: QImage) -> Photo:
    """A photo without a file: 8 bit, no metadata."""
    original, alpha = from_qimage(image)
    return Photo(
        original=original,
        alpha=None if alpha is None else as_float(alpha),
        bit_depth=8,
    )
