"""Buttons on the cards of effects: see the photo without the effect, draw another grain."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from fxdiffuse_gui.app.effect_text import effect_within
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon


class BypassButton(QToolButton):
    """The eye: while it is pressed, the photo is shown without the effect. Visible while the effect is
    active."""

    def __init__(self, session: Session, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task = task
        effect = effect_within(task)
        self.setIcon(icon("eye"))
        self.setToolTip(tr("Hold to see the photo without {effect} (or hold A over the card)", effect=effect))
        self.setAccessibleName(tr("See the photo without {effect}", effect=effect))
        theme.set_role(self, "flat")
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.pressed.connect(self._begin_bypass)
        self.released.connect(self._end_bypass)
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def _begin_bypass(self) -> None:
        self._session.bypass.set(self._task)

    def _end_bypass(self) -> None:
        self._session.bypass.set(None)

    def _show(self, state: EditState) -> None:
        self.setVisible(self._task in state.active_tasks)


class RerollGrainButton(QToolButton):
    """The die on the card of grain: draws other grain; fills and blur stay. `command` is the same for a
    menu."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.command = QAction(tr("An&other grain"), self)
        self.command.triggered.connect(session.settings.reroll_grain)
        self.setIcon(icon("dice"))
        self.setToolTip(tr("Another grain; fills and blur stay"))
        self.setAccessibleName(tr("Another grain"))
        theme.set_role(self, "flat")
        # At the usual width, its card would make the panel wider.
        theme.set_flag(self, "narrow", True)
        self.clicked.connect(self.command.trigger)
        self.command.enabledChanged.connect(self.setEnabled)
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def _show(self, state: EditState) -> None:
        self.command.setEnabled(Task.GRAIN in state.enabled)
