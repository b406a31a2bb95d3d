"""`MatchRow`: what was estimated of one effect in the photo to match, how certain that is, and a check
box."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from fxdiffuse_gui.app.effect_text import effect_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty, Estimate, LookEstimate
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.views.style import theme

_EXPLANATION_WIDTH = 360
COLORS = Estimate(Certainty.SURE, SPECS[Task.COLOR].default)
"""The colors are taken from the photo itself; nothing about them is estimated."""


class MatchRow(QWidget):
    """A check box with the effect's name, the value, and a line that explains it. Checked at first where the
    estimate is sure; a guess can be checked, a missing value cannot."""

    toggled = Signal()

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self.check = QCheckBox(effect_name(task))
        self.amount = QLabel()
        self.explanation = QLabel()
        self._value: float | None = None
        theme.set_role(self.explanation, "caption")
        self.explanation.setWordWrap(True)
        self.explanation.setMinimumWidth(_EXPLANATION_WIDTH)
        self.check.toggled.connect(self.toggled)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_2)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.check, 0, 0)
        self._grid.addWidget(self.amount, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self.explanation, 1, 0, 1, 2)
        self.show_nothing()

    @property
    def value(self) -> float | None:
        """The value to set; None if it is not checked."""
        return self._value if self.check.isChecked() else None

    def add_below(self, widget: QWidget) -> None:
        """Puts `widget` below the explanation."""
        self._grid.addWidget(widget, 2, 0, 1, 2)

    def show_nothing(self) -> None:
        """Clears the row: there is no estimate."""
        self._value = None
        self._check(certainty=Certainty.UNKNOWN)
        self.amount.setText("")
        self.explanation.setText("")

    def show_estimate(self, photo: LookEstimate) -> None:
        """Shows the estimate of this effect in a photo."""
        estimate = COLORS if self.task is Task.COLOR else photo.estimates[self.task]
        self._value = estimate.value
        self._check(certainty=estimate.certainty)
        self.amount.setText(self._amount(photo))
        explanation = _explanation(self.task, estimate.certainty, photo)
        self.explanation.setText(explanation)
        self.check.setAccessibleDescription(f"{self.amount.text()} {explanation}".strip())

    def _check(self, *, certainty: Certainty) -> None:
        self.check.setEnabled(self._value is not None)
        self.check.setChecked(certainty is Certainty.SURE)

    def _amount(self, photo: LookEstimate) -> str:
        spec = SPECS[self.task]
        if self._value is None:
            return "–"
        amount = f"{self._value:.{spec.decimals}f} {spec.unit}".rstrip()
        if self.task is Task.BLUR and photo.angle is not None:
            return f"{amount}, {photo.angle:.0f}°"
        return amount


def _explanation(task: Task, certainty: Certainty, photo: LookEstimate) -> str:
    """How certain the estimate is, and why."""
    match task:
        case Task.GRAIN:
            return _grain_explanation(certainty, lossy=photo.lossy)
        case Task.BLUR:
            return _blur_explanation(certainty)
        case Task.SHARPEN:
            return _sharpen_explanation(certainty)
        case _:
            return tr("The photo becomes the reference.")


def _grain_explanation(certainty: Certainty, *, lossy: bool) -> str:
    match certainty:
        case Certainty.SURE:
            return tr("Sure: the color channels have noise of their own.")
        case Certainty.GUESS if lossy:
            return tr("A guess: compression has changed the noise, and fine detail is taken for some.")
        case Certainty.GUESS:
            return tr("A guess: noise this faint says little of the grains, and may be the camera's.")
        case Certainty.NONE if lossy:
            return tr("None seen; the file's compression may have taken it away.")
        case Certainty.NONE:
            return tr("None seen.")
        case Certainty.UNKNOWN:
            return tr("Cannot be told: the photo is too small, or nearly all black or white.")


def _blur_explanation(certainty: Certainty) -> str:
    match certainty:
        case Certainty.SURE:
            return tr("Sure: every part of the photo shows the same.")
        case Certainty.GUESS:
            return tr("A guess: not every part of the photo shows the same; it may be a pattern in it.")
        case Certainty.NONE:
            return tr("None seen; a path below 4 px cannot be told.")
        case Certainty.UNKNOWN:
            return tr("Cannot be told: the photo is too small.")


def _sharpen_explanation(certainty: Certainty) -> str:
    match certainty:
        case Certainty.SURE | Certainty.GUESS:
            return tr("A guess, often far off: one photo does not tell sharpening from a crisp lens.")
        case Certainty.NONE:
            return tr("No sign of it; one photo hardly tells.")
        case Certainty.UNKNOWN:
            return tr("Cannot be told: grain, motion blur or the size hide it.")
