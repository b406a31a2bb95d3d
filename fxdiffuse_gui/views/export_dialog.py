"""Asks how and where to export."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

import resources
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.words import mark, said, tr
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.writer import FORMATS, LOSSY_FORMATS, ExportOptions, check_target
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.color_space_row import ColorSpaceRow
from fxdiffuse_gui.views.export_estimate import estimate_bytes, readable
from fxdiffuse_gui.views.icons import icon

_SUFFIXES: Final = {"jpeg": ".jpg", "png": ".png", "tiff": ".tif", "webp": ".webp", "avif": ".avif"}
_LABELS: Final = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WebP", "avif": "AVIF"}
_DEPTHS: Final = {0: mark("As the photo"), 8: mark("8 bit"), 16: mark("16 bit")}
_ESTIMATE_DELAY_MS = 120
_NAME_WIDTH = 300


class ExportDialog(QDialog):
    """Accepting it starts the export. The choices are remembered in `settings`.

    `shown`: (H, W, 3) bytes of the edit as it is on screen, to estimate the size; else the photo is taken.
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
        self.formats, self.depths = QButtonGroup(self), QButtonGroup(self)
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self._quality_value = QLabel()
        self.colors = ColorSpaceRow(self._photo.icc_profile)
        self.metadata = QCheckBox()
        self.estimate = QLabel()
        self.error = QLabel()
        self.setWindowTitle(tr("Export"))
        self._build()
        self._restore()

    @property
    def file_format(self) -> str:
        """The chosen format: "jpeg", "png", "tiff", "webp" or "avif"."""
        return list(_SUFFIXES)[self.formats.checkedId()]

    @property
    def options(self) -> ExportOptions:
        """The chosen options."""
        depth = 8 if self.file_format in LOSSY_FORMATS else self.depths.checkedId()
        keep = self.metadata.isChecked()
        return ExportOptions(self.quality.value(), depth or None, keep, self.colors.space)

    @property
    def path(self) -> Path:
        """The file to write; a name without a known suffix gets the one of the format."""
        name = self.name.text().strip()
        known = Path(name).suffix.lower() in FORMATS
        return self._folder / (name if known else name + _SUFFIXES[self.file_format])

    def accept(self) -> None:
        """Starts the export when the file can be written there, and replacing one was agreed to."""
        self.error.hide()
        try:
            if not self.name.text().strip():
                raise PhotoError("The file needs a name.")
            if self.colors.problem is not None:
                raise PhotoError(self.colors.problem)
            check_target(self.path)
        except PhotoError as error:
            self.error.setText(said(error))
            self.error.show()
            self.adjustSize()
            return
        if self.path.exists() and not self._may_replace():
            return
        self._remember()
        self._session.export(self.path, self.options)
        super().accept()

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        theme.set_role(self.folder, "caption")
        theme.set_role(self.error, "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.quality.setRange(1, 100)
        self.quality.setAccessibleName(tr("Quality"))
        self._quality_value.setMinimumWidth(28)
        self._quality_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.estimate.setToolTip(tr("An estimate from a part of the picture as it is shown now"))
        self.formats.idClicked.connect(self._format_chosen)
        self.depths.idClicked.connect(self._refresh)
        self.quality.valueChanged.connect(self._refresh)
        self.colors.changed.connect(self._refresh)

        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_3)
        form.setColumnStretch(1, 1)
        formats = _segments(self.formats, dict(enumerate(_LABELS.values())))
        quality = _row(self.quality, self._quality_value)
        depths = _segments(self.depths, {bits: tr(text) for bits, text in _DEPTHS.items()})
        _add_row(form, tr("File"), self._file_row())
        _add_row(form, "", self.folder)
        _add_row(form, tr("Format"), formats)
        self._lossy_only = (_add_row(form, tr("Quality"), quality), quality)
        self._lossless_only = (_add_row(form, tr("Depth"), depths), depths)
        _add_row(form, tr("Color"), self.colors)
        _add_row(form, "", self.colors.note)
        _add_row(form, tr("Metadata"), self.metadata)
        _add_row(form, tr("Size"), self.estimate)
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
        return _row(self.name, choose)

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
        stored = self._settings
        source = FORMATS.get(self._photo.path.suffix.lower(), "jpeg") if self._photo.path else "png"
        chosen = str(stored.value("export/format", source))
        _check(self.formats, list(_SUFFIXES).index(chosen if chosen in _SUFFIXES else source))
        _check(self.depths, _stored_number(stored, "export/depth", 0))
        self.quality.setValue(_stored_number(stored, "export/quality", ExportOptions().quality))
        self.colors.choose(str(stored.value("export/color_space", "")))
        self.metadata.setChecked(str(stored.value("export/metadata", "true")).lower() != "false")
        stem = self._photo.path.stem if self._photo.path else tr("picture")
        name = tr("{stem} edited").format(stem=stem)
        self.name.setText(name + _SUFFIXES[self.file_format])
        self.name.setSelection(0, len(name))
        self._refresh()

    def _remember(self) -> None:
        self._settings.setValue("export/format", self.file_format)
        self._settings.setValue("export/depth", self.depths.checkedId())
        self._settings.setValue("export/quality", self.quality.value())
        self._settings.setValue("export/color_space", self.colors.space.value)
        self._settings.setValue("export/metadata", self.metadata.isChecked())
        self._settings.setValue("export/folder", str(self._folder))

    def _first_folder(self) -> Path:
        stored = Path(str(self._settings.value("export/folder", "")))
        if stored.is_absolute() and stored.is_dir():
            return stored
        bundled = Path(resources.__file__).parent
        if self._photo.path is not None and bundled not in self._photo.path.absolute().parents:
            return self._photo.path.absolute().parent
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        return pictures if pictures.is_dir() else Path.home()

    # --- reacting ---------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        filters = ";;".join(f"{_LABELS[name]} (*{suffix})" for name, suffix in _SUFFIXES.items())
        # Replacing a file is asked about once, when the dialog is accepted.
        quiet = QFileDialog.Option.DontConfirmOverwrite
        start = f"{_LABELS[self.file_format]} (*{_SUFFIXES[self.file_format]})"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export as"), str(self.path), filters, start, quiet)
        if chosen:
            self._folder = Path(chosen).parent
            self.name.setText(Path(chosen).name)
            self._follow_suffix()

    def _follow_suffix(self) -> None:
        """A typed suffix chooses the format, also when it was typed before the one that stood there."""
        name = self.name.text().strip()
        if Path(Path(name).stem).suffix.lower() in FORMATS and Path(name).suffix.lower() in FORMATS:
            self.name.setText(Path(name).stem)
        typed = FORMATS.get(Path(self.name.text().strip()).suffix.lower())
        if typed is not None:
            _check(self.formats, list(_SUFFIXES).index(typed))
        self._refresh()

    def _format_chosen(self) -> None:
        stem = self.path.stem
        self.name.setText(stem + _SUFFIXES[self.file_format])
        self._refresh()

    def _refresh(self) -> None:
        lossy = self.file_format in LOSSY_FORMATS
        for widget in self._lossy_only:
            widget.setVisible(lossy)
        for widget in self._lossless_only:
            widget.setVisible(not lossy)
        self.quality.setToolTip(_quality_tip(self.file_format))
        has_iptc = self.file_format not in ("webp", "avif")
        self.metadata.setText(tr("Keep EXIF, IPTC and XMP") if has_iptc else tr("Keep EXIF and XMP"))
        self._quality_value.setText(str(self.quality.value()))
        elided = self.folder.fontMetrics().elidedText(
            str(self._folder), Qt.TextElideMode.ElideMiddle, _NAME_WIDTH
        )
        self.folder.setText(tr("in {folder}").format(folder=elided))
        self.folder.setToolTip(str(self._folder))
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
            tr("{width} × {height} pixels, about {size}").format(
                width=width, height=height, size=readable(size)
            )
        )

    def _may_replace(self) -> bool:
        own = self._photo.path is not None and self.path.resolve() == self._photo.path.resolve()
        text = tr("{name} exists already. Replace it?").format(name=self.path.name)
        if own:
            text = tr("{name} is the photo you opened. Replace it with the edited one?").format(
                name=self.path.name
            )
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        return QMessageBox.question(self, tr("Replace the file?"), text, yes | no, no) == yes


