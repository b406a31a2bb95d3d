"""`Loader`: opens photos, references and masks in a thread of its own, apart from the sampler's."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.qimage import display_samples, from_qimage, pyramid
from fxdiffuse_gui.app.source import Source
from fxdiffuse_gui.app.state import MaskImage, Reference
from fxdiffuse_gui.app.worker import sentence
from fxdiffuse_gui.engine.condition import image_hash
from fxdiffuse_gui.photo.image import Photo


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo made ready: `levels` are its display images at full, half, quarter … size."""

    ticket: int
    source: Source
    levels: tuple[QImage, ...]


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

    @Slot(int, object)
    def open_photo(self, ticket: int, path: Path) -> None:
        """Reads a photo and makes its display images."""

        def read() -> Photo:
            from fxdiffuse_gui.photo.reader import read_photo

            return read_photo(path)

        self._open(ticket, path.name, read)

    @Slot(int, object)
    def open_image(self, ticket: int, image: QImage) -> None:
        """Takes a picture without a file, as from the clipboard."""
        self._open(ticket, "The picture", lambda: photo_from_qimage(image))

    @Slot(object)
    def read_reference(self, path: Path) -> None:
        """Reads a picture whose colors are wanted."""
        try:
            from fxdiffuse_gui.photo.reader import read_pixels

            pixels = read_pixels(path)
            reference = Reference(path.name, path, pixels, image_hash(pixels) or "")
        except Exception as error:
            self.reference_failed.emit(sentence(error, f"{path.name} could not be opened"))
        else:
            self.reference_read.emit(reference)

    @Slot(object, object)
    def read_mask(self, path: Path, photo: Photo) -> None:
        """Reads a mask of the photo's size."""
        try:
            from fxdiffuse_gui.photo.reader import read_mask

            mask = read_mask(path, (photo.height, photo.width))
        except Exception as error:
            self.mask_failed.emit(sentence(error, f"{path.name} could not be opened"))
        else:
            self.mask_read.emit(mask, photo)

    @Slot(object, object)
    def write_mask(self, path: Path, mask: MaskImage) -> None:
        """Writes a mask as a PNG."""
        try:
            from fxdiffuse_gui.photo.mask_file import write_mask

            write_mask(path, mask)
        except Exception as error:
            self.mask_failed.emit(sentence(error, f"{path.name} could not be written"))
        else:
            self.mask_written.emit(path)

    def _open(self, ticket: int, name: str, read: Callable[[], Photo]) -> None:
        try:
            photo = read()
            levels = pyramid(display_samples(photo), photo.icc_profile)
            opened = Opened(ticket, Source(photo), levels)
        except Exception as error:
            self.open_failed.emit(ticket, sentence(error, f"{name} could not be opened"))
        else:
            self.opened.emit(opened)


def photo_from_qimage(image: QImage) -> Photo:
    """A photo without a file: 8 bit, no metadata."""
    original, alpha = from_qimage(image)
    return Photo(
        original=original,
        alpha=None if alpha is None else alpha.astype(np.float32) / np.float32(255),
        bit_depth=8,
    )
