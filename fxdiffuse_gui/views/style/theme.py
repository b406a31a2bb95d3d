"""The visual language: colors, spacing, type scale, and the palette and style sheet made from them.

`theme.TEXT` is the color `text` of the set in use, and so on for every field of `Colors`. Read it when
something is drawn: a stored color is wrong after the artist has chosen another appearance. Widgets that store
one check `is_restyled(event)` in their `changeEvent`. Lengths are device-independent pixels; type sizes
follow the system's font, so both scale with the screen.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from fxdiffuse_gui.app.gui_gc import no_collection
from fxdiffuse_gui.app.language import language_in_use
from fxdiffuse_gui.views.style.palettes import DARK, Colors
from fxdiffuse_gui.views.style.style_sheet import style_sheet

OVER_PHOTO: Final = "#ffffff"
"""Lines on the photo, in any theme."""
TEXT_OVER_PHOTO: Final = "#e4e4e4"
"""Text on a shadow over the photo."""

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


class _InUse:
    colors = DARK


def __getattr__(name: str) -> str:
    """The color of that name, in capitals, in the set in use."""
    color = getattr(_InUse.colors, name.lower(), None) if name.isupper() else None
    if not isinstance(color, str):
        raise AttributeError(f"The theme has no {name}.")
    return color


def colors() -> Colors:
    """The set of colors in use."""
    return _InUse.colors


def apply_theme(app: QApplication) -> None:
    """Sets up the style of `app`: Fusion as the base, the system's sans font, the dark colors."""
    app.setStyle("Fusion")
    app.setFont(interface_font())
    use_colors(app, DARK)


def use_colors(app: QApplication, chosen: Colors) -> None:
    """Draws everything in the `chosen` colors from now on; what is on screen changes at once."""
    _InUse.colors = chosen
    font = app.font()
    tokens: dict[str, object] = {name.upper(): color for name, color in asdict(chosen).items()}
    tokens["RADIUS"] = RADIUS
    tokens["CAPTION_SIZE"] = f"{_points(font) * _CAPTION:.2f}pt"
    tokens["TITLE_SIZE"] = f"{_points(font) * _TITLE:.2f}pt"
    tokens["HEADING_SIZE"] = f"{_points(font) * _HEADING:.2f}pt"
    tokens["GLYPH"] = (_ICONS / ("glyph" if chosen.is_dark else "light-glyph")).as_posix()
    # Qt walks a list of all widgets and calls methods of ours: none may be collected meanwhile.
    with no_collection():
        app.setPalette(palette(chosen))
        app.setStyleSheet(style_sheet(tokens))


def is_restyled(event: QEvent) -> bool:
    """Whether `event` means that the colors have changed."""
    return event.type() is QEvent.Type.StyleChange


def palette(chosen: Colors) -> QPalette:
    """The palette for what the style sheet does not cover: custom painting, item views, disabled text."""
    role = QPalette.ColorRole
    roles = {
        role.Window: chosen.window,
        role.WindowText: chosen.text,
        role.Base: chosen.field,
        role.AlternateBase: chosen.card,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
        role.Text: chosen.text,
        role.PlaceholderText: chosen.disabled,
        role.Button: chosen.raised,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.bad,
        role.Light: chosen.hover if chosen.is_dark else chosen.field,
        role.Midlight: chosen.raised,
        role.Mid: chosen.line if chosen.is_dark else chosen.groove,
        role.Dark: chosen.field if chosen.is_dark else chosen.fill_off,
        role.Shadow: chosen.canvas if chosen.is_dark else chosen.muted,
        role.Link: chosen.accent_text,
        role.LinkVisited: chosen.accent_pressed,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Accent: chosen.accent,
    }
    made = QPalette()
    for one, color in roles.items():
        made.setColor(one, QColor(color))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(chosen.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(chosen.groove))
    return made


def faded(color: str, alpha: int) -> QColor:
    """`color` with an alpha of 0..255."""
    through = QColor(color)
    through.setAlpha(alpha)
    return through


def set_role(widget: QWidget, role: str) -> None:
    """Marks `widget` for the style sheet: "card", "title", "heading", "caption", "error", "primary", "flat" …

    Setting another role later restyles the widget at once.
    """
    set_flag(widget, "role", role)


def set_flag(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet uses, and restyles `widget` when it changed."""
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


_HAN = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC"]


def interface_font() -> QFont:
    """The system's sans font; in Chinese backed by one with the Han characters as China writes them.

    Otherwise a system of another language uses the Japanese shapes.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if language_in_use() == "zh_CN":
        font.setFamilies([*font.families(), *_HAN])
    return font
