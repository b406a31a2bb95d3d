"""`PresetMenuThumbnails`: the small pictures in the menu of presets."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu

from fxdiffuse_gui.app.render.preset_thumbnails import SIDE
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.views.style import theme


class PresetMenuThumbnails(QObject):
    """Shows next to each preset what it would make of the photo, as soon as that is drawn, and says that the
    pictures are approximations."""

    def __init__(self, session: Session, menu: QMenu) -> None:
        super().__init__(menu)
        self._session = session
        self._menu = menu
        self._shown: list[tuple[Preset, QAction]] = []
        session.preset_thumbnails.drawn.connect(self._on_drawn)
        menu.aboutToHide.connect(session.preset_thumbnails.stop)

    def show(self, presets: Sequence[Preset], actions: Sequence[QAction]) -> None:
        """Shows the pictures of `presets` next to `actions`, one for each. Without a photo there are none."""
        if self._session.photo is None or not actions:
            self._menu.setStyleSheet("")
            self._shown = []
            return
        self._menu.setStyleSheet(f"QMenu {{ icon-size: {SIDE}px; }}")
        self._shown = list(zip(presets, actions, strict=True))
        ratio = self._menu.devicePixelRatioF()
        known = self._session.preset_thumbnails.request(presets, self._session.state, ratio)
        for place, action in enumerate(actions):
            action.setIcon(QIcon(QPixmap.fromImage(known[place]) if place in known else _empty(ratio)))
        note = QAction(tr("Roughly, without the model; in the corner at 100 %"), self._menu)
        note.setEnabled(False)
        self._menu.insertAction(actions[0], note)

    def _on_drawn(self, preset: Preset, image: QImage) -> None:
        for shown, action in self._shown:
            if shown is preset:
                action.setIcon(QIcon(QPixmap.fromImage(image)))


def _empty(ratio: float) -> QPixmap:
    """A placeholder: the menu keeps its size while pictures come."""
    plate = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    plate.setDevicePixelRatio(ratio)
    plate.fill(QColor(theme.FIELD))
    return plate
