"""`FolderForm`: which folder to edit, and how."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.effect_text import translated_presets
from fxdiffuse_gui.app.folder.folder_job import FolderEdit, FolderJob
from fxdiffuse_gui.app.folder.folder_worker import check_folders
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.core.i18n import Message, tr, translated
from fxdiffuse_gui.document.presets import Preset, PresetFolder
from fxdiffuse_gui.views.dialogs.color_space_row import ColorSpaceRow
from fxdiffuse_gui.views.dialogs.export_choices import SUFFIXES, ExportChoices
from fxdiffuse_gui.views.dialogs.folder_text import edit_summary
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.form import add_row, check, new_form, segments, side_by_side, stored_number

_PATH_WIDTH = 380


class FolderForm(QWidget):
    """Choices are stored when `remember` is called."""

    folders_changed = Signal()
    """Another folder, or whether folders inside count: the photos have to be counted again."""

    def __init__(self, session: Session, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._presets: list[Preset] = []
        self.folder, self.output = QLineEdit(), QLineEdit()
        self.count = QLabel()
        self.recursive = QCheckBox(tr("Photos in the folders inside too"))
        self.edit = QComboBox()
        self.edit_summary = QLabel()
        self.choices = ExportChoices("folder", settings, many=True, parent=self)
        self.colors = ColorSpaceRow(None, many=True)
        self.existing = QButtonGroup(self)
        self._build()
        self._restore()
        session.history.state_changed.connect(self._on_state)

    @property
    def folders(self) -> tuple[Path, Path]:
        """Where the photos are, and where the results go: next to that folder unless another one is typed."""
        folder = _path(self.folder)
        return folder, _path(self.output) if self.output.text().strip() else _default_output(folder)

    def set_folder(self, folder: Path) -> None:
        """Sets the folder of the photos, as if it had been typed."""
        self.folder.setText(str(folder))
        self.folder.editingFinished.emit()

    def job(self) -> FolderJob:
        """The job as it is set. Raises JobError when it cannot be done."""
        if not self.folder.text().strip():
            raise JobError("Choose the folder of the photos first.")
        if self._session.models.is_loading:
            raise JobError("The model is still being loaded; try again in a moment.")
        folder, output = self.folders
        check_folders(folder, output)
        preset = self._preset
        state = self._session.state
        edit = FolderEdit.of_state(state) if preset is None else FolderEdit.of_preset(preset, state)
        return FolderJob(
            folder,
            output,
            edit,
            replace(self.choices.options, color_space=self.colors.space),
            SUFFIXES.get(self.choices.file_format),
            self.recursive.isChecked(),
            self.existing.checkedId() == 1,
            self._session.models.path,
        )

    def fill_presets(self) -> None:
        """Lists the current presets; the chosen one stays chosen."""
        chosen = self.edit.currentText()
        self._presets = [*translated_presets(), *PresetFolder(presets_folder()).presets]
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.addItem(tr("Current settings"))
        self.edit.addItems([preset.name for preset in self._presets])
        self.edit.setCurrentIndex(max(0, self.edit.findText(chosen)))
        self.edit.blockSignals(False)
        self.show_edit()

    def show_count(self, count: int, problem: Message | None) -> None:
        """Says how many photos there are."""
        self.count.setText(tr("%n photos", count=count) if problem is None else translated(problem))
        theme.set_role(self.count, "caption" if problem is None else "error")

    def show_edit(self) -> None:
        """Describes what will be done to each photo."""
        preset = self._preset
        try:
            state = self._session.state
            edit = FolderEdit.of_state(state) if preset is None else FolderEdit.of_preset(preset, state)
        except JobError as error:
            self.edit_summary.setText(translated(error))
        else:
            self.edit_summary.setText(edit_summary(edit.settings, edit.reference))

    def remember(self) -> None:
        """Stores the choices."""
        self.choices.remember()
        self._settings.setValue("folder/color_space", self.colors.space.value)
        self._settings.setValue("folder/input", self.folder.text())
        self._settings.setValue("folder/output", self.output.text())
        self._settings.setValue("folder/recursive", int(self.recursive.isChecked()))
        self._settings.setValue("folder/replace", self.existing.checkedId())

    @property
    def _preset(self) -> Preset | None:
        number = self.edit.currentIndex() - 1
        return self._presets[number] if 0 <= number < len(self._presets) else None

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        for label in (self.count, self.edit_summary):
            theme.set_role(label, "caption")
            label.setWordWrap(True)
        self.edit.setAccessibleName(tr("What is done to each photo"))
        self.edit.currentIndexChanged.connect(self.show_edit)
        self.choices.changed.connect(lambda: self.colors.describe(is_exact=self.choices.keeps_samples(None)))
        self.recursive.toggled.connect(self.folders_changed)
        self.folder.editingFinished.connect(self._folder_typed)
        self.output.editingFinished.connect(self.folders_changed)
        existing = segments(self.existing, {0: tr("Keep it"), 1: tr("Replace it")})
        existing.setToolTip(tr("Results of the same edit are never made again"))
        form = new_form()
        add_row(form, tr("Photos"), self._path_row(self.folder, tr("Folder of the photos")))
        add_row(form, "", self.recursive)
        add_row(form, "", self.count)
        add_row(form, tr("Edit"), self.edit)
        add_row(form, "", self.edit_summary)
        add_row(form, tr("Results"), self._path_row(self.output, tr("Folder of the results")))
        self.choices.add_to(form)
        add_row(form, tr("Color"), self.colors)
        add_row(form, "", self.colors.note)
        add_row(form, tr("A file in the way"), existing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)

    def _path_row(self, field: QLineEdit, name: str) -> QWidget:
        field.setAccessibleName(name)
        field.setMinimumWidth(_PATH_WIDTH)
        choose = QPushButton(icon("folder"), "")
        choose.setAutoDefault(False)
        choose.setAccessibleName(name)
        choose.setToolTip(name)
        choose.clicked.connect(lambda: self._choose(field, name))
        return side_by_side(field, choose)

    def _restore(self) -> None:
        stored = self._settings
        photo = self._session.photo
        photo_folder = "" if photo is None or photo.path is None else str(photo.path.absolute().parent)
        self.folder.setText(str(stored.value("folder/input", photo_folder)))
        self.output.setText(str(stored.value("folder/output", "")))
        self.recursive.setChecked(stored_number(stored, "folder/recursive", 0) == 1)
        check(self.existing, stored_number(stored, "folder/replace", 0))
        self.choices.restore("")
        self.colors.choose(str(stored.value("folder/color_space", "")))
        self.choices.refresh()
        self.fill_presets()
        self._show_default()

    # --- reacting ---------------------------------------------------------------------------------

    def _choose(self, field: QLineEdit, name: str) -> None:
        start = field.text() or self.folder.text() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, name, start)
        if chosen:
            field.setText(chosen)
            field.editingFinished.emit()

    def _on_state(self) -> None:
        """While a folder is edited, the description stays that of its edit."""
        if self.isEnabled():
            self.show_edit()

    def _folder_typed(self) -> None:
        self._show_default()
        self.folders_changed.emit()

    def _show_default(self) -> None:
        """Shows where results go while nothing is typed there."""
        typed = self.folder.text().strip()
        self.output.setPlaceholderText(str(_default_output(_path(self.folder))) if typed else "")


def _default_output(folder: Path) -> Path:
    """Next to the folder of the photos and not inside it, where the next run would take the results for
    photos."""
    name = tr("{folder} edited", folder=folder.name)
    return folder.with_name(name) if folder.name else folder / name.strip()


def _path(field: QLineEdit) -> Path:
    text = field.text().strip()
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:  # `~name` without such a user
        return Path(text).absolute()
