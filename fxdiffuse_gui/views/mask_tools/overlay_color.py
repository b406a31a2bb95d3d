"""`OverlayColor`: the button that chooses the color of the mask's overlay and stores it."""

from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton

from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.views.mask_tools.brush import OVERLAY, Brush
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE

_COLORS = {
    tr_noop("Red"): OVERLAY,
    tr_noop("Orange"): QColor(255, 138, 0),
    tr_noop("Yellow"): QColor(255, 221, 0),
    tr_noop("Green"): QColor(30, 205, 90),
    tr_noop("Cyan"): QColor(0, 205, 230),
    tr_noop("Violet"): QColor(160, 90, 255),
    tr_noop("White"): QColor(255, 255, 255),
    tr_noop("Black"): QColor(0, 0, 0),
}
_KEY = "mask/overlay"
_MARGIN = 3


class OverlayColor(QToolButton):
    """A swatch; its menu has named colors and a dialog for any other."""

    def __init__(self, brush: Brush) -> None:
        super().__init__()
        self._brush = brush
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setToolTip(tr("Color of the mask's overlay"))
        self.setAccessibleName(tr("Color of the mask's overlay"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for name, color in _COLORS.items():
            action = menu.addAction(_swatch(color), tr(name))
            action.triggered.connect(lambda _=False, color=color: self.choose(color))
        menu.addSeparator()
        menu.addAction(tr("&Other…")).triggered.connect(self._ask)
        self.setMenu(menu)
        stored = QColor(str(QSettings().value(_KEY, OVERLAY.name())))
        # Another program may have written something else there.
        brush.set_overlay(stored if stored.isValid() else OVERLAY)
        brush.changed.connect(self._show)
        self._show()

    def choose(self, color: QColor) -> None:
        """Sets `color`, now and after a restart."""
        self._brush.set_overlay(color)
        QSettings().setValue(_KEY, color.name())

    def changeEvent(self, event: QEvent) -> None:
        """Draws the rim again in the colors of the window."""
        if theme.is_restyled(event):
            self._show()
        super().changeEvent(event)

    def _ask(self) -> None:
        color = QColorDialog.getColor(self._brush.overlay, self, tr("Color of the mask's overlay"))
        if color.isValid():
            self.choose(color)

    def _show(self) -> None:
        self.setIcon(_swatch(self._brush.overlay))


def _swatch(color: QColor) -> QIcon:
    """A disc, drawn at twice the size for screens with many pixels."""
    side = 2 * ICON_SIZE
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color)
    painter.setPen(QColor(theme.MUTED))
    inset = 2 * _MARGIN
    painter.drawEllipse(inset, inset, side - 2 * inset, side - 2 * inset)
    painter.end()
    picture.setDevicePixelRatio(2.0)
    return QIcon(picture)
