"""The reference of the color transfer: drop it, choose it, or take one of the last; its palette is shown."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QGridLayout, QLabel, QMenu, QVBoxLayout, QWidget

from fxdiffuse_gui.app.qimage import from_qimage, to_qimage, to_samples
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import EditState, Reference
from fxdiffuse_gui.app.words import tr
from fxdiffuse_gui.engine.condition import FloatImage, image_hash
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.photo.sniff import PHOTO_SUFFIXES
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.drop_zone import DropZone
from fxdiffuse_gui.views.palette_strip import PaletteStrip, main_colors
from fxdiffuse_gui.views.reference_library import RecentReferences, Thumbnails, sample_references

_COLUMNS = 6
_SIDE = 40
_SHOWN = 2 * _COLUMNS
_PREVIEW_SIDE = 640
_PICTURES = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))


class ReferencePicker(QWidget):
    """Asks the session for references and shows the one it has; remembers those that came from files."""

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._recent = RecentReferences(settings)
        self._thumbnails = Thumbnails(2 * _SIDE, self)
        self._thumbnails.ready.connect(self._show_thumbnail)
        self._shown: Reference | None = None
        self.zone = DropZone()
        self.palette_strip = PaletteStrip()
        self.error = QLabel()
        self.tiles: list[_Tile] = []
        self._grid = QGridLayout()
        self._build()
        session.state_changed.connect(self._show)
        session.reference_failed.connect(self._show_error)
        self._fill_grid()
        self._show(session.state)

    def load(self, path: Path) -> None:
        """Asks for the picture at `path`; what goes wrong is told below the zone."""
        self.error.hide()
        self._session.load_reference(path)

    def _build(self) -> None:
        self.zone.dropped.connect(self.load)
        self.zone.dropped_image.connect(self._take_image)
        self.zone.chosen.connect(self._choose)
        self.zone.cleared.connect(lambda: self._session.set_reference(None))
        theme.set_role(self.error, "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.palette_strip.hide()
        self._grid.setSpacing(theme.SPACE_1)
        self._grid.setContentsMargins(0, theme.SPACE_1, 0, 0)
        self._grid.setColumnStretch(_COLUMNS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_1)
        for widget in (self.zone, self.palette_strip, self.error):
            column.addWidget(widget)
        column.addLayout(self._grid)

    # --- choosing ---------------------------------------------------------------------------------

    def _choose(self) -> None:
        kinds = f"{tr('Pictures')} ({_PICTURES});;{tr('All files')} (*)"
        brief = QFileDialog.Option.HideNameFilterDetails
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a reference picture"), "", kinds, "", brief)
        if name:
            self.load(Path(name))

    def _take_image(self, image: QImage) -> None:
        samples, _ = from_qimage(image)
        pixels = samples.astype(np.float32) / np.float32(255)
        self._session.set_reference(Reference(tr("Dropped picture"), None, pixels, image_hash(pixels) or ""))

    def _forget(self, path: Path) -> None:
        self._recent.remove(path)
        self._fill_grid()

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, state: EditState) -> None:
        self.zone.show_off(Task.COLOR not in state.enabled)
        reference = state.reference
        if reference is self._shown:
            return
        self._shown = reference
        self.error.hide()
        self.palette_strip.setVisible(reference is not None)
        if reference is None:
            self.zone.show_picture(None, "")
        else:
            small = _shrunk(reference.pixels)
            self.zone.show_picture(to_qimage(to_samples(small)), reference.name)
            self.palette_strip.show_colors(main_colors(small))
            if reference.path is not None:
                self._recent.add(reference.path)
        self._fill_grid()

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()

    def _fill_grid(self) -> None:
        recent = self._recent.paths
        offered = [*recent, *(path for path in sample_references() if path not in recent)][:_SHOWN]
        current = None if self._shown is None or self._shown.path is None else self._shown.path.absolute()
        if [tile.path for tile in self.tiles] != offered:
            for tile in self.tiles:
                self._grid.removeWidget(tile)
                tile.deleteLater()
            self.tiles = [_Tile(path, removable=path in recent) for path in offered]
            for index, tile in enumerate(self.tiles):
                tile.clicked.connect(lambda _=False, path=tile.path: self.load(path))
                tile.forgotten.connect(self._forget)
                tile.show_picture(self._thumbnails.request(tile.path))
                self._grid.addWidget(tile, index // _COLUMNS, index % _COLUMNS)
        for tile in self.tiles:
            tile.show_current(tile.path == current)

    def _show_thumbnail(self, path: Path, image: QImage) -> None:
        for tile in self.tiles:
            if tile.path == path:
                tile.show_picture(image)


class _Tile(QAbstractButton):
    """A thumbnail that can be clicked; the current reference has a frame in the accent."""

    forgotten = Signal(object)

    def __init__(self, path: Path, *, removable: bool) -> None:
        super().__init__()
        self.path = path
        self._removable = removable
        self._picture: QImage | None = None
        self._current = False
        self.setFixedSize(_SIDE, _SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(path.name if removable else tr("{name} (sample)").format(name=path.name))
        self.setAccessibleName(tr("Use {name} as reference").format(name=path.name))

    def show_picture(self, picture: QImage | None) -> None:
        """Shows the thumbnail, or an empty tile while there is none."""
        self._picture = picture
        self.update()

    def show_current(self, current: bool) -> None:
        """Marks the reference in use."""
        self._current = current
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers to forget a picture that was used."""
        if self._removable:
            menu = QMenu(self)
            forget = QAction(tr("Remove from this list"), menu)
            forget.triggered.connect(lambda: self.forgotten.emit(self.path))
            menu.addAction(forget)
            menu.exec(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the middle square of the picture with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, theme.SPACE_1, theme.SPACE_1)
        painter.fillPath(outline, QColor(theme.FIELD))
        if self._picture is not None and not self._picture.isNull():
            painter.save()
            painter.setClipPath(outline)
            side = min(self._picture.width(), self._picture.height())
            part = QRectF(0, 0, side, side)
            part.moveCenter(QPointF(self._picture.width() / 2, self._picture.height() / 2))
            painter.drawImage(frame, self._picture, part)
            painter.restore()
        marked = self._current or self.hasFocus()
        painter.setPen(QPen(QColor(theme.ACCENT if marked else theme.LINE), 2 if marked else 1))
        if self.underMouse() and not marked:
            painter.setPen(QPen(QColor(theme.TEXT), 1))
        painter.drawPath(outline)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE, _SIDE)


def _shrunk(pixels: FloatImage) -> FloatImage:
    """A copy small enough to show and to look for colors in."""
    import cv2

    # Rows and columns are left out first: averaging all of a large picture takes a tenth of a second.
    skip = max(max(pixels.shape[:2]) // (2 * _PREVIEW_SIDE), 1)
    pixels = pixels[::skip, ::skip]
    scale = _PREVIEW_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(pixels)
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
