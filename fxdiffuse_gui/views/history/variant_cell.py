"""`VariantCell`: one of the pictures side by side; a click chooses it."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.style import theme

_PLATE_ALPHA = 225


class VariantCell(QAbstractButton):
    """Shows the photo until its own picture has come, part by part. All cells share one `view`: they move and
    zoom together."""

    panned = Signal(QPointF)
    """How far, in the widget's pixels."""
    zoomed = Signal(float, QPointF)
    """Turns of the wheel, and where."""

    def __init__(self, view: ViewTransform, levels: tuple[QImage, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._layers = CanvasLayers()
        self._layers.set_levels(levels)
        self._pressed_at: QPointF | None = None
        self._is_panning = False
        self._is_in_use = False
        self._note = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def has_picture(self) -> bool:
        """Whether any part of its picture has come."""
        return self._layers.has_result

    def set_caption(self, text: str, *, in_use: bool) -> None:
        """Sets the caption. The picture of another caption is dropped."""
        if text != self.text():
            self._layers.set_result(None)
        self._is_in_use = in_use
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tr("In use now") if in_use else tr("Click to take it · drag to move · wheel to zoom"))
        self.update()

    def forget(self) -> None:
        """Drops its picture, which is out of date."""
        self._layers.set_result(None)
        self.update()

    def begin(self) -> None:
        """Shows that its picture has been requested."""
        self._set_note(tr("waiting"))

    def show_part(self, result: Result) -> None:
        """Adds a part of its picture."""
        self._layers.set_result(result)
        done = tr("{number} of {of}", number=result.number, of=result.of)
        self._set_note("" if result.final else done)

    def end(self, problem: str = "") -> None:
        """Its picture is complete, or will not come because of `problem`."""
        self._set_note(problem)

    def release(self) -> None:
        """Frees its pictures at once, without waiting for Python."""
        self._layers.set_levels(())

    def _set_note(self, note: str) -> None:
        self._note = note
        self.setAccessibleDescription(note)
        self.update()

    # --- events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, its caption, and a frame when it is in use, under the pointer or has the focus."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.CANVAS))
        self._layers.draw(painter, self._view, original=False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.hasFocus() or self.underMouse()
        if marked or self._is_in_use:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            color = QColor(theme.ACCENT if marked else theme.MUTED)
            painter.setPen(QPen(color, 3.0 if self.isDown() else 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        self._draw_caption(painter)

    def _draw_caption(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        parts = [self.text(), tr("in use") if self._is_in_use else "", self._note]
        room = self.width() - 4 * theme.SPACE_2
        text = metrics.elidedText(" · ".join(filter(None, parts)), Qt.TextElideMode.ElideRight, room)
        height = metrics.height() + theme.SPACE_1
        width = metrics.horizontalAdvance(text) + 2 * theme.SPACE_2
        box = QRectF(theme.SPACE_2, self.height() - height - theme.SPACE_2, width, height)
        plate = QColor(theme.WINDOW)
        plate.setAlpha(_PLATE_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click or a drag."""
        self._pressed_at, self._is_panning = event.position(), False
        super().mousePressEvent(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag is not a click any more."""
        if self._pressed_at is None:
            return
        way = event.position() - self._pressed_at
        if self._is_panning or way.manhattanLength() >= QApplication.startDragDistance():
            self._is_panning = True
            self.setDown(False)
            self._pressed_at = event.position()
            self.panned.emit(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chooses, unless it was a drag."""
        self._pressed_at = None
        if self._is_panning:
            self._is_panning = False
        else:
            super().mouseReleaseEvent(event)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms all cells to the pointer."""
        if event.angleDelta().y():
            self.zoomed.emit(event.angleDelta().y() / 120, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
