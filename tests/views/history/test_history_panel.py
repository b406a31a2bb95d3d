"""The history view."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.history.history_panel import HistoryPanel


def test_steps_have_names_and_a_click_goes_there(qtbot: QtBot, session: Session) -> None:
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    session.settings.set_value(Task.GRAIN, 0.08)
    session.settings.set_enabled(Task.GRAIN, False)
    model = panel.view.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert names == ["As opened", "Film grain 0.080 px", "Film grain off"]
    where = panel.view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert session.history.undo_stack.index() == 0
    assert session.state.values[Task.GRAIN] != 0.08
    panel.grab()
