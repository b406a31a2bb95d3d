"""`MaskTools`: the tools that paint, the tip of the brush, and commands for the whole mask.

Part of the inpaint card. The rows of the brush are visible while brush or eraser is selected, the row that
grows, shrinks and feathers once something is painted.
"""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.mask_ops import LARGEST_AMOUNT
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool
from fxdiffuse_gui.views.mask_tools.brush_rows import BrushRows
from fxdiffuse_gui.views.mask_tools.overlay_color import OverlayColor
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE, icon
from fxdiffuse_gui.views.widgets.questions import ask_saved_name
from fxdiffuse_gui.views.widgets.value_box import ValueBox

_OPENED = "*.png *.tif *.tiff *.jpg *.jpeg *.webp"
_SAVED = "PNG (*.png)"
_FIRST_AMOUNT = 8
_NAME_END = re.compile(r"\s*[(:（：]")
"""A tool tip begins with the name of its button; a key or an explanation follows, in any language."""

_TOOLS = (
    (Tool.BRUSH, "brush", tr_noop("Paint over what should go (B)")),
    (Tool.ERASER, "eraser", tr_noop("Take paint away (E)")),
    (Tool.LASSO, "lasso", tr_noop("Lasso (L): draw around what should go; Alt takes away")),
    (
        Tool.POLYGON,
        "polygon",
        tr_noop("Polygon (P): click its corners, double-click or Enter closes it; Alt takes away"),
    ),
    (Tool.RECTANGLE, "rectangle", tr_noop("Rectangle (M): drag from corner to corner; Alt takes away")),
)


