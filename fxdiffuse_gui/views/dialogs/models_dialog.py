"""`ModelsDialog`: the models there are, what each of them is, and which one is in use."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.engine.model_summary import ModelSummary
from fxdiffuse_gui.views.dialogs.model_page import ModelPage
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.row_delegate import RowDelegate

_SIZE = (900, 620)
_LIST_WIDTH = 240


class ModelsDialog(QDialog):
    """Not modal, so that models can be compared on the photo. A path of None is the bundled model."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._models = session, session.models
        self._opened: list[Path] = []
        self._summaries: dict[Path | None, ModelSummary] = {}
        self._problems: dict[Path | None, str] = {}
        self.setWindowTitle(tr("Models"))
        self.resize(*_SIZE)

        self.list = QListWidget()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setAccessibleName(tr("Models"))
        self.list.setItemDelegate(RowDelegate(self.list))
        self.page = ModelPage()
        self.open_button = QPushButton(tr("&Open…"))
        self.remove_button = QPushButton(tr("&Remove from the list"))
        self.use_button = QPushButton(tr("&Use this model"))
        close = QPushButton(tr("Close"))
        theme.set_role(self.use_button, "primary")
        self.use_button.setMinimumWidth(self.use_button.sizeHint().width())
        self.open_button.setToolTip(tr("Add a model file (.safetensors)"))
        self.remove_button.setToolTip(tr("The file stays where it is"))
        for button in (self.open_button, self.remove_button, self.use_button, close):
            button.setAutoDefault(button is self.use_button)
        self._lay_out(close)

        self.list.currentItemChanged.connect(self._show_current)
        self.open_button.clicked.connect(self.open_file)
        self.remove_button.clicked.connect(self._remove)
        self.use_button.clicked.connect(lambda: self._models.use(self._current))
        close.clicked.connect(self.close)
        self.page.hash_copied.connect(self._copy)
        self._models.changed.connect(self._refresh)
        self._models.read.connect(self._on_read)
        self._models.refused.connect(self._on_refused)
        session.message.connect(self.page.show_note)
        session.preview.status_changed.connect(self._show_buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the files again: they may have changed."""
        for known in (self._opened, self._summaries, self._problems):
            known.clear()
        self._fill(self._models.path)
        super().showEvent(event)

    def _lay_out(self, close: QPushButton) -> None:
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE_4)
        body.addWidget(self.list)
        body.addWidget(self.page, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(body, 1)
        layout.addLayout(buttons)

    # --- the list -----------------------------------------------------------------------------------

    @property
    def _current(self) -> Path | None:
        if self.list.currentRow() < 0:
            return None
        return self.list.currentItem().data(Qt.ItemDataRole.UserRole)

    def _paths(self) -> list[Path | None]:
        known = [one.path for one in self._models.known]
        return [None, *known, *(path for path in self._opened if path not in known)]

    def _fill(self, selected: Path | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for path in self._paths():
            item = QListWidgetItem(tr("Bundled model") if path is None else display_name(path))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip("" if path is None else str(path))
            self.list.addItem(item)
            if path == selected:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._mark()
        self._show_current()

    def _refresh(self) -> None:
        self._fill(self._current)

    def _mark(self) -> None:
        """Marks the model in use, and those that cannot be used."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            path = item.data(Qt.ItemDataRole.UserRole)
            in_use = path == self._models.path and self._models.digest is not None
            name = "check" if in_use else "warning" if self._problem(path) else "grain"
            item.setIcon(icon(name))
            state = tr("In use") if in_use else self._problem(path)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, state)

    def _problem(self, path: Path | None) -> str:
        if path is not None and not path.is_file():
            return tr("The file {path} is missing; put it back or remove it from the list.", path=path)
        return self._problems.get(path, "")

    # --- the model chosen in it -----------------------------------------------------------------------

    def _show_current(self) -> None:
        path = self._current
        summary, problem = self._summaries.get(path), self._problem(path)
        if problem:
            self.page.show_problem(path, problem)
        elif summary is None:
            self.page.show_reading(path)
            self._models.look_into(path)
        else:
            self.page.show_summary(path, summary)
        self._show_buttons()

    def _show_buttons(self) -> None:
        path, models = self._current, self._models
        summary = self._summaries.get(path)
        in_use = path == models.path and (summary is None or summary.digest == models.digest)
        usable = summary is not None and not self._problem(path)
        self.use_button.setEnabled(
            usable and not in_use and not models.is_loading and not self._session.files.is_exporting
        )
        self.use_button.setText(tr("In use") if in_use else tr("&Use this model"))
        self.remove_button.setEnabled(path is not None and path != models.path)

    def _on_read(self, summary: ModelSummary) -> None:
        path = None if summary.path == bundled_model() else summary.path
        self._summaries[path] = summary
        self._problems.pop(path, None)
        if path in self._opened:
            self._opened.remove(path)
            self._models.add(summary)
        elif path == self._current:
            self._show_current()

    def _on_refused(self, path: Path, problem: str) -> None:
        key = None if path == bundled_model() else path
        self._summaries.pop(key, None)
        self._problems[key] = problem
        self._refresh()

    def open_file(self) -> None:
        """Asks for a model file and reads it."""
        known = self._models.known
        folder = known[-1].path.parent if known else Path.home()
        kinds = tr("Models ({suffix})", suffix="*.safetensors")
        name, _ = QFileDialog.getOpenFileName(self, tr("Open model"), str(folder), kinds)
        if name:
            self.add_file(Path(name).absolute())

    def add_file(self, path: Path) -> None:
        """Adds the file at `path` to the list; it is stored if it is a model that can be used."""
        if path.resolve() == bundled_model().resolve():
            self._fill(None)
            return
        self._problems.pop(path, None)
        self._summaries.pop(path, None)
        if path not in self._paths():
            self._opened.append(path)
        self._fill(path)

    def _remove(self) -> None:
        path = self._current
        if path is not None:
            if path in self._opened:
                self._opened.remove(path)
            self._models.remove(path)

    def _copy(self) -> None:
        summary = self._summaries.get(self._current)
        if summary is not None:
            QGuiApplication.clipboard().setText(summary.digest)
            self.page.show_note(tr("The hash is on the clipboard."))
