"""The key and the menu that show the photo without one effect."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from fxdiffuse_gui.app.effect_text import effect_name
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task
from fxdiffuse_gui.views.effects.effect_panel import EffectPanel


class BypassKey(QObject):
    """Bypasses an effect while A is held: that of the card under the pointer, else of the card with the
    keyboard focus."""

    def __init__(self, session: Session, panel: EffectPanel, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._panel = panel
        self._held = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handles A when nothing else in the window has used it. A release in another window is not
        reported."""
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_A:
                return not event.modifiers() and (event.isAutoRepeat() or self._press())
            case QEvent.Type.KeyRelease if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_A:
                if not event.isAutoRepeat():
                    self._release()
            case QEvent.Type.WindowDeactivate:
                self._release()
            case _:
                pass
        return False

    def _press(self) -> bool:
        focus = QApplication.focusWidget()
        cards = self._panel.cards.values()
        pointed = [card.task for card in cards if card.underMouse()]
        focused = [card.task for card in cards if focus is not None and card.isAncestorOf(focus)]
        for task in (pointed + focused)[:1]:
            self._held = True
            self._session.bypass.set(task)
        return self._held

    def _release(self) -> None:
        if self._held:
            self._held = False
            self._session.bypass.set(None)


def bypass_menu(session: Session, parent: QWidget) -> QMenu:
    """'Look without' an effect until it is unchecked; effects that do nothing are disabled."""
    menu = QMenu(tr("Look &without"), parent)
    group = QActionGroup(menu)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    actions = {spec.task: QAction(effect_name(spec.task), group, checkable=True) for spec in TASKS}
    menu.addActions(list(actions.values()))

    def choose(action: QAction) -> None:
        chosen = next(task for task, one in actions.items() if one is action)
        session.bypass.set(chosen if action.isChecked() else None)

    def show_bypassed(bypassed: Task | None) -> None:
        for task, action in actions.items():
            action.setChecked(task is bypassed)

    def show_state(state: EditState) -> None:
        for task, action in actions.items():
            action.setEnabled(task in state.active_tasks)

    group.triggered.connect(choose)
    session.bypass.changed.connect(show_bypassed)
    session.history.state_changed.connect(show_state)
    show_state(session.state)
    return menu
