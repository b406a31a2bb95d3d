"""The choice of the color space of an export, with a sentence about what it does to this photo."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.photo.color.color_space import ColorSpace, Conversion, conversion_to
from fxdiffuse_gui.photo.color.icc import profile_description
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.views.style import theme

# Called when shown: the language is chosen after this module is imported.
_LABELS: dict[ColorSpace, Callable[[], str]] = {
    ColorSpace.KEEP: lambda: tr("Keep the photo's"),
    ColorSpace.SRGB: lambda: tr("sRGB"),
    ColorSpace.P3: lambda: tr("Display P3"),
    ColorSpace.ADOBE: lambda: tr("Adobe RGB (1998)"),
}


class ColorSpaceRow(QWidget):
    """Four buttons, one of them checked. icc_profile: the photo's, None for sRGB.

    With `many`, it is for many photos whose profiles are not known. `note` is the label with the sentence;
    the layout around puts it below.
    """

    changed = Signal()

    def __init__(
        self, icc_profile: bytes | None, parent: QWidget | None = None, *, many: bool = False
    ) -> None:
        super().__init__(parent)
        self._many = many
        self._profile = icc_profile
        self._is_exact = True
        self._extra = ""
        self.buttons = {space: QPushButton(label()) for space, label in _LABELS.items()}
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for two lines, so that nothing moves with the choice.
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.conversion: Conversion | None = None
        """Converts the photo's colors; None when nothing changes or it is not possible."""
        self.problem: PhotoError | None = None
        """Why the photo cannot be converted as chosen."""
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_1)
        for button in self.buttons.values():
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_role(button, "segment")
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        group.buttonClicked.connect(self._show_choice)
        self.buttons[ColorSpace.ADOBE].setToolTip(tr("A profile compatible with Adobe RGB (1998)"))
        self.choose(ColorSpace.KEEP.value)

    @property
    def space(self) -> ColorSpace:
        """The chosen space."""
        return next(space for space, button in self.buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Presses the button of a value of `ColorSpace`; anything else counts as KEEP."""
        known = {space.value: space for space in ColorSpace}
        self.buttons[known.get(value, ColorSpace.KEEP)].setChecked(True)
        self._show_choice()

    def describe(self, *, is_exact: bool, extra: str = "") -> None:
        """Sets whether the file format keeps every sample as it is, and another sentence for the note."""
        self._is_exact, self._extra = is_exact, extra
        if self.problem is None:
            self.note.setText(self._sentence())

    def _show_choice(self) -> None:
        self.conversion, self.problem = None, None
        if not self._many:
            try:
                self.conversion = conversion_to(self.space, self._profile)
            except PhotoError as error:
                self.problem = error
        theme.set_role(self.note, "caption" if self.problem is None else "error")
        self.note.setText(self._sentence() if self.problem is None else translated(self.problem))
        self.changed.emit()

    def _sentence(self) -> str:
        sentences = [self._of_many() if self._many else self._of_one()]
        if self._is_exact and self._keeps_colors:
            sentences.append(tr("Pixels that no effect touches stay bit for bit."))
        return " ".join([*sentences, self._extra]).rstrip()

    @property
    def _keeps_colors(self) -> bool:
        return self.space is ColorSpace.KEEP or (not self._many and self.conversion is None)

    def _of_one(self) -> str:
        if self.space is ColorSpace.KEEP:
            return _kept(self._profile)
        name = _LABELS[self.space]()
        if self._keeps_colors:
            return tr("The photo is in {name} already.", name=name)
        return tr(
            "Every pixel is converted, so none stays bit for bit; what {name} cannot show is cut off.",
            name=name,
        )

    def _of_many(self) -> str:
        if self.space is ColorSpace.KEEP:
            return tr("Every photo keeps its profile.")
        name = _LABELS[self.space]()
        return tr("Photos in another space are converted; what {name} cannot show is cut off.", name=name)


def _kept(profile: bytes | None) -> str:
    if profile is None:
        return tr("The photo has no profile, which means sRGB; it stays so.")
    name = profile_description(profile)
    return tr("The profile stays “{name}”.", name=name) if name else tr("The photo keeps its profile.")
