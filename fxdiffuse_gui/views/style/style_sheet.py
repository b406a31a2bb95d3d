"""The application's style sheet as a template over the tokens of `theme`.

Separate from `theme` because it is one long text. Widgets choose a style by the dynamic property `role`; the
property `off` is for what is switched off.
"""

from collections.abc import Mapping
from string import Template


def style_sheet(tokens: Mapping[str, object]) -> str:
    """The style sheet with every `$NAME` replaced. Raises KeyError for a token that `tokens` lacks."""
    return Template(_QSS).substitute(tokens)


_QSS = """
/* ---- surfaces ---------------------------------------------------------------------------------- */
QMainWindow, QDialog { background: $WINDOW; }
QMainWindow::separator { background: $CANVAS; width: 1px; height: 1px; }
QToolTip {
    background: $RAISED; color: $TEXT; border: 1px solid $GROOVE; padding: 4px 6px;
}
QScrollArea, QScrollArea > QWidget > QWidget[role="column"] { background: $WINDOW; border: none; }
QFrame[role="card"] {
    background: $CARD; border: 1px solid $CARD; border-radius: ${RADIUS}px;
}
QFrame[role="card"][off="true"] { background: $CARD_OFF; border-color: $CARD_OFF; }
QFrame[role="line"] { background: $LINE; border: none; max-height: 1px; min-height: 1px; }

/* ---- text -------------------------------------------------------------------------------------- */
QLabel { color: $TEXT; background: transparent; }
QLabel[role="heading"] { font-size: $HEADING_SIZE; font-weight: 600; }
QLabel[role="title"] { font-size: $TITLE_SIZE; font-weight: 600; }
QLabel[role="caption"] { font-size: $CAPTION_SIZE; color: $MUTED; }
QLabel[role="wanted"] { font-size: $CAPTION_SIZE; color: $ACCENT; }
QLabel[role="error"] { font-size: $CAPTION_SIZE; color: $BAD; }
QLabel[off="true"] { color: $MUTED; }
QLabel:disabled { color: $DISABLED; }

/* ---- buttons ----------------------------------------------------------------------------------- */
QPushButton, QToolButton {
    color: $TEXT; background: $RAISED; border: 1px solid $RAISED; border-radius: 5px;
    padding: 4px 12px; min-height: 18px;
}
QToolButton { padding: 4px; min-width: 18px; }
QPushButton:hover, QToolButton:hover { background: $HOVER; border-color: $HOVER; }
QPushButton:pressed, QToolButton:pressed { background: $PRESSED; border-color: $PRESSED; }
QPushButton:checked, QToolButton:checked { background: $PRESSED; border-color: $GROOVE; color: $ACCENT_TEXT; }
QPushButton:focus, QToolButton:focus { border-color: $ACCENT; }
QPushButton:disabled, QToolButton:disabled {
    color: $DISABLED; background: $CARD; border-color: $CARD;
}
QPushButton[role="primary"], QPushButton:default {
    background: $ACCENT; border-color: $ACCENT; color: $ON_ACCENT;
}
QPushButton[role="primary"] { font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton:default:hover {
    background: $ACCENT_HOVER; border-color: $ACCENT_HOVER;
}
QPushButton[role="primary"]:pressed, QPushButton:default:pressed {
    background: $ACCENT_PRESSED; border-color: $ACCENT_PRESSED;
}
QPushButton[role="primary"]:focus, QPushButton:default:focus { border-color: $TEXT; }
QPushButton[role="primary"]:disabled {
    background: $RAISED; border-color: $RAISED; color: $DISABLED;
}
QPushButton[role="flat"], QToolButton[role="flat"] {
    background: transparent; border-color: transparent; padding: 4px;
}
QToolButton[role="flat"][narrow="true"] { padding: 4px 2px; min-width: 16px; max-width: 16px; }
QPushButton[role="flat"] { color: $MUTED; padding: 4px 8px; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover {
    background: $RAISED; border-color: $RAISED; color: $TEXT;
}
QPushButton[role="flat"]:pressed, QToolButton[role="flat"]:pressed { background: $PRESSED; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border-color: $ACCENT; }
QToolButton[role="flat"]:checked:focus { border-color: $TEXT; }
QPushButton[role="flat"]:disabled, QToolButton[role="flat"]:disabled {
    color: $DISABLED; background: transparent; border-color: transparent;
}
QToolButton[role="flat"]:checked { background: $PRESSED; border-color: $LINE; }
QToolButton[role="overlay"] {
    background: $VEIL; border-color: transparent; border-radius: 12px; padding: 0; min-height: 0;
    min-width: 0;
}
QToolButton[role="overlay"]:hover { background: $VEIL_HOVER; }
QToolButton[role="overlay"]:focus { border-color: $ACCENT; }
QPushButton[role="segment"] {
    background: $FIELD; border: 1px solid $LINE; border-radius: 5px; padding: 4px 14px; color: $MUTED;
}
QPushButton[role="segment"]:hover { color: $TEXT; border-color: $GROOVE; }
QPushButton[role="segment"]:checked { background: $HOVER; border-color: $HOVER; color: $TEXT; }
QPushButton[role="segment"]:focus { border-color: $ACCENT; }
QPushButton[role="segment"]:disabled { color: $DISABLED; }
QToolButton::menu-indicator { image: none; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

/* ---- fields ------------------------------------------------------------------------------------ */
QLineEdit, QAbstractSpinBox, QComboBox {
    background: $FIELD; color: $TEXT; border: 1px solid $LINE; border-radius: 4px;
    padding: 2px 6px; min-height: 20px;
    selection-background-color: $ACCENT; selection-color: $ON_ACCENT;
}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $GROOVE; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: $ACCENT; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QLineEdit:read-only {
    color: $DISABLED; background: $CARD; border-color: $CARD;
}
QAbstractSpinBox[role="value"] { background: transparent; border-color: transparent; padding: 2px 4px; }
QAbstractSpinBox[role="value"]:hover { background: $FIELD; border-color: $LINE; }
QAbstractSpinBox[role="value"]:focus { background: $FIELD; border-color: $ACCENT; }
QAbstractSpinBox[role="value"][off="true"] { color: $MUTED; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($GLYPH-chevron-down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $RAISED; border: 1px solid $GROOVE; padding: 4px; outline: none;
    selection-background-color: $HOVER; selection-color: $TEXT;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    background: transparent; border: none; width: 18px;
}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $RAISED; }
QAbstractSpinBox[role="value"]::up-button, QAbstractSpinBox[role="value"]::down-button { width: 0; }
QAbstractSpinBox::up-arrow { image: url($GLYPH-chevron-up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($GLYPH-chevron-down.svg); width: 10px; height: 10px; }
QAbstractSpinBox[role="value"]::up-arrow, QAbstractSpinBox[role="value"]::down-arrow {
    image: none; width: 0; height: 0;
}

/* ---- check boxes, radio buttons ------------------------------------------------------------------ */
QCheckBox, QRadioButton { color: $TEXT; spacing: 8px; background: transparent; padding: 2px; }
QCheckBox:disabled, QRadioButton:disabled { color: $DISABLED; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $GROOVE; border-radius: 4px; background: $FIELD;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $MUTED; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $ACCENT; }
QCheckBox::indicator:checked {
    background: $ACCENT; border-color: $ACCENT; image: url($GLYPH-check.svg);
}
QRadioButton::indicator:checked {
    background: $ACCENT; border-color: $ACCENT; image: url($GLYPH-dot.svg);
}
QCheckBox::indicator:checked:focus { border-color: $TEXT; }
QCheckBox::indicator:checked:disabled { background: $GROOVE; border-color: $GROOVE; }

/* ---- sliders (QSlider and superqt's, which draw through the style) -------------------------------- */
QSlider { background: transparent; min-height: 22px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $GROOVE; margin: 0; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $ACCENT; }
QSlider::handle:horizontal {
    background: $HANDLE; width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
    border: 1px solid $HANDLE_EDGE;
}
QSlider::handle:horizontal:hover { background: $HANDLE_HOVER; }
QSlider::handle:horizontal:pressed { background: $ACCENT_HOVER; }
QSlider::handle:horizontal:focus { border: 2px solid $ACCENT; width: 10px; height: 10px; }
QSlider[off="true"]::sub-page:horizontal { background: $FILL_OFF; }
QSlider[off="true"]::handle:horizontal { background: $HANDLE_OFF; }
QSlider::sub-page:horizontal:disabled { background: $GROOVE; }
QSlider::handle:horizontal:disabled { background: $GROOVE; }

/* ---- bars, menus, tabs, lists --------------------------------------------------------------------- */
QToolBar { background: $WINDOW; border: none; spacing: 4px; padding: 4px 8px; }
QToolBar::separator { background: $LINE; width: 1px; margin: 6px 4px; }
QToolBar QToolButton { background: transparent; border-color: transparent; }
QToolBar QToolButton:hover { background: $RAISED; border-color: $RAISED; }
QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: $PRESSED; border-color: $LINE; }
QToolBar QToolButton:focus { border-color: $ACCENT; }
QToolBar QToolButton:disabled { background: transparent; border-color: transparent; }
QStatusBar { background: $WINDOW; color: $MUTED; border: none; }
QStatusBar::item { border: none; }
QMenuBar { background: $WINDOW; color: $TEXT; border: none; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $RAISED; }
QMenu { background: $CARD; color: $TEXT; border: 1px solid $GROOVE; padding: 4px; }
QMenu::item { padding: 5px 20px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $HOVER; }
QMenu::item:disabled { color: $DISABLED; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::indicator:checked { image: url($GLYPH-tick.svg); }
QMenu::separator { height: 1px; background: $LINE; margin: 4px 8px; }
QDockWidget {
    color: $MUTED; titlebar-close-icon: url($GLYPH-close.svg);
    titlebar-normal-icon: url($GLYPH-float.svg);
}
QDockWidget::title { background: $WINDOW; padding: 8px 12px 4px 12px; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $MUTED; padding: 6px 12px; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $TEXT; }
QTabBar::tab:selected { color: $TEXT; border-bottom-color: $ACCENT; }
QListView, QTreeView, QTableView, QUndoView {
    background: $FIELD; color: $TEXT; border: none; border-radius: ${RADIUS}px; outline: none; padding: 4px;
}
QListView::item { padding: 0 8px; border-radius: 4px; border: 1px solid transparent; }
QListView::item:hover { background: $CARD; }
QListView::item:selected { background: $RAISED; color: $TEXT; }
QListView::item:selected:focus { border-color: $ACCENT; }
QSplitter::handle { background: $CANVAS; }
QSplitter::handle:hover { background: $GROOVE; }
QProgressBar {
    background: $FIELD; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
    color: transparent;
}
QProgressBar::chunk { background: $ACCENT; border-radius: 2px; }

/* ---- scroll bars ---------------------------------------------------------------------------------- */
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $GROOVE; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $DISABLED; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
