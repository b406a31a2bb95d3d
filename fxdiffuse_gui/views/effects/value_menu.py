"""`ValueMenu`: the named values of one effect, to set with one click; and its button on the card."""

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from fxdiffuse_gui.app.effect_text import effect_name, effect_within
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.value_presets import NamedValue, ValuePresets, bundled_values
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.questions import agrees

_BUTTON_WIDTH = 20


class ValueMenu(QMenu):
    """Filled each time it is opened. Choosing a value sets it and switches the effect on: one step of
    the history."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(
        self,
        session: Session,
        task: Task,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._task = task
        self._spec = SPECS[task]
        self._own = ValuePresets(task, settings)
        self._dialog_parent = parent
        self.message.connect(session.message)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        own = self._own.values
        self._list(self, bundled_values(self._task), self._set, checkable=True)
        self.addSeparator()
        if own:
            self._list(self, own, self._set, checkable=True)
            self.addSeparator()
        self.addAction(tr("&Save this value…")).triggered.connect(self._save)
        for title, action in ((tr("Re&name"), self._rename), (tr("&Remove"), self._remove)):
            submenu = self.addMenu(title)
            submenu.setEnabled(bool(own))
            self._list(submenu, own, action)

    def _list(
        self,
        menu: QMenu,
        values: list[NamedValue],
        action: Callable[[NamedValue], None],
        *,
        checkable: bool = False,
    ) -> None:
        state = self._session.state
        current = state.values[self._task] if self._task in state.enabled else None
        for named in values:
            # An ampersand in a name is not a mnemonic; text after a tab is shown on the right.
            entry = menu.addAction(f"{named.name.replace('&', '&&')}\t{self._amount(named.value)}")
            entry.triggered.connect(lambda _=False, named=named: action(named))
            if checkable:
                entry.setCheckable(True)
                entry.setChecked(named.value == current)

    def _amount(self, value: float) -> str:
        spec = self._spec
        shown = f"{value:.{spec.decimals}f}"
        if float(shown) != value:
            shown = f"{value:.{spec.decimals + 1}f}"
        return f"{shown} {spec.unit}".rstrip()

    def _set(self, named: NamedValue) -> None:
        self._session.settings.set_value(self._task, named.value)

    def _save(self) -> None:
        value = self._session.state.values[self._task]
        question = tr("Name for {value}:", value=self._amount(value))
        name, accepted = QInputDialog.getText(self._dialog_parent, tr("Save value"), question)
        if accepted and (not self._own.has(name) or self._replaces(name)):
            self._try(lambda: self._own.save(name, value))

    def _rename(self, named: NamedValue) -> None:
        name, accepted = QInputDialog.getText(
            self._dialog_parent, tr("Rename value"), tr("New name:"), text=named.name
        )
        if accepted:
            self._try(lambda: self._own.rename(named, name))

    def _remove(self, named: NamedValue) -> None:
        question = tr("Remove the value “{name}”?", name=named.name)
        if self._agrees(question):
            self._own.remove(named)

    def _replaces(self, name: str) -> bool:
        return self._agrees(tr("A value “{name}” exists already. Replace it?", name=name.strip()))

    def _agrees(self, question: str) -> bool:
        return agrees(self._dialog_parent, effect_name(self._spec.task), question)

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except ValueError as error:
            self.message.emit(translated(error))


def value_button(menu: ValueMenu, task: Task) -> QToolButton:
    """A small arrow that opens `menu`, the values of `task`."""
    button = QToolButton()
    button.setArrowType(Qt.ArrowType.DownArrow)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    text = tr("Values of {effect} under a name", effect=effect_within(task))
    button.setToolTip(text)
    button.setAccessibleName(text)
    theme.set_role(button, "flat")
    button.setFixedWidth(_BUTTON_WIDTH)
    return button
