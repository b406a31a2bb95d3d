"""`MaskTools`: brush, eraser, size, and what is done to the mask as a whole. Sits in the inpaint card."""

import math
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import EditState
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.brush import LARGEST, SMALLEST, Brush, Tool
from fxdiffuse_gui.views.icons import ICON_SIZE, icon

_STEPS = 100
"""Positions of the size slider; they are spaced evenly in the size's logarithm."""

_FILTER = "Masks (*.png *.tif *.tiff *.jpg *.jpeg *.webp);;All files (*)"


class MaskTools(QWidget):
    """Two rows: tools with their size, and the mask as a whole."""

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._brush = brush
        self.brush = _button("brush", "Paint over what should go (B)", checkable=True)
        self.eraser = _button("eraser", "Take paint away (E)", checkable=True)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_label = QLabel()
        self.show_mask = _button("eye", "Keep the mask in sight (O)", checkable=True)
        self.invert = _button("invert", "Invert the mask (Ctrl+I)")
        self.load = _button("folder", "Load a mask from a file")
        self.clear = _button("clear", "Clear the mask (Ctrl+Backspace)")
        self._build()
        self.brush.clicked.connect(lambda: self._choose(self.brush, Tool.BRUSH))
        self.eraser.clicked.connect(lambda: self._choose(self.eraser, Tool.ERASER))
        self.size_slider.valueChanged.connect(self._resize_brush)
        self.show_mask.clicked.connect(brush.pin_mask)
        self.clear.clicked.connect(session.clear_mask)
        self.invert.clicked.connect(session.invert_mask)
        self.load.clicked.connect(self.choose_mask)
        brush.changed.connect(self._show_brush)
        session.state_changed.connect(self._show_state)
        session.photo_changed.connect(lambda: self._show_state(session.state))
        self._show_brush()
        self._show_state(session.state)

    def _choose(self, button: QToolButton, tool: Tool) -> None:
        """A second click on a tool puts it down."""
        self._brush.set_tool(tool if button.isChecked() else Tool.MOVE)
        self._show_brush()

    def _resize_brush(self, position: int) -> None:
        self._brush.set_size(_size_at(position))

    def choose_mask(self) -> None:
        """Asks for a file and loads it as the mask."""
        name, _ = QFileDialog.getOpenFileName(self, "Load mask", "", _FILTER)
        if name:
            self._session.load_mask(Path(name))

    def _build(self) -> None:
        self.size_slider.setRange(0, _STEPS)
        self.size_slider.setAccessibleName("Brush size")
        self.size_slider.setToolTip("Brush size in photo pixels ([ and ])")
        self.size_label.setFont(theme.tabular(self.font()))
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.size_label.setMinimumWidth(self.size_label.fontMetrics().horizontalAdvance("0000 px"))
        theme.set_role(self.size_label, "caption")
        tools = QHBoxLayout()
        tools.setSpacing(theme.SPACE_1)
        for widget in (self.brush, self.eraser):
            tools.addWidget(widget)
        tools.addSpacing(theme.SPACE_1)
        tools.addWidget(self.size_slider, 1)
        tools.addWidget(self.size_label)
        whole = QHBoxLayout()
        whole.setSpacing(theme.SPACE_1)
        for widget in (self.show_mask, self.invert, self.load, self.clear):
            whole.addWidget(widget)
        whole.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_1)
        rows.addLayout(tools)
        rows.addLayout(whole)

    def _show_brush(self) -> None:
        self.brush.setChecked(self._brush.tool is Tool.BRUSH)
        self.eraser.setChecked(self._brush.tool is Tool.ERASER)
        self.show_mask.setChecked(self._brush.is_mask_pinned)
        self.size_label.setText(f"{self._brush.size:.0f} px")
        blocked = self.size_slider.blockSignals(True)
        self.size_slider.setValue(_position_of(self._brush.size))
        self.size_slider.blockSignals(blocked)

    def _show_state(self, state: EditState) -> None:
        has_photo = self._session.photo is not None
        for widget in (self.brush, self.eraser, self.size_slider, self.invert, self.load):
            widget.setEnabled(has_photo)
        self.clear.setEnabled(state.mask is not None)


def _size_at(position: int) -> float:
    return SMALLEST * (LARGEST / SMALLEST) ** (position / _STEPS)


def _position_of(size: float) -> int:
    return round(math.log(size / SMALLEST) / math.log(LARGEST / SMALLEST) * _STEPS)


def _button(name: str, tip: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (", maxsplit=1)[0])
    button.setCheckable(checkable)
    return button
