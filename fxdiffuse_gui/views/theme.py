"""The visual language: colors, spacing, type scale, and the palette and style sheet made from them.

Every gray is neutral (equal red, green and blue), because a tinted surround shifts how the colors of a
photograph are judged. One accent, the amber of a darkroom safelight, marks what is on, focused or chosen.
Lengths are device-independent pixels; type sizes follow the system's font, so both scale with the screen.
"""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from fxdiffuse_gui.views.interface_font import interface_font
from fxdiffuse_gui.views.style_sheet import style_sheet

CANVAS: Final = "#1c1c1c"
"""Surround of the photo."""
WINDOW: Final = "#262626"
"""Tool bars, panels, dialogs."""
CARD: Final = "#2f2f2f"
"""A raised group of controls."""
CARD_OFF: Final = "#2a2a2a"
"""The card of an effect that is switched off."""
RAISED: Final = "#3b3b3b"
"""Buttons at rest."""
HOVER: Final = "#474747"
"""Buttons under the pointer."""
PRESSED: Final = "#212121"
"""Buttons held down."""
FIELD: Final = "#1f1f1f"
"""Typed values, lists."""
LINE: Final = "#404040"
"""Hairlines."""
GROOVE: Final = "#525252"
"""The unfilled part of a slider, a switch that is off."""
FILL_OFF: Final = "#6a6a6a"
"""The filled part of the slider of an effect that is off."""
HANDLE_OFF: Final = "#9a9a9a"
BRIGHT: Final = "#ffffff"
"""What the pointer is on."""
TEXT: Final = "#e4e4e4"
MUTED: Final = "#a8a8a8"
"""Secondary text; 6:1 on a card."""
DISABLED: Final = "#757575"
ACCENT: Final = "#e0a04e"
ACCENT_HOVER: Final = "#efb666"
ACCENT_PRESSED: Final = "#c2873a"
ON_ACCENT: Final = "#1b1408"
"""Text and glyphs on the accent."""
GOOD: Final = "#86b886"
BAD: Final = "#ea8272"

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
RADIUS: Final = 6
CONTROL_HEIGHT: Final = 28
PANEL_WIDTH: Final = 324
"""Width at which the effect cards show everything without eliding."""

_CAPTION, _TITLE, _HEADING = 0.88, 1.05, 1.3
_ICONS = Path(resources.__file__).parent / "icons"


def apply_theme(app: QApplication) -> None:
    """Gives `app` the dark look: Fusion as the base style, palette, system sans font, style sheet."""
    app.setStyle("Fusion")
    app.setPalette(dark_palette())
    font = interface_font()
    app.setFont(font)
    tokens = {name: value for name, value in globals().items() if name.isupper() and not name.startswith("_")}
    tokens["CAPTION_SIZE"] = f"{_points(font) * _CAPTION:.2f}pt"
    tokens["TITLE_SIZE"] = f"{_points(font) * _TITLE:.2f}pt"
    tokens["HEADING_SIZE"] = f"{_points(font) * _HEADING:.2f}pt"
    tokens["ICONS"] = _ICONS.as_posix()
    app.setStyleSheet(style_sheet(tokens))


def dark_palette() -> QPalette:
    """The palette for what no style sheet reaches: custom painting, native item views, disabled text."""
    role = QPalette.ColorRole
    colors = {
        role.Window: WINDOW,
        role.WindowText: TEXT,
        role.Base: FIELD,
        role.AlternateBase: CARD,
        role.ToolTipBase: RAISED,
        role.ToolTipText: TEXT,
        role.Text: TEXT,
        role.PlaceholderText: DISABLED,
        role.Button: RAISED,
        role.ButtonText: TEXT,
        role.BrightText: BAD,
        role.Light: HOVER,
        role.Midlight: RAISED,
        role.Mid: LINE,
        role.Dark: FIELD,
        role.Shadow: CANVAS,
        role.Link: ACCENT,
        role.LinkVisited: ACCENT_PRESSED,
        role.Highlight: ACCENT,
        role.HighlightedText: ON_ACCENT,
        role.Accent: ACCENT,
    }
    palette = QPalette()
    for one, color in colors.items():
        palette.setColor(one, QColor(color))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(DISABLED))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(GROOVE))
    return palette


def set_role(widget: QWidget, role: str) -> None:
    """Marks `widget` for the style sheet: "card", "title", "heading", "caption", "error", "primary", "flat" …

    Setting another role later restyles the widget at once.
    """
    set_flag(widget, "role", role)


def set_flag(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet looks at, and restyles `widget` when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def tabular(font: QFont) -> QFont:
    """`font` with figures of equal width, so that numbers do not jitter while they change."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def _points(font: QFont) -> float:
    """Size of `font` in points; a system font given in pixels has none, so 10 stands in for it."""
    return font.pointSizeF() if font.pointSizeF() > 0 else 10.0
