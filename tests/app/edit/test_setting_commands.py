"""Settings and their history, without threads."""

import numpy as np
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from tests.core.languages import spoken


def reference() -> Reference:
    return Reference("sunset.jpg", None, np.zeros((4, 4, 3), np.float32), "digest")


def test_a_drag_is_one_step_of_the_history(session: Session) -> None:
    for value in (0.02, 0.03, 0.04):
        session.settings.set_value(Task.GRAIN, value, dragging=True)
    session.history.end_drag()
    assert session.history.undo_stack.count() == 1
    assert session.history.undo_stack.undoText() == "Film grain 0.040 px"
    session.history.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].default
    assert Task.GRAIN not in session.state.enabled
    session.history.undo_stack.redo()
    assert session.state.values[Task.GRAIN] == 0.04 and Task.GRAIN in session.state.enabled


def test_two_drags_are_two_steps(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    session.history.end_drag()
    session.settings.set_value(Task.GRAIN, 0.03, dragging=True)
    session.history.end_drag()
    assert session.history.undo_stack.count() == 2


def test_drags_of_two_sliders_do_not_merge(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    session.settings.set_value(Task.SHARPEN, 2.0, dragging=True)
    assert session.history.undo_stack.count() == 2


def test_a_typed_value_is_a_step_of_its_own(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.02)
    session.settings.set_value(Task.GRAIN, 0.03)
    assert session.history.undo_stack.count() == 2


def test_a_drag_back_to_the_start_leaves_no_step(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.05)
    session.settings.set_value(Task.GRAIN, 0.09, dragging=True)
    session.settings.set_value(Task.GRAIN, 0.05, dragging=True)
    session.history.end_drag()
    assert session.history.undo_stack.count() == 1


def test_values_are_clamped(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 7)
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].maximum
    session.settings.set_value(Task.GRAIN, -1)
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].minimum


def test_switching_off_keeps_the_value(session: Session) -> None:
    session.settings.set_value(Task.BLUR, 20)
    session.settings.set_enabled(Task.BLUR, False)
    assert session.state.values[Task.BLUR] == 20
    assert session.state.condition().blur is None
    session.settings.set_enabled(Task.BLUR, True)
    assert session.state.condition().blur == 20


def test_what_changes_nothing_is_no_step(session: Session) -> None:
    session.settings.set_enabled(Task.BLUR, False)
    session.settings.set_blur_angle(None)
    session.settings.reset_all()
    session.mask.clear()
    assert session.history.undo_stack.count() == 0


def test_an_angle_is_a_direction(session: Session) -> None:
    session.settings.set_blur_angle(270)
    assert session.state.blur_angle == 90
    session.settings.reset_task(Task.BLUR)
    assert session.state.blur_angle is None


def test_a_reference_switches_color_on_and_goes_with_it(session: Session) -> None:
    session.settings.set_reference(reference())
    assert session.state.condition().color == 1.0
    assert session.state.active_tasks == (Task.COLOR,)
    session.settings.set_reference(None)
    assert session.state.reference is None and not session.state.enabled
    session.history.undo_stack.undo()
    assert session.state.reference is not None and Task.COLOR in session.state.enabled


def test_color_without_a_reference_is_inactive(session: Session) -> None:
    session.settings.set_enabled(Task.COLOR, True)
    assert session.state.active_tasks == ()
    assert session.state.condition().active_tasks == ()


def test_reset_all_can_be_undone(session: Session) -> None:
    session.settings.set_value(Task.SHARPEN, 3)
    session.settings.set_reference(reference())
    session.settings.reset_all()
    assert session.state.active_tasks == () and session.state.values[Task.SHARPEN] == 1.5
    session.history.undo_stack.undo()
    assert session.state.values[Task.SHARPEN] == 3 and session.state.reference is not None


def test_every_change_is_told(session: Session) -> None:
    told: list[EditState] = []
    session.history.state_changed.connect(told.append)
    session.settings.set_value(Task.GRAIN, 0.02)
    session.history.undo_stack.undo()
    session.history.undo_stack.redo()
    assert [state.enabled for state in told] == [{Task.GRAIN}, frozenset(), {Task.GRAIN}]


def test_edits_count_as_unsaved(session: Session) -> None:
    assert not session.history.is_modified
    session.settings.set_value(Task.GRAIN, 0.02)
    assert session.history.is_modified
    session.history.undo_stack.undo()
    assert not session.history.is_modified


def test_two_values_set_at_once_are_one_step_clamped_and_on(session: Session) -> None:
    for value in (0.06, 0.07, 9.0):
        session.settings.set_values({Task.GRAIN: value, Task.BLUR: 100 * value}, dragging=True)
    session.history.end_drag()
    assert (session.state.values[Task.GRAIN], session.state.values[Task.BLUR]) == (0.1, 32.0)
    assert session.state.enabled == {Task.GRAIN, Task.BLUR}
    assert session.history.undo_stack.count() == 1
    assert session.history.undo_stack.undoText() == "Film grain 0.100 px, Motion blur 32.0 px"
    session.settings.reset_values((Task.GRAIN, Task.BLUR))
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].default
    session.history.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == 0.1


def test_drags_of_other_pairs_do_not_merge(session: Session) -> None:
    session.settings.set_values({Task.GRAIN: 0.02, Task.BLUR: 3.0}, dragging=True)
    session.settings.set_values({Task.GRAIN: 0.03, Task.SHARPEN: 3.0}, dragging=True)
    session.settings.set_value(Task.GRAIN, 0.04, dragging=True)
    assert session.history.undo_stack.count() == 3


def test_a_look_that_is_matched_is_one_step(session: Session) -> None:
    session.settings.set_value(Task.SHARPEN, 3.0)
    picture = reference()
    session.settings.match_settings({Task.BLUR: 99.0, Task.COLOR: 0.5}, 196.0, picture, "Match “a.jpg”")
    state = session.state
    assert (state.values[Task.BLUR], state.blur_angle, state.values[Task.COLOR]) == (32.0, 16.0, 0.5)
    assert state.reference is picture and state.enabled == {Task.SHARPEN, Task.BLUR, Task.COLOR}
    assert session.history.undo_stack.count() == 2
    session.settings.match_settings({Task.GRAIN: 0.03}, 90.0, reference(), "Match “b.jpg”")
    assert session.state.reference is picture and session.state.blur_angle == 16.0
    session.history.undo_stack.undo()
    session.history.undo_stack.undo()
    assert session.state.reference is None and session.state.blur_angle is None


def test_the_history_speaks_the_language_of_the_window(session: Session, qapp: QApplication) -> None:
    with spoken(qapp, "de"):
        session.settings.set_values({Task.GRAIN: 0.06, Task.BLUR: 8.0})
        assert session.history.undo_stack.undoText() == "Filmkorn 0.060 px, Bewegungsunschärfe 8.0 px"
        session.settings.reset_values((Task.GRAIN, Task.BLUR))
        assert (
            "Filmkorn" in session.history.undo_stack.undoText()
            and "Reset" not in session.history.undo_stack.undoText()
        )
