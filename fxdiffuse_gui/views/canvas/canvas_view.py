"""`CanvasView`: shows the photo and its edit at any zoom. What is painted over it, `Canvas` adds."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import pixmap

_EMPTY_ICON = 40
SETTLE_MS = 120
"""The session hears of a move once it has rested this long."""


class CanvasView(QWidget):
    """Zooms, compares with the original, and tells the session what is visible."""

    zoom_changed = Signal(float)
    """Screen pixels per photo pixel."""
    compare_changed = Signal(bool)
    """Whether the original is shown instead of the edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ViewTransform()
        self._session = session
        self._layers = CanvasLayers()
        self._comparing = False
        self._is_drop_target = False
        self._pointer: QPointF | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._report_view)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 180)
        self.setAccessibleName(tr("Photo"))
        self.setAccessibleDescription(tr("The edited photo. Hold the backslash key to see the original."))
        session.photo_changed.connect(self._on_photo)
        session.preview.preview_changed.connect(self._on_result)

    def sizeHint(self) -> QSize:
        """A canvas wants room."""
        return QSize(960, 720)

    def fit(self) -> None:
        """Shows the whole photo."""
        self.view.fit()
        self._moved()

    def zoom_to(self, zoom: float) -> None:
        """Sets the zoom, 1.0 for 1:1, around the pointer if it is on the canvas, else the center."""
        self.view.zoom_to(zoom, self._anchor())
        self._moved()

    def zoom_in(self) -> None:
        """To the next larger stop."""
        self.view.step(1, self._anchor())
        self._moved()

    def zoom_out(self) -> None:
        """To the next smaller stop."""
        self.view.step(-1, self._anchor())
        self._moved()

    def set_comparing(self, comparing: bool) -> None:
        """Shows the original while True."""
        if comparing != self._comparing:
            self._comparing = comparing
            self.compare_changed.emit(comparing)
            self.update()

    def show_drop_target(self, shown: bool) -> None:
        """Frames the canvas while something that can be opened is held over it."""
        self._is_drop_target = shown
        self.update()

    def paint_picture(self, painter: QPainter, area: QRect) -> None:
        """Called to paint the picture, of which `area` is needed."""
        del area
        self._layers.draw(painter, self.view, original=self._comparing)

    def paint_over(self, painter: QPainter) -> None:
        """Called after the picture has been painted."""

    # --- what the session tells ---------------------------------------------------------------------

    def _on_photo(self) -> None:
        photo = self._session.photo
        self._layers.set_levels(self._session.levels)
        if photo is not None:
            self.view.set_photo(photo.width, photo.height)
        self._moved()

    def _on_result(self, result: Result | None) -> None:
        self._layers.set_result(result)
        self.update()

    # --- where the photo lies -----------------------------------------------------------------------

    def _anchor(self) -> tuple[float, float] | None:
        return None if self._pointer is None else (self._pointer.x(), self._pointer.y())

    def _moved(self) -> None:
        self._settled.start()
        self.zoom_changed.emit(self.view.zoom)
        self.update()

    def _report_view(self) -> None:
        visible = self.view.visible()
        if visible is not None:
            pointer = self._pointer
            focus = None if pointer is None else self.view.to_photo(pointer.x(), pointer.y())
            self._session.preview.set_view(visible, self.view.zoom, focus)

    def _measure(self) -> None:
        self.view.set_view(self.width(), self.height(), self.devicePixelRatioF())
        self._moved()

    # --- events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the part of the picture that `event` asks for, and what lies over it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.CANVAS))
        if self._session.photo is None:
            painter.setPen(QColor(theme.MUTED))
            text = tr("Drop a photo here, or open one with Ctrl+O")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            drawn = pixmap("image", theme.MUTED, _EMPTY_ICON, self.devicePixelRatioF())
            middle = self.rect().center()
            painter.drawPixmap(middle.x() - _EMPTY_ICON // 2, middle.y() - 2 * _EMPTY_ICON, drawn)
        else:
            self.paint_picture(painter, event.rect())
            self.paint_over(painter)
        if self._is_drop_target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ACCENT), 4))
            painter.drawRect(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the fit or the center."""
        self._measure()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._measure()
        super().changeEvent(event)
