"""`ExportChoices`: format, quality, depth and metadata of what is written, and how they are remembered."""

from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLabel, QSlider, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.photo.formats import LOSSY_FORMATS
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.widgets.form import add_row, check, segments, side_by_side, stored_number

SUFFIXES: Final = {"jpeg": ".jpg", "png": ".png", "tiff": ".tif", "webp": ".webp", "avif": ".avif"}
LABELS: Final = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WebP", "avif": "AVIF"}
_OWN = len(SUFFIXES)


class ExportChoices(QObject):
    """The controls, for a form (see `add_to`); stored under `prefix` in `settings`.

    With `many`, they are for many photos: each may keep its own format, and metadata is always kept.
    """

    changed = Signal()
    format_chosen = Signal()
    """The artist has clicked a format."""

    def __init__(
        self, prefix: str, settings: QSettings, *, many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._settings = settings
        self._many = many
        self.formats, self.depths = QButtonGroup(self), QButtonGroup(self)
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.metadata = QCheckBox()
        self._quality_value = QLabel()
        self._lossy_only: tuple[QWidget, ...] = ()
        self._lossless_only: tuple[QWidget, ...] = ()

    @property
    def file_format(self) -> str:
        """The chosen format: "jpeg", "png", "tiff", "webp" or "avif"; empty for each photo's own."""
        chosen = self.formats.checkedId()
        return "" if chosen == _OWN else list(SUFFIXES)[chosen]

    @property
    def options(self) -> ExportOptions:
        """The chosen options."""
        depth = 8 if self.file_format in LOSSY_FORMATS else self.depths.checkedId()
        return ExportOptions(self.quality.value(), depth or None, self.metadata.isChecked())

    def keeps_samples(self, bit_depth: int | None) -> bool:
        """Whether what is written has every sample of a photo of `bit_depth` as it is; None: of any photo."""
        if self.file_format in LOSSY_FORMATS:
            return self.file_format != "jpeg" and self.quality.value() == 100 and bit_depth == 8
        return bool(self.file_format) and self.depths.checkedId() in (0, bit_depth)

    def choose(self, file_format: str) -> None:
        """Chooses a format; one that is not known counts as the first."""
        check(self.formats, list(SUFFIXES).index(file_format) if file_format in SUFFIXES else _OWN)

    def add_to(self, form: QGridLayout) -> None:
        """Adds the rows for format, quality, depth and, for one photo, metadata."""
        self.quality.setRange(1, 100)
        self.quality.setAccessibleName(tr("Quality"))
        self._quality_value.setMinimumWidth(28)
        self._quality_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        labels = dict(enumerate(LABELS.values()))
        formats = segments(self.formats, {_OWN: tr("As the photo"), **labels} if self._many else labels)
        quality = side_by_side(self.quality, self._quality_value)
        depths = segments(self.depths, {0: tr("As the photo"), 8: tr("8 bit"), 16: tr("16 bit")})
        add_row(form, tr("Format"), formats)
        self._lossy_only = (add_row(form, tr("Quality"), quality), quality)
        self._lossless_only = (add_row(form, tr("Depth"), depths), depths)
        if not self._many:
            add_row(form, tr("Metadata"), self.metadata)
        self.formats.idClicked.connect(self.format_chosen)
        self.formats.idClicked.connect(self.refresh)
        self.depths.idClicked.connect(self.refresh)
        self.quality.valueChanged.connect(self.refresh)

    def restore(self, file_format: str) -> None:
        """Chooses what is stored; without a stored format, `file_format`."""
        stored, prefix = self._settings, self._prefix
        chosen = str(stored.value(f"{prefix}/format", file_format))
        self.choose(chosen if chosen in SUFFIXES or (self._many and not chosen) else file_format)
        check(self.depths, stored_number(stored, f"{prefix}/depth", 0))
        self.quality.setValue(stored_number(stored, f"{prefix}/quality", ExportOptions().quality))
        kept = str(stored.value(f"{prefix}/metadata", "true")).lower() != "false"
        self.metadata.setChecked(kept or self._many)

    def remember(self) -> None:
        """Stores the choices."""
        self._settings.setValue(f"{self._prefix}/format", self.file_format)
        self._settings.setValue(f"{self._prefix}/depth", self.depths.checkedId())
        self._settings.setValue(f"{self._prefix}/quality", self.quality.value())
        self._settings.setValue(f"{self._prefix}/metadata", self.metadata.isChecked())

    def refresh(self) -> None:
        """Shows the controls that the chosen format has."""
        own, lossy = not self.file_format, self.file_format in LOSSY_FORMATS
        for widget in self._lossy_only:
            widget.setVisible(own or lossy)
        for widget in self._lossless_only:
            widget.setVisible(own or not lossy)
        self.quality.setToolTip(_quality_tip(self.file_format))
        has_iptc = self.file_format not in ("webp", "avif")
        self.metadata.setText(tr("Keep EXIF, IPTC and XMP") if has_iptc else tr("Keep EXIF and XMP"))
        self._quality_value.setText(str(self.quality.value()))
        self.changed.emit()


def _quality_tip(file_format: str) -> str:
    if not file_format:
        return tr("Quality of the photos that are JPEG, WebP or AVIF, 1 to 100")
    range_text = tr("Quality of the {format}, 1 to 100", format=LABELS[file_format])
    what = tr("above 95 files grow fast") if file_format == "jpeg" else tr("at 100 nothing is lost")
    return f"{range_text}; {what}"