def _quality_tip(file_format: str) -> str:
    range_text = tr("Quality of the {format}, 1 to 100").format(format=_LABELS[file_format])
    what = tr("above 95 files grow fast") if file_format == "jpeg" else tr("at 100 nothing is lost")
    return f"{range_text}; {what}"


def _add_row(form: QGridLayout, label: str, field: QWidget) -> QLabel:
    """Adds `field` with its label at its left, and returns the label."""
    caption, row = QLabel(label), form.rowCount()
    theme.set_flag(caption, "off", True)
    form.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    form.addWidget(field, row, 1)
    return caption


def _row(wide: QWidget, narrow: QWidget) -> QWidget:
    """Two widgets side by side; the first takes the room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_2)
    layout.addWidget(wide, 1)
    layout.addWidget(narrow)
    return row


def _segments(group: QButtonGroup, labels: dict[int, str]) -> QWidget:
    """A row of buttons of which one is down."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_1)
    for number, label in labels.items():
        button = QPushButton(label)
        button.setCheckable(True)
        button.setAutoDefault(False)
        theme.set_role(button, "segment")
        group.addButton(button, number)
        layout.addWidget(button)
    layout.addStretch(1)
    return row


def _check(group: QButtonGroup, number: int) -> None:
    numbers = [group.id(button) for button in group.buttons()]
    group.button(number if number in numbers else numbers[0]).setChecked(True)


def _stored_number(settings: QSettings, key: str, default: int) -> int:
    """A whole number from the settings; what somebody else wrote there and is none counts as absent."""
    text = str(settings.value(key, default))
    return int(text) if text.isdecimal() else default
