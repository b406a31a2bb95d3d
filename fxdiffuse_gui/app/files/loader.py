"""`Loader`: opens photos, projects, references and masks, and saves projects, in a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.files.qimage import display_samples, from_qimage, pyramid
from fxdiffuse_gui.app.files.receipt_reader import is_export, read_edit
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.i18n import tr, tr_noop, translated
from fxdiffuse_gui.document.edit_state import MaskImage, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import SUFFIX, Loaded, read_project, write_project
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.photo.image import Photo


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo made ready: `levels` are its display images at full, half, quarter … size.

    `link` says which file it is. `project` is the edit to go on with, None for a photo alone; `notices` are
    sentences for the artist. With `recovered` the edit comes from a crash journal.
    """

    ticket: int
    source: Source
    levels: tuple[QImage, ...]
    link: PhotoLink
    project: Project | None = None
    notices: tuple[str, ...] = ()
    recovered: bool = False


class Loader(QObject):
    """Lives in the loader thread. Answers every call with exactly one signal."""

    opened = Signal(object)
    """Opened."""
    open_failed = Signal(int, str)
    """Ticket of the failed call, and why."""
    reference_read = Signal(object)
    """Reference."""
    mask_read = Signal(object, object)
    """MaskImage, and the Photo that it was read for."""
    reference_failed = Signal(str)
    """Why a reference could not be read."""
    mask_failed = Signal(str)
    """Why a mask could not be read or written."""
    mask_written = Signal(object)
    """Path of the mask that has been written."""
    project_saved = Signal(object, object)
    """Path of the project, and the PhotoLink as it is from now on."""
    project_failed = Signal(str)
    """Why a project could not be saved."""

    @Slot(int, object)
    def open_file(self, ticket: int, path: Path) -> None:
        """Reads a photo or a project and makes the photo's display images."""

        def read() -> Opened:
            from fxdiffuse_gui.photo.reader import read_photo

            if path.suffix.lower() == SUFFIX:
                return _opened_project(ticket, read_project(path))
            photo = read_photo(path)
            opened = _opened(ticket, photo, PhotoLink.of_file(path, photo))
            return replace(opened, notices=(_hint(path.name),)) if is_export(photo) else opened

        self._open(ticket, path.name, read)

    @Slot(int, object)
    def open_edit(self, ticket: int, path: Path) -> None:
        """Reads the receipt of an export, and the original with the edit that it tells of."""
        self._open(ticket, path.name, lambda: _opened_project(ticket, read_edit(path)))

    @Slot(int, object)
    def open_image(self, ticket: int, image: QImage) -> None:
        """Takes a picture without a file, as from the clipboard."""

        def read() -> Opened:
            photo = photo_from_qimage(image)
            return _opened(ticket, photo, PhotoLink.of_pasted(photo))

        self._open(ticket, tr("The picture"), read)

    @Slot(int, object)
    def open_journal(self, ticket: int, path: Path) -> None:
        """Reads the edit that a crash has left at `path`, with its parts beside it."""

        def read() -> Opened:
            return replace(_opened_project(ticket, read_project(path, parts=path.parent)), recovered=True)

        self._open(ticket, tr("The edit"), read)

    @Slot(object, object, bool)
    def save_project(self, path: Path, project: Project, with_photo: bool) -> None:
        """Writes a project file."""
        try:
            link = write_project(path, project, with_photo=with_photo)
        except Exception as error:
            self.project_failed.emit(
                error_sentence(error, tr_noop("{name} could not be saved"), name=path.name)
            )
        else:
            self.project_saved.emit(path, link)

    @Slot(object)
    def read_reference(self, path: Path) -> None:
        """Reads a picture whose colors are wanted."""
        try:
            from fxdiffuse_gui.photo.reader import read_pixels

            pixels = read_pixels(path)
            reference = Reference(path.name, path, pixels, image_hash(pixels) or "")
        except Exception as error:
            self.reference_failed.emit(
                error_sentence(error, tr_noop("{name} could not be opened"), name=path.name)
            )
        else:
            self.reference_read.emit(reference)

    @Slot(object, object)
    def read_mask(self, path: Path, photo: Photo) -> None:
        """Reads a mask of the photo's size."""
        try:
            from fxdiffuse_gui.photo.reader import read_mask

            mask = read_mask(path, (photo.height, photo.width))
        except Exception as error:
            self.mask_failed.emit(
                error_sentence(error, tr_noop("{name} could not be opened"), name=path.name)
            )
        else:
            self.mask_read.emit(mask, photo)

    @Slot(object, object)
    def write_mask(self, path: Path, mask: MaskImage) -> None:
        """Writes a mask as a PNG."""
        try:
            from fxdiffuse_gui.photo.mask_file import write_mask

            write_mask(path, mask)
        except Exception as error:
            self.mask_failed.emit(
                error_sentence(error, tr_noop("{name} could not be written"), name=path.name)
            )
        else:
            self.mask_written.emit(path)

    def _open(self, ticket: int, name: str, read: Callable[[], Opened]) -> None:
        try:
            opened = read()
        except Exception as error:
            self.open_failed.emit(
                ticket, error_sentence(error, tr_noop("{name} could not be opened"), name=name)
            )
        else:
            self.opened.emit(opened)


def _opened(ticket: int, photo: Photo, link: PhotoLink) -> Opened:
    levels = pyramid(display_samples(photo), photo.icc_profile)
    return Opened(ticket, Source(photo), levels, link)


def _opened_project(ticket: int, loaded: Loaded) -> Opened:
    project = loaded.project
    return replace(
        _opened(ticket, project.photo, project.link),
        project=project,
        notices=tuple(translated(one) for one in loaded.notices),
    )


def _hint(name: str) -> str:
    text = tr("{name} is an export; “Go on with an export” in the File menu takes up its edit.")
    return text.format(name=name)


def photo_from_qimage(image: QImage) -> Photo:
    """A photo without a file: 8 bit, no metadata."""
    original, alpha = from_qimage(image)
    return Photo(
        original=original,
        alpha=None if alpha is None else alpha.astype(np.float32) / np.float32(255),
        bit_depth=8,
    )
