"""`Canvas`: shows the photo and its edit at any zoom, and lets the mask be painted."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.views.canvas.canvas_keys import CanvasKeys
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.loupe import Loupe
from fxdiffuse_gui.views.canvas.mask_editor import MaskEditor
from fxdiffuse_gui.views.canvas.mask_overlay import BrushRing
from fxdiffuse_gui.views.canvas.navigation import Navigation
from fxdiffuse_gui.views.canvas.overlays import Frame, Invitation, LoupeLens, SplitLine
from fxdiffuse_gui.views.canvas.picture import Picture
from fxdiffuse_gui.views.canvas.pointer import Pointer
from fxdiffuse_gui.views.canvas.view_modes import ViewModes
from fxdiffuse_gui.views.canvas.view_transform import CanvasState, ViewTransform
from fxdiffuse_gui.views.mask_tools.brush import Brush
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.value_box import TypedField

_TAB, _BACKTAB = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason


class Canvas(QWidget):
    """Wheel zooms to the pointer; middle-drag, space-drag and the move tool pan; the mask tools paint.

    It has overlays, painted from the bottom up, and passes the pointer to its tools. `navigation` zooms,
    `modes` compare, split and magnify.
    """

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state = CanvasState()
        self.split = CompareSplit()
        self.loupe = Loupe()
        self.picture = Picture(self.split, self._state)
        self.navigation = Navigation(session, self._state, self.loupe, self)
        self.modes = ViewModes(self.split, self.loupe, self.picture, self._state, self)
        self._mask = MaskEditor(session, brush, self._state, self.update)
        self._pointer = Pointer(
            self,
            brush,
            self.split,
            self._mask,
            self._state,
            panned=self.navigation.pan,
            moved=self._on_pointer,
        )
        self._keys = CanvasKeys(
            self._mask.shape,
            hold_space=self.set_space_held,
            hold_backslash=self.modes.set_comparing,
            hold_z=self.modes.set_loupe,
        )
        ring = BrushRing(brush, self._state, self._hides_ring)
        lens = LoupeLens(self.loupe, self.picture, self._state)
        line = SplitLine(self.split, self._state)
        self._focus_frame, self._drop_frame = Frame(self, width=2, inset=1), Frame(self, width=4, inset=0)
        self._invitation = Invitation(self)
        self._overlays = (self.picture, self._mask.overlay, ring, line, lens, self._focus_frame)
        self._pointer.set_followers((ring, lens))
        self.modes.loupe_changed.connect(self.navigation.schedule_report)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photo"))
        self.setAccessibleDescription(tr("The edited photo. Hold the backslash key to see the original."))
        session.photo_changed.connect(self._on_photo)
        session.preview.preview_changed.connect(self._on_result)
        session.history.state_changed.connect(self._on_state)
        brush.changed.connect(self._on_brush)

    @property
    def view(self) -> ViewTransform:
        """Where the photo lies."""
        return self._state.view

    def sizeHint(self) -> QSize:
        """Large."""
        return QSize(960, 720)

    def set_space_held(self, held: bool) -> None:
        """While True, dragging pans whatever the tool."""
        self._pointer.hold_space(held)

    def show_drop_target(self, shown: bool) -> None:
        """Frames the canvas while something that can be opened is held over it."""
        self._drop_frame.is_on = shown
        self.update()

    def drop_stroke(self) -> bool:
        """Takes back the stroke or outline that is being drawn; False when there is none."""
        dropped = self._mask.cancel()
        if dropped:
            self.update()
        return dropped

    def _hides_ring(self) -> bool:
        return self._pointer.pans or self.loupe.is_on or self._pointer.is_on_split

    # --- reacting -----------------------------------------------------------------------------------

    def _on_photo(self) -> None:
        photo = self._session.photo
        if photo is not None:
            self._mask.begin(photo)
        self.picture.set_photo(photo, self._session.levels)
        if photo is not None:
            self.view.set_photo(photo.width, photo.height)
        self.navigation.moved()

    def _on_state(self, state: EditState) -> None:
        if self._mask.overlay.show_mask(state.mask):
            self.update()

    def _on_result(self, result: Result | None) -> None:
        # A proxy preview shows nothing of the fill.
        if result is None or not result.proxy_preview:
            self._mask.overlay.show_filled(result is not None)
        self.picture.layers.set_result(result)
        self.update()

    def _on_brush(self) -> None:
        self._mask.follow_brush()
        self.update()
        self._pointer.show_cursor()

    def _on_pointer(self) -> None:
        if self.loupe.is_on:
            self.navigation.schedule_report()

    # --- events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the part of the picture that `event` asks for, and what lies over it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.CANVAS))
        shown = (self._invitation,) if self._session.photo is None else self._overlays
        for overlay in (*shown, self._drop_frame):
            overlay.paint(painter, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the fit or the center."""
        self.navigation.set_size(self.width(), self.height(), self.devicePixelRatioF())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have another pixel ratio."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.navigation.set_size(self.width(), self.height(), self.devicePixelRatioF())
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to pan, to paint or to outline."""
        if self._session.photo is not None:
            self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continues that, and moves the brush ring."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends it."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Closes the polygon; else it is a press like any other."""
        if self._session.photo is not None:
            self._pointer.double_click(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen paints with its pressure, and erases with its other end. All else it does as a mouse: Qt
        makes a mouse event of what is ignored here."""
        event.setAccepted(self._pointer.pen(event, has_photo=self._session.photo is not None))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms to the pointer."""
        turns = event.angleDelta().y() / 120
        if turns and self._session.photo is not None and not self._mask.stroke.is_active:
            self.navigation.turn_wheel(turns, event.position())
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Takes the keyboard focus, unless something is being typed."""
        field = QApplication.focusWidget()
        # A number that was typed and taken, by Return, does not keep the focus.
        is_done = isinstance(field, TypedField) and not field.is_being_typed
        if is_done or not isinstance(field, QLineEdit | QAbstractSpinBox):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hides the brush ring."""
        self._pointer.move_to(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, backslash and Z while they are held; Enter and Backspace for the outline."""
        if self._keys.change_outline(event):
            self.update()
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space, backslash and Z are released."""
        if not self._keys.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows a frame when Tab has brought the focus; with the mouse on the photo it needs none."""
        super().focusInEvent(event)
        self._focus_frame.is_on = event.reason() in (_TAB, _BACKTAB)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key released elsewhere is not reported here, so none counts as held."""
        self._keys.release_all()
        self._focus_frame.is_on = False
        self.update()
        super().focusOutEvent(event)
