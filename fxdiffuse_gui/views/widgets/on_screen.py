"""Windows that are no larger than their screen: laptops have little room."""

from PySide6.QtWidgets import QWidget


def keep_on_screen(window: QWidget) -> None:
    """Makes `window`, not shown yet, no larger than the room on its screen."""
    window.resize(window.size().boundedTo(window.screen().availableSize()))
