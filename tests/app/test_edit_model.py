"""Settings and their history, without threads."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.commands import Stroke
from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import EditState, MaskImage, Reference
from fxdiffuse_gui.engine.condition import MAX_SEED
from fxdiffuse_gui.engine.tasks import SPECS, Task
from fxdiffuse_gui.photo.image import Photo
from tests.languages import spoken


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    original = np.zeros((40, 60, 3), np.uint8)
    session.photo = Photo(original, None, 8)
    yield session
    session.close()


def reference() -> Reference:
    return Reference("sunset.jpg", None, np.zeros((4, 4, 3), np.float32), "digest")


def patch(value: int, region: Region) -> MaskImage:
    return np.full((region.height, region.width), value, np.uint8)


def test_a_drag_is_one_step_of_the_history(session: Session) -> None:
    for value in (0.02, 0.03, 0.04):
        session.set_value(Task.GRAIN, value, dragging=True)
    session.end_drag()
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "Film grain 0.040 px"
    session.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].default
    assert Task.GRAIN not in session.state.enabled
    session.undo_stack.redo()
    assert session.state.values[Task.GRAIN] == 0.04 and Task.GRAIN in session.state.enabled


def test_two_drags_are_two_steps(session: Session) -> None:
    session.set_value(Task.GRAIN, 0.02, dragging=True)
    session.end_drag()
    session.set_value(Task.GRAIN, 0.03, dragging=True)
    session.end_drag()
    assert session.undo_stack.count() == 2


def test_drags_of_two_sliders_do_not_merge(session: Session) -> None:
    session.set_value(Task.GRAIN, 0.02, dragging=True)
    session.set_value(Task.SHARPEN, 2.0, dragging=True)
    assert session.undo_stack.count() == 2


def test_a_typed_value_is_a_step_of_its_own(session: Session) -> None:
    session.set_value(Task.GRAIN, 0.02)
    session.set_value(Task.GRAIN, 0.03)
    assert session.undo_stack.count() == 2


def test_a_drag_back_to_the_start_leaves_no_step(session: Session) -> None:
    session.set_value(Task.GRAIN, 0.05)
    session.set_value(Task.GRAIN, 0.09, dragging=True)
    session.set_value(Task.GRAIN, 0.05, dragging=True)
    session.end_drag()
    assert session.undo_stack.count() == 1


def test_values_are_clamped(session: Session) -> None:
    session.set_value(Task.GRAIN, 7)
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].maximum
    session.set_value(Task.GRAIN, -1)
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].minimum


def test_switching_off_keeps_the_value(session: Session) -> None:
    session.set_value(Task.BLUR, 20)
    session.set_enabled(Task.BLUR, False)
    assert session.state.values[Task.BLUR] == 20
    assert session.state.condition().blur is None
    session.set_enabled(Task.BLUR, True)
    assert session.state.condition().blur == 20


def test_what_changes_nothing_is_no_step(session: Session) -> None:
    session.set_enabled(Task.BLUR, False)
    session.set_blur_angle(None)
    session.reset_all()
    session.clear_mask()
    assert session.undo_stack.count() == 0


def test_an_angle_is_a_direction(session: Session) -> None:
    session.set_blur_angle(270)
    assert session.state.blur_angle == 90
    session.reset_task(Task.BLUR)
    assert session.state.blur_angle is None


def test_a_reference_switches_color_on_and_goes_with_it(session: Session) -> None:
    session.set_reference(reference())
    assert session.state.condition().color == 1.0
    assert session.state.active_tasks == (Task.COLOR,)
    session.set_reference(None)
    assert session.state.reference is None and not session.state.enabled
    session.undo_stack.undo()
    assert session.state.reference is not None and Task.COLOR in session.state.enabled


def test_color_without_a_reference_is_inactive(session: Session) -> None:
    session.set_enabled(Task.COLOR, True)
    assert session.state.active_tasks == ()
    assert session.state.condition().active_tasks == ()


def test_reset_all_can_be_undone(session: Session) -> None:
    session.set_value(Task.SHARPEN, 3)
    session.set_reference(reference())
    session.reset_all()
    assert session.state.active_tasks == () and session.state.values[Task.SHARPEN] == 1.5
    session.undo_stack.undo()
    assert session.state.values[Task.SHARPEN] == 3 and session.state.reference is not None


def test_seeds(session: Session) -> None:
    session.set_seed(MAX_SEED + 5)
    assert session.state.seed == MAX_SEED
    session.reroll_seed()
    assert session.state.seed != MAX_SEED
    session.undo_stack.undo()
    assert session.state.seed == MAX_SEED


def test_a_locked_seed_is_not_drawn_anew(session: Session) -> None:
    messages: list[str] = []
    session.message.connect(messages.append)
    session.set_seed(11)
    session.set_seed_locked(True)
    session.reroll_seed()
    assert session.state.seed == 11 and len(messages) == 1


def test_a_stroke_paints_and_can_be_undone(session: Session) -> None:
    region = Region(10, 5, 20, 8)
    session.commit_stroke(region, patch(255, region))
    mask = session.state.mask
    assert mask is not None and mask.sum() == 255 * 160 and mask[region.slices].min() == 255
    assert Task.INPAINT in session.state.enabled
    assert session.state.condition().is_active(Task.INPAINT)
    session.undo_stack.undo()
    assert session.state.mask is None and Task.INPAINT not in session.state.enabled
    session.undo_stack.redo()
    np.testing.assert_array_equal(session.state.mask, mask)


def test_strokes_are_undone_one_by_one(session: Session) -> None:
    first, second = Region(0, 0, 10, 10), Region(5, 5, 10, 10)
    session.commit_stroke(first, patch(255, first))
    session.commit_stroke(second, patch(0, second), "Erase mask")
    assert session.state.mask is not None and session.state.mask.sum() == 255 * 75
    session.undo_stack.undo()
    assert session.state.mask is not None and session.state.mask.sum() == 255 * 100


def test_a_mask_in_a_state_is_never_changed_in_place(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.commit_stroke(region, patch(255, region))
    before = session.state.mask
    assert before is not None
    copy = before.copy()
    other = Region(8, 8, 4, 4)
    session.commit_stroke(other, patch(255, other))
    np.testing.assert_array_equal(before, copy)


def test_a_stroke_that_paints_nothing_new_is_no_step(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.commit_stroke(region, patch(0, region))
    assert session.undo_stack.count() == 0


def test_a_mask_that_is_erased_away_is_gone(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.commit_stroke(region, patch(255, region))
    session.commit_stroke(region, patch(0, region), "Erase mask")
    assert session.state.mask is None and session.state.active_tasks == ()


def test_invert_and_clear(session: Session) -> None:
    region = Region(0, 0, 10, 10)
    session.commit_stroke(region, patch(255, region))
    session.invert_mask()
    assert session.state.mask is not None and session.state.mask.sum() == 255 * (2400 - 100)
    session.clear_mask()
    assert session.state.mask is None
    session.undo_stack.undo()
    assert session.state.mask is not None


def test_every_change_is_told(session: Session) -> None:
    told: list[EditState] = []
    session.state_changed.connect(told.append)
    session.set_value(Task.GRAIN, 0.02)
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert [state.enabled for state in told] == [{Task.GRAIN}, frozenset(), {Task.GRAIN}]


def test_edits_count_as_unsaved(session: Session) -> None:
    assert not session.is_modified
    session.set_value(Task.GRAIN, 0.02)
    assert session.is_modified
    session.undo_stack.undo()
    assert not session.is_modified


def test_a_soft_stroke_is_undone_and_redone_level_by_level(session: Session) -> None:
    region = Region(3, 2, 40, 30)
    first = np.random.default_rng(1).integers(0, 256, (30, 40)).astype(np.uint8)
    session.commit_stroke(region, first)
    session.commit_stroke(region, 255 - first)
    session.undo_stack.undo()
    assert session.state.mask is not None
    np.testing.assert_array_equal(session.state.mask[region.slices], first)
    session.undo_stack.redo()
    np.testing.assert_array_equal(session.state.mask[region.slices], 255 - first)
    condition = session.state.condition()
    assert condition.mask is not None
    np.testing.assert_array_equal(condition.mask[region.slices], 255 - first)


def test_fill_grow_shrink_and_feather_are_steps(session: Session) -> None:
    square = Region(20, 10, 20, 20)
    session.commit_stroke(square, patch(255, square))
    steps = (
        (lambda: session.grow_mask(3), "Grow mask 3 px"),
        (lambda: session.shrink_mask(5), "Shrink mask 5 px"),
        (lambda: session.feather_mask(4), "Feather mask 4 px"),
        (lambda: session.feather_mask(4, inward=False), "Feather mask 4 px"),
        (session.fill_mask, "Fill mask"),
    )
    masks = [session.state.mask]
    for change, text in steps:
        change()
        assert session.undo_stack.undoText() == text
        masks.append(session.state.mask)
    for mask in reversed(masks):
        assert mask is not None and session.state.mask is not None
        np.testing.assert_array_equal(session.state.mask, mask)
        session.undo_stack.undo()


def test_without_paint_there_is_nothing_to_rework(session: Session) -> None:
    messages: list[str] = []
    session.message.connect(messages.append)
    session.grow_mask(3)
    assert session.undo_stack.count() == 0 and "Nothing is painted" in messages[0]


def test_the_history_keeps_only_what_a_step_changes(session: Session) -> None:
    original = np.zeros((2000, 3000, 3), np.uint8)
    session.photo = Photo(np.broadcast_to(np.float32(0), original.shape), None, 8, original)
    square = Region(1000, 800, 200, 200)
    session.commit_stroke(square, patch(255, square))
    session.grow_mask(8)
    command = session.undo_stack.command(1)
    assert isinstance(command, Stroke)
    assert command._region == Region(992, 792, 216, 216)
    assert len(command._before) + len(command._after) < 5000


def test_two_values_set_at_once_are_one_step_clamped_and_on(session: Session) -> None:
    for value in (0.06, 0.07, 9.0):
        session.set_values({Task.GRAIN: value, Task.BLUR: 100 * value}, dragging=True)
    session.end_drag()
    assert (session.state.values[Task.GRAIN], session.state.values[Task.BLUR]) == (0.1, 32.0)
    assert session.state.enabled == {Task.GRAIN, Task.BLUR}
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "Film grain 0.100 px, Motion blur 32.0 px"
    session.reset_values((Task.GRAIN, Task.BLUR))
    assert session.state.values[Task.GRAIN] == SPECS[Task.GRAIN].default
    session.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == 0.1


def test_drags_of_other_pairs_do_not_merge(session: Session) -> None:
    session.set_values({Task.GRAIN: 0.02, Task.BLUR: 3.0}, dragging=True)
    session.set_values({Task.GRAIN: 0.03, Task.SHARPEN: 3.0}, dragging=True)
    session.set_value(Task.GRAIN, 0.04, dragging=True)
    assert session.undo_stack.count() == 3


def test_a_look_that_is_matched_is_one_step(session: Session) -> None:
    session.set_value(Task.SHARPEN, 3.0)
    picture = reference()
    session.match_look({Task.BLUR: 99.0, Task.COLOR: 0.5}, 196.0, picture, "Match “a.jpg”")
    state = session.state
    assert (state.values[Task.BLUR], state.blur_angle, state.values[Task.COLOR]) == (32.0, 16.0, 0.5)
    assert state.reference is picture and state.enabled == {Task.SHARPEN, Task.BLUR, Task.COLOR}
    assert session.undo_stack.count() == 2
    session.match_look({Task.GRAIN: 0.03}, 90.0, reference(), "Match “b.jpg”")
    assert session.state.reference is picture and session.state.blur_angle == 16.0
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.state.reference is None and session.state.blur_angle is None


def test_the_history_speaks_the_language_of_the_window(session: Session, qapp: QApplication) -> None:
    with spoken(qapp, "de"):
        session.set_values({Task.GRAIN: 0.06, Task.BLUR: 8.0})
        assert session.undo_stack.undoText() == "Filmkorn 0.060 px, Bewegungsunschärfe 8.0 px"
        session.reset_values((Task.GRAIN, Task.BLUR))
        assert "Filmkorn" in session.undo_stack.undoText() and "Reset" not in session.undo_stack.undoText()
