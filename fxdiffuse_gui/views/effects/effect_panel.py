"""The effect panel: a column of cards built from the task table, and 'Reset all'."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task
from fxdiffuse_gui.views.effects.blur_direction import BlurDirection
from fxdiffuse_gui.views.effects.card_buttons import RerollGrainButton
from fxdiffuse_gui.views.effects.effect_card import EffectCard
from fxdiffuse_gui.views.effects.xy_panel import XYPanel
from fxdiffuse_gui.views.reference.reference_picker import ReferencePicker
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon


class EffectPanel(QWidget):
    """One card per task, in the order in which the effects compose. `cards` has them by task."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(tr("Effects"))
        self.reset_all = QPushButton(icon("reset"), tr("Reset all"))
        self.cards = {spec.task: EffectCard(session, spec.task) for spec in TASKS}
        self.xy_panel = XYPanel(session)
        self.reference_picker = ReferencePicker(session)
        self.blur_direction = BlurDirection(session)
        self.reroll_grain = RerollGrainButton(session)
        self.cards[Task.GRAIN].add_button(self.reroll_grain)
        self.cards[Task.COLOR].add_row(self.reference_picker)
        self.cards[Task.BLUR].add_row(self.blur_direction)
        self._hint = QLabel(tr("Paint over what should go."))
        theme.set_role(self._hint, "caption")
        self._hint.setWordWrap(True)
        self.cards[Task.INPAINT].add_row(self._hint)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header_row = self._header()
        layout.addLayout(self._header_row)
        layout.addWidget(self._scroll_area(), 1)
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def set_tools(self, tools: QWidget) -> None:
        """Puts the mask tools into the inpaint card."""
        self.cards[Task.INPAINT].add_row(tools)

    def set_presets(self, button: QWidget) -> None:
        """Puts a button next to the title."""
        self._header_row.insertWidget(1, button)

    def sizeHint(self) -> QSize:
        """Wide enough for every card; as tall as there is room."""
        return QSize(theme.PANEL_WIDTH, 720)

    def _header(self) -> QHBoxLayout:
        title = QLabel(tr("Effects"))
        theme.set_role(title, "heading")
        theme.set_role(self.reset_all, "flat")
        self.reset_all.setToolTip(tr("Switch every effect off and put every value back to its default"))
        self.reset_all.clicked.connect(self._session.settings.reset_all)
        header = QHBoxLayout()
        header.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_2, theme.SPACE_2)
        header.addWidget(title, 1)
        header.addWidget(self.reset_all)
        return header

    def _scroll_area(self) -> QScrollArea:
        column = CardColumn()
        column.add_card(self.xy_panel)
        for card in self.cards.values():
            column.add_card(card)
        column.verticalScrollBar().valueChanged.connect(self._disarm_wheels)
        return column

    def _disarm_wheels(self) -> None:
        for card in self.cards.values():
            card.disarm_wheel()
        self.blur_direction.disarm_wheel()

    def _show(self, state: EditState) -> None:
        untouched = all(card.is_untouched(state) for card in self.cards.values())
        untouched = untouched and state.reference is None
        self.reset_all.setEnabled(not untouched)
        self._hint.setVisible(state.mask is None)
        # Without a mask the effect does nothing; this says why.
        theme.set_role(self._hint, "wanted" if Task.INPAINT in state.enabled else "caption")


class CardColumn(QScrollArea):
    """Scrolls up and down, never sideways: it is as wide as the widest card needs in any language."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QWidget()
        theme.set_role(self._column, "column")
        self._rows = QVBoxLayout(self._column)
        self._rows.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_2, theme.SPACE_4)
        self._rows.setSpacing(6)
        self._rows.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._column)

    def add_card(self, card: QWidget) -> None:
        """Puts `card` below the others."""
        self._rows.insertWidget(self._rows.count() - 1, card)

    def minimumSizeHint(self) -> QSize:
        """At least the usual width of the panel; any height."""
        needed = self._column.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(theme.PANEL_WIDTH, needed), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Passes on that a card needs another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