class MaskTools(QWidget):
    """Changes the tool and tip of the brush, and the mask of the session."""

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._brush = brush
        self.tools = {tool: _button(name, tr(tool_tip), checkable=True) for tool, name, tool_tip in _TOOLS}
        self.color = OverlayColor(brush)
        self.show_mask = _button("eye", tr("Keep the mask in sight (O)"), checkable=True)
        self.brush_rows = BrushRows(brush)
        self.fill = _button("fill", tr("Paint over the whole photo"))
        self.invert = _button("invert", tr("Invert the mask (Ctrl+I)"))
        self.clear = _button("clear", tr("Clear the mask (Ctrl+Backspace)"))
        self.load = _button("folder", tr("Load a mask from a file"))
        self.save = _button("save", tr("Save the mask as a PNG"))
        self.grow = _button("grow", tr("Grow the mask by the amount on the right"))
        self.shrink = _button("shrink", tr("Shrink the mask by the amount on the right"))
        self.feather = _button(
            "feather",
            tr("Feather the mask: fade its edge over the amount on the right, inside what is painted"),
        )
        self.amount = ValueBox(1, LARGEST_AMOUNT, 0, "px")
        self._rework = QWidget()
        self._build()
        self._connect()
        self._show_brush()
        self._show_state(session.state)

    def choose_mask(self) -> None:
        """Asks for a file and loads it as the mask."""
        kinds = f"{tr('Masks')} ({_OPENED});;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Load mask"), "", kinds)
        if name:
            self._session.files.load_mask(Path(name))

    def save_mask(self) -> None:
        """Asks for a name and writes the mask there."""
        photo = self._session.photo
        if photo is None or self._session.state.mask is None:
            self._session.message.emit(tr("Nothing is painted yet; there is no mask to save."))
            return
        proposed = Path("mask.png")
        if photo.path is not None:
            proposed = photo.path.with_name(f"{photo.path.stem}-mask.png")
        path = ask_saved_name(self, tr("Save mask"), proposed, _SAVED, ".png")
        if path is not None:
            self._session.files.save_mask(path)

    def grow_mask(self) -> None:
        """Grows the mask by the amount in the box."""
        self._run_rework(lambda: self._session.mask.grow(self._pixels))

    def shrink_mask(self) -> None:
        """Shrinks the mask by the amount in the box."""
        self._run_rework(lambda: self._session.mask.shrink(self._pixels))

    def feather_mask(self) -> None:
        """Feathers the mask by the amount in the box, inside what is painted."""
        self._run_rework(lambda: self._session.mask.feather(self._pixels))

    def feather_mask_across(self) -> None:
        """Feathers the mask by the amount in the box, half inside and half outside."""
        self._run_rework(lambda: self._session.mask.feather(self._pixels, inward=False))

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.amount.setValue(_FIRST_AMOUNT)
        self.amount.setFixedWidth(self.brush_rows.size_row.box.width())
        self.amount.setAccessibleName(tr("Amount to grow, shrink or feather by, in photo pixels"))
        self.amount.setToolTip(tr("1 to {most} photo pixels", most=LARGEST_AMOUNT))
        amount = QLabel(tr("by"))
        theme.set_role(amount, "caption")
        rework = _row(self.grow, self.shrink, self.feather)
        rework.addStretch(1)
        rework.addWidget(amount)
        rework.addWidget(self.amount)
        rework.setContentsMargins(0, 0, 0, 0)
        self._rework.setLayout(rework)
        tools = _row(*self.tools.values())
        tools.addStretch(1)
        tools.addWidget(self.color)
        tools.addWidget(self.show_mask)
        whole = _row(self.fill, self.invert, self.clear)
        whole.addStretch(1)
        whole.addWidget(self.load)
        whole.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_1)
        rows.addLayout(tools)
        rows.addWidget(self.brush_rows)
        rows.addLayout(whole)
        rows.addWidget(self._rework)

    def _connect(self) -> None:
        session, brush = self._session, self._brush
        for tool, button in self.tools.items():
            button.clicked.connect(lambda _=False, tool=tool: brush.toggle_tool(tool))
        self.show_mask.clicked.connect(brush.pin_mask)
        self.fill.clicked.connect(session.mask.fill)
        self.invert.clicked.connect(session.mask.invert)
        self.clear.clicked.connect(session.mask.clear)
        self.load.clicked.connect(self.choose_mask)
        self.save.clicked.connect(self.save_mask)
        self.grow.clicked.connect(self.grow_mask)
        self.shrink.clicked.connect(self.shrink_mask)
        self.feather.clicked.connect(self.feather_mask)
        self.amount.stepped.connect(self._step_amount)
        brush.changed.connect(self._show_brush)
        session.history.state_changed.connect(self._show_state)
        session.photo_changed.connect(lambda: self._show_state(session.state))

    # --- reacting ----------------------------------------------------------------------------------

    @property
    def _pixels(self) -> int:
        return round(self.amount.value())

    def _step_amount(self, steps: float) -> None:
        whole = round(steps) or (1 if steps > 0 else -1)
        self.amount.show_value(self._pixels + whole)

    def _run_rework(self, rework: Callable[[], object]) -> None:
        """Shows a wait cursor: a large mask takes a second."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            rework()
        finally:
            QApplication.restoreOverrideCursor()

    def _show_brush(self) -> None:
        brush = self._brush
        for tool, button in self.tools.items():
            button.setChecked(brush.tool is tool)
        self.show_mask.setChecked(brush.is_mask_pinned)
        self.brush_rows.setVisible(brush.is_stroking)

    def _show_state(self, state: EditState) -> None:
        has_photo, has_mask = self._session.photo is not None, state.mask is not None
        for widget in (*self.tools.values(), self.fill, self.invert, self.load):
            widget.setEnabled(has_photo)
        self.clear.setEnabled(has_mask)
        self.save.setEnabled(has_mask)
        self._rework.setVisible(has_mask)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_1)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _button(name: str, tool_tip: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setToolTip(tool_tip)
    button.setAccessibleName(_NAME_END.split(tool_tip, maxsplit=1)[0])
    button.setCheckable(checkable)
    return button
