"""The font of the window."""

from PySide6.QtGui import QFont, QFontDatabase

from fxdiffuse_gui.app.language import language_in_use

_HAN = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC"]


def interface_font() -> QFont:
    """The system's sans font; in Chinese backed by one with the Han characters as China writes them.

    Left to itself, a system of another language takes the Japanese shapes.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if language_in_use() == "zh_CN":
        font.setFamilies([*font.families(), *_HAN])
    return font
