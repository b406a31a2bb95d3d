"""The menu of other references: photos opened last, and the references of this project."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.photo.formats import PHOTO_SUFFIXES
from fxdiffuse_gui.views.reference.reference_library import Thumbnails

_SIDE = 32


class ReferenceMenu(QMenu):
    """Filled whenever it opens; thumbnails appear as they are read."""

    photo_chosen = Signal(object)
    """Path of another photo."""
    reference_chosen = Signal(object)
    """A `Reference` that a snapshot of this project has."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = Thumbnails(2 * _SIDE, self)
        self._thumbnails.ready.connect(self._show_thumbnail)
        self._photos: dict[Path, QAction] = {}
        self.setStyleSheet(f"QMenu {{ icon-size: {_SIDE}px; }}")
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Lists the current references and photos."""
        self.clear()
        self._photos.clear()
        references, photos = self._project_references(), self._recent_photos()
        if references:
            self._add_heading(tr("In this project"))
        for reference in references:
            action = self._add(reference.name)
            action.setIcon(_icon(to_qimage(to_samples(_sampled(reference)))))
            action.triggered.connect(lambda _=False, one=reference: self.reference_chosen.emit(one))
        if photos:
            self._add_heading(tr("Photos opened last"))
        for path in photos:
            action = self._photos[path] = self._add(path.name)
            action.setToolTip(str(path))
            action.setIcon(_icon(self._thumbnails.request(path)))
            action.triggered.connect(lambda _=False, one=path: self.photo_chosen.emit(one))
        if not references and not photos:
            self._add(tr("No other photo was opened yet")).setEnabled(False)

    def _recent_photos(self) -> list[Path]:
        photo = self._session.photo
        own = None if photo is None or photo.path is None else photo.path.absolute()
        recent = WindowSettings().recent
        return [path for path in recent if path.suffix.lower() in PHOTO_SUFFIXES and path != own]

    def _project_references(self) -> list[Reference]:
        """The references of the snapshots, each once, without the one in use."""
        current = self._session.state.reference
        found = {
            one.state.reference.digest: one.state.reference
            for one in self._session.snapshots.items
            if one.state.reference is not None
        }
        return [one for digest, one in found.items() if current is None or digest != current.digest]

    def _add(self, name: str) -> QAction:
        # An ampersand in a file name is not a mnemonic.
        return self.addAction(name.replace("&", "&&"))

    def _add_heading(self, text: str) -> None:
        """Adds a heading as a disabled entry: with a style sheet, menus do not show Qt's own."""
        if self.actions():
            self.addSeparator()
        self._add(text).setEnabled(False)

    def _show_thumbnail(self, path: Path, image: QImage) -> None:
        if path in self._photos:
            self._photos[path].setIcon(_icon(image))


def _sampled(reference: Reference) -> FloatImage:
    pixels = reference.pixels
    skip = max(min(pixels.shape[:2]) // (2 * _SIDE), 1)
    return pixels[::skip, ::skip]


def _icon(image: QImage | None) -> QIcon:
    """The middle square of a picture; an empty one while there is none, so that names do not move."""
    if image is None or image.isNull():
        empty = QPixmap(_SIDE, _SIDE)
        empty.fill(Qt.GlobalColor.transparent)
        return QIcon(empty)
    side = min(image.width(), image.height())
    square = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    return QIcon(QPixmap.fromImage(square))
