"""'Match a look': estimates the effects of another photo and sets the sliders to them."""

from pathlib import Path

from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.files.look_matcher import FoundLook, Matcher
from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.reference.match_row import MatchRow
from fxdiffuse_gui.views.reference.palette_strip import PaletteStrip, main_colors
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.actions import Entry
from fxdiffuse_gui.views.widgets.drop_zone import DropZone
from fxdiffuse_gui.views.widgets.questions import any_kind, ask_photo, photo_kind

_ROWS = (Task.GRAIN, Task.BLUR, Task.SHARPEN, Task.COLOR)


class MatchDialog(QDialog):
    """Accepting it sets the checked effects, as one step of the history."""

    def __init__(
        self, session: Session, matcher: Matcher | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._matcher = matcher if matcher is not None else Matcher(parent=self)
        self._found: FoundLook | None = None
        self.zone = DropZone()
        self.note = QLabel()
        self.rows = {task: MatchRow(task) for task in _ROWS}
        self.palette_strip = PaletteStrip()
        self.apply_button = QPushButton(tr("Apply"))
        self.setWindowTitle(tr("Match a look"))
        self._build()
        self.zone.dropped.connect(self.look_at)
        self.zone.dropped_image.connect(self._look_at_image)
        self.zone.chosen.connect(self._choose)
        self.zone.cleared.connect(self._reset)
        self._matcher.found.connect(self._show_found)
        self._matcher.failed.connect(self._show_error)
        self.finished.connect(self._matcher.stop)
        self._reset()

    def look_at(self, path: Path) -> None:
        """Estimates the effects of the photo at `path`."""
        self._wait()
        self._matcher.look_at(path)

    def accept(self) -> None:
        """Sets the checked effects."""
        values = {task: row.value for task, row in self.rows.items() if row.value is not None}
        if self._found is not None and values:
            reference, estimate = self._found.reference, self._found.look
            text = tr("Match “{name}”", name=reference.name)
            self._session.settings.match_settings(values, estimate.angle, reference, text)
        super().accept()

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        intro = QLabel(tr("The sliders are set to what is estimated from another photo."))
        intro.setWordWrap(True)
        self.note.setWordWrap(True)
        self.palette_strip.hide()
        self.rows[Task.COLOR].add_below(self.palette_strip)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.apply_button, QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(self.apply_button, "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(intro)
        column.addWidget(self.zone)
        column.addWidget(self.note)
        for row in self.rows.values():
            row.toggled.connect(self._show_button)
            column.addWidget(row)
        column.addStretch(1)
        column.addWidget(buttons)

    # --- choosing ---------------------------------------------------------------------------------

    def _choose(self) -> None:
        kinds = photo_kind(tr("Pictures")), any_kind()
        path = ask_photo(self, tr("Choose a photo to match"), "", kinds)
        if path is not None:
            self.look_at(path)

    def _look_at_image(self, image: QImage) -> None:
        self._wait()
        self._matcher.look_at_image(image)

    def _reset(self) -> None:
        self._matcher.stop()
        self._clear()
        self._show_note("", role="caption")

    def _wait(self) -> None:
        self._clear()
        self._show_note(tr("Looking at the photo…"), role="caption")

    # --- showing ----------------------------------------------------------------------------------

    def _show_found(self, found: FoundLook) -> None:
        self._found = found
        self.zone.show_picture(to_qimage(to_samples(found.small)), found.reference.name)
        self.zone.setAccessibleName(tr("Photo to match: {name}", name=found.reference.name))
        self.zone.clear_button.hide()
        self.palette_strip.show_colors(main_colors(found.small))
        self.palette_strip.show()
        for row in self.rows.values():
            row.show_estimate(found.look)
        self._show_note("", role="caption")
        self._show_button()

    def _show_error(self, text: str) -> None:
        self._clear()
        self._show_note(text, role="error")

    def _clear(self) -> None:
        self._found = None
        self.zone.show_picture(None, "")
        self.palette_strip.hide()
        for row in self.rows.values():
            row.show_nothing()
        self._show_button()

    def _show_note(self, text: str, *, role: str) -> None:
        theme.set_role(self.note, role)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_button(self) -> None:
        self.apply_button.setEnabled(any(row.value is not None for row in self.rows.values()))


def open_match(session: Session, parent: QWidget) -> MatchDialog:
    """Opens the dialog over `parent`; it is deleted when it is closed."""
    dialog = MatchDialog(session, parent=parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def match_entry(session: Session, parent: QWidget) -> Entry:
    """The command that opens the dialog over `parent`."""
    text, keys = tr("&Match a look…"), "Ctrl+Shift+M"
    return Entry("match", text, lambda: open_match(session, parent), keys, needs_photo=True)


def match_button(action: QAction) -> QPushButton:
    """A flat button for `action`."""
    button = QPushButton(tr("Match"))
    button.setToolTip(tr("Set the sliders to the look of another photo"))
    button.setAccessibleName(tr("Match a look"))
    theme.set_role(button, "flat")
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
