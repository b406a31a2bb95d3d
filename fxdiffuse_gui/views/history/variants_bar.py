"""`VariantsBar`: chooses how the variants differ and how many there are."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from fxdiffuse_gui.app.effect_text import effect_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE, icon

_SEEDS = "seeds"


class VariantsBar(QFrame):
    """Above the pictures. A choice stays as long as it can be shown."""

    FEWEST, MOST = 4, 6
    """Pictures of different seeds."""

    changed = Signal()
    """Other variants have been chosen."""
    redraw_requested = Signal()
    """Other seeds are to be drawn."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.six = QPushButton(tr("Six"))
        self.others = QPushButton(icon("dice"), tr("Others"))
        self.leave = QToolButton()
        self._shown: list[str] = []
        self.setAutoFillBackground(True)
        self.choice.setAccessibleName(tr("What the variants differ in"))
        self.choice.setToolTip(tr("Other seeds, or one effect weaker and stronger"))
        self.choice.currentIndexChanged.connect(self._on_choice)
        self.six.setCheckable(True)
        self.six.setToolTip(tr("Six pictures instead of four"))
        self.six.toggled.connect(self.changed)
        self.others.setToolTip(tr("Draw other seeds; the one in use stays"))
        self.others.clicked.connect(self.redraw_requested)
        self.leave.setIcon(icon("cross"))
        self.leave.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.leave.setToolTip(tr("Leave without choosing (Esc)"))
        self.leave.setAccessibleName(tr("Leave the variants"))
        self.leave.clicked.connect(self.closed)
        for button in (self.six, self.others, self.leave):
            theme.set_role(button, "flat")
        title = QLabel(tr("Variants"))
        theme.set_role(title, "title")
        hint = QLabel(tr("Click one to take it"))
        theme.set_role(hint, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_1, theme.SPACE_2, theme.SPACE_1)
        row.setSpacing(theme.SPACE_2)
        for widget in (title, self.choice, self.six, self.others):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(hint)
        row.addWidget(self.leave)

    @property
    def task(self) -> Task | None:
        """The effect that varies; None while the seeds vary."""
        chosen = self._shown[self.choice.currentIndex()] if self._shown else _SEEDS
        return None if chosen == _SEEDS else Task(chosen)

    @property
    def count(self) -> int:
        """How many pictures of different seeds to show."""
        return self.MOST if self.six.isChecked() else self.FEWEST

    def show_choices(self, with_seeds: bool, tasks: Sequence[Task]) -> bool:
        """Offers other seeds, if they make a difference, and `tasks`. False when there is nothing to
        offer."""
        kinds = ([_SEEDS] if with_seeds else []) + [task.value for task in tasks]
        if kinds != self._shown and kinds:
            before = self._shown[self.choice.currentIndex()] if self._shown else kinds[0]
            blocked = self.choice.blockSignals(True)
            self.choice.clear()
            for kind in kinds:
                self.choice.addItem(_name(kind))
            self._shown = kinds
            self.choice.setCurrentIndex(kinds.index(before) if before in kinds else 0)
            self.choice.blockSignals(blocked)
            self._show_buttons()
        return bool(kinds)

    def _on_choice(self) -> None:
        self._show_buttons()
        self.changed.emit()

    def _show_buttons(self) -> None:
        for button in (self.six, self.others):
            button.setVisible(self.task is None)


def _name(kind: str) -> str:
    if kind == _SEEDS:
        return tr("Other seeds")
    return tr("{effect}: weaker, stronger", effect=effect_name(Task(kind)))
