"""The seed: typed, copied, locked, drawn again."""

from PySide6.QtCore import QRegularExpression, QSize, Qt
from PySide6.QtGui import QFocusEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE, icon


class SeedBar(QWidget):
    """Grain, fill and the automatic blur direction depend on the seed: the same seed gives the same
    picture."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.field = SeedField()
        self.lock = _button("unlock", "", checkable=True)
        self.reroll = _button("dice", tr("Another grain, same photo"))
        self.variants = _button("variants", tr("Variants: several seeds or intensities side by side"))
        self.variants.setAccessibleName(tr("Variants side by side"))
        self.field.editingFinished.connect(self._typed)
        self.lock.clicked.connect(session.settings.set_seed_locked)
        self.reroll.clicked.connect(session.settings.reroll_seed)
        self.reroll.setAccessibleName(tr("Draw another seed"))
        self.lock.setAccessibleName(tr("Keep the seed"))

        caption = QLabel(tr("Seed"))
        theme.set_role(caption, "caption")
        caption.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        row.setSpacing(theme.SPACE_1)
        row.addWidget(caption)
        row.addSpacing(theme.SPACE_1)
        row.addWidget(self.field, 1)
        row.addWidget(self.lock)
        row.addWidget(self.reroll)
        row.addWidget(self.variants)
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def _typed(self) -> None:
        """Sets what was typed; an empty field or a number too large goes back to the seed in use."""
        text = self.field.text()
        # Tabbing through is not typing, and would reset a separate grain seed.
        is_typed = self.field.is_being_typed or text != str(self._session.state.seed)
        if is_typed and text and int(text) <= MAX_SEED and not self._session.state.seed_locked:
            self._session.settings.set_seed(int(text))
        self._show(self._session.state)
        self.field.setModified(False)

    def _show(self, state: EditState) -> None:
        if self.field.text() != str(state.seed):
            self.field.setText(str(state.seed))
            self.field.setCursorPosition(0)
        self.field.show_grain_seed(state.grain_seed)
        locked = state.seed_locked
        self.field.setReadOnly(locked)
        self.reroll.setEnabled(not locked)
        self.lock.setChecked(locked)
        self.lock.setIcon(icon("lock" if locked else "unlock"))
        locked_tip, free_tip = (
            tr("Kept; click to let it change"),
            tr("Keep this seed, also for the next photo"),
        )
        self.lock.setToolTip(locked_tip if locked else free_tip)


class SeedField(QLineEdit):
    """Takes whole numbers; selects all on focus, ready to copy or to type over."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,19}"), self))
        self.setFont(theme.tabular(self.font()))
        self.setMinimumWidth(72)
        self.setAccessibleName(tr("Seed"))
        self.show_grain_seed(None)

    def show_grain_seed(self, seed: int | None) -> None:
        """Explains what the seed decides: not the grain, if that has its own `seed`."""
        tip = tr("The same seed gives the same grain, fill and automatic direction again")
        if seed is not None:
            tip = tr(
                "The same seed gives the same fill and automatic direction again; grain has its own, {seed}",
                seed=seed,
            )
        self.setToolTip(tip)

    @property
    def is_being_typed(self) -> bool:
        """Whether there is typing that has not been taken yet."""
        return self.isModified()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Selects the number; with the mouse, once the press is over."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Selects the number."""
        self.selectAll()


def _button(name: str, tip: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setToolTip(tip)
    button.setCheckable(checkable)
    theme.set_role(button, "flat")
    return button
