"""`UnsavedEdits`: asks before edits would be lost, and waits until they are saved or exported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.widgets.questions import agrees


class UnsavedEdits(QObject):
    """Asks over `window`. `save` and `export` begin to write the edits; False when they were canceled."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(
        self, session: Session, save: Callable[[], bool], export: Callable[[], bool], window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._save = save
        self._export = export
        self._window = window
        self._when_saved: Callable[[], object] | None = None
        self.is_leaving = False
        """Whether the window closes for good: everything has been answered."""
        session.files.exported.connect(self._on_exported)
        session.files.project_saved.connect(self._on_project_saved)
        session.files.project_failed.connect(self._drop_action)
        session.preview.status_changed.connect(self._on_status)

    def when_saved(self, action: Callable[[], object]) -> None:
        """Does `action`, which throws the edits away, after asking about those neither saved nor exported."""
        self._when_saved = None
        if self._session.files.is_saving:
            self._when_saved = action
        elif not self._session.history.is_modified:
            action()
        else:
            self._ask(action)

    def may_stop_export(self) -> bool:
        """Whether no export is running, or it may be stopped."""
        text = tr("An export is still running. Stop it and quit?")
        return not self._session.files.is_exporting or agrees(self._window, tr("Export running"), text)

    def may_close(self) -> bool:
        """Whether there are no edits to lose; otherwise asks, and closes the window when it can be."""
        if self._session.history.is_modified or self._session.files.is_saving:
            self.when_saved(self._leave)
            return False
        return True

    def _ask(self, action: Callable[[], object]) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Edits not saved"))
        box.setText(tr("The edits of this photo have been neither saved nor exported."))
        box.setInformativeText(tr("They are lost when you go on."))
        save = box.addButton(tr("&Save project"), QMessageBox.ButtonRole.AcceptRole)
        export = box.addButton(tr("&Export…"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("&Discard edits"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        chosen = box.clickedButton()
        if chosen is discard:
            action()
        elif (chosen is save and self._save()) or (chosen is export and self._export()):
            self._when_saved = action

    def _leave(self) -> None:
        self.is_leaving = True
        self._session.history.mark_saved()
        # A window that is just refusing to close does not listen to a second request.
        QTimer.singleShot(0, self._window.close)

    # --- reacting ---------------------------------------------------------------------------------

    def _on_exported(self, path: Path) -> None:
        self.message.emit(tr("{name} has been written.", name=path.name))
        self._go_on()

    def _on_project_saved(self, path: Path) -> None:
        self.message.emit(tr("{name} has been saved.", name=path.name))
        self._go_on()

    def _on_status(self) -> None:
        """An export that failed or was stopped has no signal of its own: what waits for it is dropped."""
        if not self._session.files.is_exporting and not self._session.files.is_saving:
            self._drop_action()

    def _drop_action(self) -> None:
        self._when_saved = None

    def _go_on(self) -> None:
        """Does what had to wait for the file; edits made meanwhile are asked about again."""
        action, self._when_saved = self._when_saved, None
        if action is not None:
            self.when_saved(action)
