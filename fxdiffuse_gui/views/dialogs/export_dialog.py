"""`ExportDialog`: asks how and where to export."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch.job import is_same_file
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.photo.formats import FORMATS
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.writer import ExportOptions, check_size, check_target
from fxdiffuse_gui.views.dialogs.color_space_row import ColorSpaceRow
from fxdiffuse_gui.views.dialogs.export_choices import LABELS, SUFFIXES, ExportChoices
from fxdiffuse_gui.views.dialogs.export_estimate import estimate_bytes
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.form import add_row, new_form, side_by_side
from fxdiffuse_gui.views.widgets.questions import folder_to_save_in, may_replace
from fxdiffuse_gui.views.widgets.readable import file_size

_ESTIMATE_DELAY_MS = 120
_NAME_WIDTH = 300


class ExportDialog(QDialog):
    """Accepting it starts the export. The choices are remembered in `settings`.

    `shown`: (H, W, 3) bytes of the edit as it is on screen, to estimate the size; by default those of the
    photo.
    """

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        shown: NDArray[np.uint8] | None = None,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        if session.photo is None:
            raise ValueError("There is no photo to export; open one first.")
        self._session = session
        self._photo: Photo = session.photo
        self._samples = self._photo.original if shown is None else shown
        self._settings = settings if settings is not None else QSettings()
        self._folder = self._first_folder()
        self._estimate_timer = QTimer(self, singleShot=True, interval=_ESTIMATE_DELAY_MS)
        self._estimate_timer.timeout.connect(self._estimate)
        self.name = QLineEdit()
        self.folder = QLabel()
        self._choices = ExportChoices("export", self._settings, parent=self)
        self.formats, self.depths = self._choices.formats, self._choices.depths
        self.quality, self.metadata = self._choices.quality, self._choices.metadata
        self.colors = ColorSpaceRow(self._photo.icc_profile)
        self.estimate = QLabel()
        self.error = QLabel()
        self.setWindowTitle(tr("Export"))
        self._build()
        self._restore()

    @property
    def file_format(self) -> str:
        """The chosen format: "jpeg", "png", "tiff", "webp" or "avif"."""
        return self._choices.file_format

    @property
    def options(self) -> ExportOptions:
        """The chosen options."""
        return replace(self._choices.options, color_space=self.colors.space)

    @property
    def path(self) -> Path:
        """The file to write; a name without a known suffix gets the one of the format."""
        name = self.name.text().strip()
        known = Path(name).suffix.lower() in FORMATS
        return self._folder / (name if known else name + SUFFIXES[self.file_format])

    def accept(self) -> None:
        """Starts the export if the file can be written there, and an existing one may be replaced."""
        self.error.hide()
        try:
            if not self.name.text().strip():
                raise PhotoError("The file needs a name.")
            if self.colors.problem is not None:
                raise self.colors.problem
            check_target(self.path)
            check_size(self.path, self._photo)
        except PhotoError as error:
            self.error.setText(translated(error))
            self.error.show()
            self.adjustSize()
            return
        if self.path.exists() and not self._may_replace():
            return
        self._remember()
        self._session.files.export(self.path, self.options)
        super().accept()

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        theme.set_role(self.folder, "caption")
        theme.set_role(self.error, "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.estimate.setToolTip(tr("An estimate from a part of the picture as it is shown now"))
        self._choices.format_chosen.connect(self._format_chosen)
        self._choices.changed.connect(self._refresh)
        self.colors.changed.connect(self._refresh)

        form = new_form()
        add_row(form, tr("File"), self._file_row())
        add_row(form, "", self.folder)
        self._choices.add_to(form)
        add_row(form, tr("Color"), self.colors)
        add_row(form, "", self.colors.note)
        add_row(form, tr("Size"), self.estimate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(form)
        layout.addWidget(self.error)
        layout.addWidget(self._buttons())

    def _file_row(self) -> QWidget:
        self.name.setAccessibleName(tr("File name"))
        self.name.setMinimumWidth(_NAME_WIDTH)
        self.name.editingFinished.connect(self._follow_suffix)
        choose = QPushButton(icon("folder"), "")
        choose.setAutoDefault(False)
        choose.setToolTip(tr("Choose a folder and a name"))
        choose.setAccessibleName(tr("Choose a folder and a name"))
        choose.clicked.connect(self._choose_file)
        return side_by_side(self.name, choose)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        export = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setDefault(True)
        theme.set_role(export, "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _restore(self) -> None:
        source = FORMATS.get(self._photo.path.suffix.lower(), "jpeg") if self._photo.path else "png"
        self._choices.restore(source)
        self.colors.choose(str(self._settings.value("export/color_space", "")))
        stem = self._photo.path.stem if self._photo.path else tr("picture")
        name = tr("{stem} edited", stem=stem)
        self.name.setText(name + SUFFIXES[self.file_format])
        self.name.setSelection(0, len(name))
        self._choices.refresh()

    def _remember(self) -> None:
        self._choices.remember()
        self._settings.setValue("export/color_space", self.colors.space.value)
        self._settings.setValue("export/folder", str(self._folder))

    def _first_folder(self) -> Path:
        stored = Path(str(self._settings.value("export/folder", "")))
        if stored.is_absolute() and stored.is_dir():
            return stored
        return folder_to_save_in(self._photo.path)

    # --- reacting ---------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        filters = ";;".join(f"{LABELS[name]} (*{suffix})" for name, suffix in SUFFIXES.items())
        # Replacing a file is asked about once, when the dialog is accepted.
        quiet = QFileDialog.Option.DontConfirmOverwrite
        start = f"{LABELS[self.file_format]} (*{SUFFIXES[self.file_format]})"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export as"), str(self.path), filters, start, quiet)
        if chosen:
            self._folder = Path(chosen).parent
            self.name.setText(Path(chosen).name)
            self._follow_suffix()

    def _follow_suffix(self) -> None:
        """A typed suffix chooses the format, also when it was typed in front of the old one."""
        name = self.name.text().strip()
        if Path(Path(name).stem).suffix.lower() in FORMATS and Path(name).suffix.lower() in FORMATS:
            self.name.setText(Path(name).stem)
        typed = FORMATS.get(Path(self.name.text().strip()).suffix.lower())
        if typed is not None:
            self._choices.choose(typed)
        self._choices.refresh()

    def _format_chosen(self) -> None:
        stem = self.path.stem
        self.name.setText(stem + SUFFIXES[self.file_format])

    def _refresh(self) -> None:
        elided = self.folder.fontMetrics().elidedText(
            str(self._folder), Qt.TextElideMode.ElideMiddle, _NAME_WIDTH
        )
        self.folder.setText(tr("in {folder}", folder=elided))
        self.folder.setToolTip(str(self._folder))
        flat = self._photo.alpha is not None and self.file_format == "jpeg"
        self.colors.describe(
            is_exact=self._choices.keeps_samples(self._photo.bit_depth),
            extra=tr("A JPEG cannot be transparent: white shows through.") if flat else "",
        )
        self._estimate_timer.start()

    def _estimate(self) -> None:
        height, width = self._photo.height, self._photo.width
        size = estimate_bytes(
            self._samples,
            self.file_format,
            quality=self.quality.value(),
            bit_depth=self.options.bit_depth or self._photo.bit_depth,
            pixels=height * width,
            conversion=self.colors.conversion,
        )
        self.estimate.setText(
            tr("{width} × {height} pixels, about {size}", width=width, height=height, size=file_size(size))
        )

    def _may_replace(self) -> bool:
        own, text = self._photo.path, ""
        if own is not None and is_same_file(self.path, own):
            text = tr("{name} is the photo you opened. Replace it with the edited one?", name=self.path.name)
        return may_replace(self, tr("Replace the file?"), self.path, text)
