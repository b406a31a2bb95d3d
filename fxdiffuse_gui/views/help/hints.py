"""`Hints`: the first steps, one at a time, on the first start; later from the Help menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.effects.effect_panel import EffectPanel
from fxdiffuse_gui.views.help.hint_bubble import HintBubble

NEXT_MS = 1500
"""Delay between doing what a hint says and the next hint: the picture comes first."""


@dataclass(frozen=True, eq=False)
class _Hint:
    text: str
    target: QWidget
    is_done: Callable[[], bool]


class Hints(QObject):
    """They are not modal: everything works as without them."""

    def __init__(
        self, session: Session, canvas: Canvas, panel: EffectPanel, before: QWidget, settings: WindowSettings
    ) -> None:
        """before: the button that shows the original while it is held."""
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._panel = panel
        self._before = before
        self._settings = settings
        self._hints: list[_Hint] = []
        self._number = 0
        self._was_done = False
        self._has_compared = False
        self.bubble: HintBubble | None = None
        self._later = QTimer(self, singleShot=True, interval=NEXT_MS)
        self._later.timeout.connect(self.next)
        session.photo_changed.connect(self._on_photo)
        session.history.state_changed.connect(self._check)
        canvas.modes.compare_changed.connect(self._on_compare)
        canvas.installEventFilter(self)
        self._cards = panel.findChild(QScrollArea)
        if self._cards is not None:
            self._cards.verticalScrollBar().valueChanged.connect(self._place)
        self._is_pending = False

    def begin_first(self) -> None:
        """Shows the hints with the next photo, unless they were shown on this computer before."""
        self._is_pending = not self._settings.has_seen_hints

    def begin(self) -> None:
        """Shows the hints from the first."""
        self.end()
        cards = self._panel.cards
        session, grain = self._session, cards[Task.GRAIN]
        hints = [
            _Hint(
                tr("Drag a slider: the effect switches itself on, and the photo follows."),
                grain.slider or grain,
                lambda: bool(session.state.enabled),
            ),
            _Hint(
                tr("Take the brush and paint over something in the photo: it goes."),
                cards[Task.INPAINT],
                lambda: session.state.mask is not None,
            ),
            _Hint(
                tr("Drop a picture here, or click one of those below: the photo takes its colors."),
                cards[Task.COLOR],
                lambda: session.state.reference is not None,
            ),
            _Hint(
                tr("Hold the \\ key, or this button, to see the photo as it was."),
                self._before,
                lambda: self._has_compared,
            ),
        ]
        self._hints = [hint for hint in hints if hint.target.isVisible()]
        self._settings.set_has_seen_hints()
        if self._hints:
            self.bubble = HintBubble(self._canvas)
            self.bubble.next_requested.connect(self.next)
            self.bubble.closed.connect(self.end)
            self._number = 0
            self._show()

    def next(self) -> None:
        """Shows the next hint that was not followed yet; after the last, none."""
        self._number += 1
        while self._number < len(self._hints) and self._hints[self._number].is_done():
            self._number += 1
        if self._number < len(self._hints):
            self._show()
        else:
            self.end()

    def end(self) -> None:
        """Ends the hints."""
        self._later.stop()
        bubble, self.bubble = self.bubble, None
        self._hints = []
        if bubble is not None:
            focus = QApplication.focusWidget()
            had_keys = focus is not None and bubble.isAncestorOf(focus)
            bubble.hide()
            bubble.deleteLater()
            if had_keys:
                self._canvas.setFocus()

    def _show(self) -> None:
        if self.bubble is None:
            return
        self._later.stop()
        self._has_compared = False
        hint = self._hints[self._number]
        self._was_done = hint.is_done()
        self.bubble.show_hint(hint.text, self._number + 1, len(self._hints))
        # On a low screen the column holds more cards than it shows.
        if self._cards is not None and self._cards.isAncestorOf(hint.target):
            self._cards.ensureWidgetVisible(hint.target)
        self._place()

    def _place(self) -> None:
        if self.bubble is not None:
            self.bubble.point_at(self._hints[self._number].target)

    def _check(self) -> None:
        """Goes on once what the hint says has been done."""
        if self.bubble is not None and not self._was_done and self._hints[self._number].is_done():
            self._was_done = True
            self._later.start()

    def _on_compare(self, comparing: bool) -> None:
        self._has_compared = self._has_compared or comparing
        self._check()

    def _on_photo(self) -> None:
        if self._is_pending and self._session.photo is not None:
            self._is_pending = False
            self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the edge of the canvas."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
