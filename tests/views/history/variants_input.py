"""What a user does in the view of variants, and what is seen there."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.views.history.variants_view import VariantsView
from fxdiffuse_gui.views.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, window: MainWindow) -> VariantsView:
    qtbot.mouseClick(window.seed_bar.variants, LEFT)
    view = window.variants.view
    assert view is not None and view.isVisible()
    return view


def captions(view: VariantsView) -> list[str]:
    return [cell.text() for cell in view.cells]


def complete(qtbot: QtBot, view: VariantsView) -> None:
    def is_there() -> bool:
        idle = not view._settle.isActive() and not view._alternatives.is_waiting
        return idle and all(cell.has_picture for cell in view.cells)

    qtbot.waitUntil(is_there)


def color(view: VariantsView, number: int) -> tuple[int, int, int]:
    """The middle of a cell."""
    cell = view.cells[number]
    middle = cell.grab().toImage().pixelColor(cell.rect().center())
    return middle.red(), middle.green(), middle.blue()
