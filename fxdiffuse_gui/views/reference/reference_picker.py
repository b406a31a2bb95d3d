"""The reference of the color transfer: dropped, chosen, or one of the last; its palette is shown."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.files.qimage import from_qimage, to_qimage, to_samples
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage, image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.reference.palette_strip import PaletteStrip, main_colors
from fxdiffuse_gui.views.reference.reference_library import Entry, RecentReferences, Thumbnails
from fxdiffuse_gui.views.reference.reference_menu import ReferenceMenu
from fxdiffuse_gui.views.reference.reference_tile import SIDE, ReferenceTile
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.drop_zone import DropZone
from fxdiffuse_gui.views.widgets.questions import any_kind, ask_photo, photo_kind

_COLUMNS = 6
_SHOWN = 2 * _COLUMNS - 1
"""The last cell is for the button of other photos."""
_PREVIEW_SIDE = 640


class ReferencePicker(QWidget):
    """Shows and sets the reference of the session; stores the paths of those that came from files."""

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._recent = RecentReferences(settings)
        self._thumbnails = Thumbnails(2 * SIDE, self)
        self._thumbnails.ready.connect(self._show_thumbnail)
        self._shown: Reference | None = None
        self.zone = DropZone()
        self.palette_strip = PaletteStrip()
        self.error = QLabel()
        self.tiles: list[ReferenceTile] = []
        self.others = QToolButton()
        self.menu = ReferenceMenu(session, self)
        self._grid = QGridLayout()
        self._build()
        session.history.state_changed.connect(self._show)
        session.files.reference_failed.connect(self._show_error)
        # An error of the previous photo does not concern this one.
        session.photo_changed.connect(self.error.hide)
        self._fill_grid()
        self._show(session.state)

    def load(self, path: Path) -> None:
        """Has the picture at `path` read; errors show below the zone."""
        self.error.hide()
        self._session.files.load_reference(path)

    def _build(self) -> None:
        self.zone.dropped.connect(self.load)
        self.zone.dropped_image.connect(self._use_image)
        self.zone.chosen.connect(self._choose)
        self.zone.cleared.connect(lambda: self._session.settings.set_reference(None))
        theme.set_role(self.error, "error")
        self.error.setWordWrap(True)
        self.error.setTextFormat(Qt.TextFormat.PlainText)
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
        self.others.setIcon(icon("open"))
        self.others.setFixedSize(SIDE, SIDE)
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.others.setMenu(self.menu)
        self.others.setToolTip(tr("Use another photo: one opened last, or a reference of this project"))
        self.others.setAccessibleName(tr("Use another photo as reference"))
        self.menu.photo_chosen.connect(self.load)
        self.menu.reference_chosen.connect(self._session.settings.set_reference)

    # --- choosing ---------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = ask_photo(self, tr("Choose a reference picture"), "", _kinds())
        if path is not None:
            self.load(path)

    def _use_image(self, image: QImage) -> None:
        samples, _ = from_qimage(image)
        pixels = as_float(samples)
        self._session.settings.set_reference(
            Reference(tr("Dropped picture"), None, pixels, image_hash(pixels) or "")
        )

    def _use(self, entry: Entry) -> None:
        if entry.path.is_file():
            self.load(entry.path)
            return
        self._show_error(
            tr(
                "{name} is no longer in {folder}; right-click it to look for it or to remove it.",
                name=entry.path.name,
                folder=entry.path.parent,
            )
        )
        self._fill_grid()

    def _search(self, path: Path) -> None:
        found = ask_photo(self, tr("Where is {name}?", name=path.name), str(path.parent), _kinds())
        if found is not None:
            self._recent.replace(path, found)
            self._fill_grid()
            self.load(found)

    def _set_favorite(self, path: Path, favorite: bool) -> None:
        self._recent.set_favorite(path, favorite)
        self._fill_grid()

    def _remove(self, path: Path) -> None:
        self._recent.remove(path)
        self._fill_grid()

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, state: EditState) -> None:
        self.zone.show_off(Task.COLOR not in state.enabled)
        reference = state.reference
        self.zone.show_wanted(Task.COLOR in state.enabled and reference is None)
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
        offered = self._recent.entries(_SHOWN)
        current = None if self._shown is None or self._shown.path is None else self._shown.path.absolute()
        if [tile.entry for tile in self.tiles] != offered:
            for tile in self.tiles:
                self._grid.removeWidget(tile)
                tile.deleteLater()
            self.tiles = [ReferenceTile(entry) for entry in offered]
            for index, tile in enumerate(self.tiles):
                tile.clicked.connect(lambda _=False, entry=tile.entry: self._use(entry))
                tile.removed.connect(self._remove)
                tile.starred.connect(self._set_favorite)
                tile.searched.connect(self._search)
                if not tile.entry.missing:
                    tile.show_picture(self._thumbnails.request(tile.path))
                self._grid.addWidget(tile, index // _COLUMNS, index % _COLUMNS)
            self._grid.addWidget(self.others, len(offered) // _COLUMNS, len(offered) % _COLUMNS)
        for tile in self.tiles:
            tile.show_current(tile.path == current)

    def _show_thumbnail(self, path: Path, image: QImage) -> None:
        for tile in self.tiles:
            if tile.path == path:
                tile.show_picture(image)


def _kinds() -> tuple[str, ...]:
    return photo_kind(tr("Pictures")), any_kind()


def _shrunk(pixels: FloatImage) -> FloatImage:
    """A copy small enough to show and to find the main colors in."""
    import cv2

    # Rows and columns are left out first: averaging all of a large picture takes a tenth of a second.
    skip = max(max(pixels.shape[:2]) // (2 * _PREVIEW_SIDE), 1)
    pixels = pixels[::skip, ::skip]
    scale = _PREVIEW_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(pixels)
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
