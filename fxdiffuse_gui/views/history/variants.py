"""`Variants`: opens and leaves the view of variants over the canvas."""

from PySide6.QtCore import QEvent, QObject, Signal

from fxdiffuse_gui.app.edit.variants import depends_on_seed, stepped_tasks
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.history.variants_view import VariantsView


class Variants(QObject):
    """The view exists only while it is open, so that its pictures are freed."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self.view: VariantsView | None = None
        session.photo_changed.connect(self.leave)
        canvas.navigation.zoom_changed.connect(self._on_zoom)
        canvas.installEventFilter(self)

    def open(self) -> None:
        """Shows the variants of the current settings, or says why there are none."""
        state = self._session.state
        chance = depends_on_seed(state) and not state.seed_locked
        if self._session.photo is None or self.view is not None:
            return
        if not chance and not stepped_tasks(state):
            unlock = tr("The seed is locked; unlock it to see what other seeds would give.")
            switch = tr("There is nothing to vary yet; switch an effect on first.")
            self.message.emit(unlock if depends_on_seed(state) else switch)
            return
        self.view = view = VariantsView(self._session, self._canvas.view, self._canvas)
        view.left.connect(self.leave)
        view.setGeometry(self._canvas.rect())
        view.show()
        # The canvas takes the focus whenever the pointer enters it.
        self._canvas.setFocusProxy(view)
        view.setFocus()

    def leave(self) -> bool:
        """Goes back to the canvas; False when the view is not open."""
        view, self.view = self.view, None
        if view is None:
            return False
        self._canvas.setFocusProxy(None)  # pyright: ignore[reportArgumentType]
        view.close_down()
        self._canvas.setFocus()
        return True

    def _on_zoom(self) -> None:
        if self.view is not None:
            self.view.look_at(self._canvas.view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the size of the canvas."""
        if event.type() is QEvent.Type.Resize and self.view is not None:
            self.view.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)
