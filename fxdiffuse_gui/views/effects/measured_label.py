"""`MeasuredLabel`: the measured strength of an effect in the result, in small print next to its name."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fxdiffuse_gui.app.effect_text import effect_name, effect_within
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task, TaskSpec
from fxdiffuse_gui.views.style import theme


class MeasuredLabel(QLabel):
    """Visible while there is a measurement for the current settings."""

    def __init__(self, session: Session, spec: TaskSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        theme.set_role(self, "caption")
        self.setFont(theme.tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(tr("{effect} as measured", effect=effect_name(spec.task)))
        self.setToolTip(
            tr(
                "<b>How much {effect} the result has</b><br>Measured on a piece of the exact "
                "result near the middle of what is visible, by comparing it with what the plain "
                "operators make of everything else that was asked. Nothing is said where that "
                "piece cannot tell.",
                effect=effect_within(spec.task),
            )
        )
        widest = self.locale().toString(spec.maximum, "f", spec.decimals)
        room = self.fontMetrics().horizontalAdvance(self._text(widest))
        self.setMinimumWidth(room + theme.SPACE_1)
        # A number that appears or disappears must not move anything.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        session.preview.strengths_changed.connect(self._show)

    @staticmethod
    def _text(number: str) -> str:
        return tr("got {number}", number=number)

    def _show(self, values: Mapping[Task, float]) -> None:
        value = values.get(self._spec.task)
        if value is not None:
            number = self.locale().toString(value, "f", self._spec.decimals)
            self.setText(self._text(number))
        self.setVisible(value is not None)
