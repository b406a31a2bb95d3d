"""The mask: strokes, and what is done to it as a whole."""

import weakref

import numpy as np

from fxdiffuse_gui.app.edit.edit_history import Stroke
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo


def patch(value: int, region: Region) -> MaskImage:
    return np.full((region.height, region.width), value, np.uint8)


def test_a_stroke_paints_and_can_be_undone(session: Session) -> None:
    region = Region(10, 5, 20, 8)
    session.mask.paint(region, patch(255, region))
    mask = session.state.mask
    assert mask is not None and mask.sum() == 255 * 160 and mask[region.slices].min() == 255
    assert Task.INPAINT in session.state.enabled
    assert session.state.condition().is_active(Task.INPAINT)
    session.history.undo_stack.undo()
    assert session.state.mask is None and Task.INPAINT not in session.state.enabled
    session.history.undo_stack.redo()
    np.testing.assert_array_equal(session.state.mask, mask)


def test_strokes_are_undone_one_by_one(session: Session) -> None:
    first, second = Region(0, 0, 10, 10), Region(5, 5, 10, 10)
    session.mask.paint(first, patch(255, first))
    session.mask.paint(second, patch(0, second), "Erase mask")
    assert session.state.mask is not None and session.state.mask.sum() == 255 * 75
    session.history.undo_stack.undo()
    assert session.state.mask is not None and session.state.mask.sum() == 255 * 100


def test_a_mask_in_a_state_is_never_changed_in_place(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.mask.paint(region, patch(255, region))
    before = session.state.mask
    assert before is not None
    copy = before.copy()
    other = Region(8, 8, 4, 4)
    session.mask.paint(other, patch(255, other))
    np.testing.assert_array_equal(before, copy)


def test_a_stroke_that_paints_nothing_new_is_no_step(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.mask.paint(region, patch(0, region))
    assert session.history.undo_stack.count() == 0


def test_a_mask_that_is_erased_away_is_gone(session: Session) -> None:
    region = Region(0, 0, 4, 4)
    session.mask.paint(region, patch(255, region))
    session.mask.paint(region, patch(0, region), "Erase mask")
    assert session.state.mask is None and session.state.active_tasks == ()


def test_invert_and_clear(session: Session) -> None:
    region = Region(0, 0, 10, 10)
    session.mask.paint(region, patch(255, region))
    session.mask.invert()
    assert session.state.mask is not None and session.state.mask.sum() == 255 * (2400 - 100)
    session.mask.clear()
    assert session.state.mask is None
    session.history.undo_stack.undo()
    assert session.state.mask is not None


def test_a_soft_stroke_is_undone_and_redone_level_by_level(session: Session) -> None:
    region = Region(3, 2, 40, 30)
    first = np.random.default_rng(1).integers(0, 256, (30, 40)).astype(np.uint8)
    session.mask.paint(region, first)
    session.mask.paint(region, 255 - first)
    session.history.undo_stack.undo()
    assert session.state.mask is not None
    np.testing.assert_array_equal(session.state.mask[region.slices], first)
    session.history.undo_stack.redo()
    np.testing.assert_array_equal(session.state.mask[region.slices], 255 - first)
    condition = session.state.condition()
    assert condition.mask is not None
    np.testing.assert_array_equal(condition.mask[region.slices], 255 - first)


def test_fill_grow_shrink_and_feather_are_steps(session: Session) -> None:
    square = Region(20, 10, 20, 20)
    session.mask.paint(square, patch(255, square))
    steps = (
        (lambda: session.mask.grow(3), "Grow mask 3 px"),
        (lambda: session.mask.shrink(5), "Shrink mask 5 px"),
        (lambda: session.mask.feather(4), "Feather mask 4 px"),
        (lambda: session.mask.feather(4, inward=False), "Feather mask 4 px"),
        (session.mask.fill, "Fill mask"),
    )
    masks = [session.state.mask]
    for change, text in steps:
        change()
        assert session.history.undo_stack.undoText() == text
        masks.append(session.state.mask)
    for mask in reversed(masks):
        assert mask is not None and session.state.mask is not None
        np.testing.assert_array_equal(session.state.mask, mask)
        session.history.undo_stack.undo()


def test_without_paint_there_is_nothing_to_rework(session: Session) -> None:
    messages: list[str] = []
    session.message.connect(messages.append)
    session.mask.grow(3)
    assert session.history.undo_stack.count() == 0 and "Nothing is painted" in messages[0]


def test_the_history_keeps_only_what_a_step_changes(session: Session) -> None:
    original = np.zeros((2000, 3000, 3), np.uint8)
    session.history.photo = Photo(np.broadcast_to(np.float32(0), original.shape), None, 8, original)
    square = Region(1000, 800, 200, 200)
    session.mask.paint(square, patch(255, square))
    session.mask.grow(8)
    command = session.history.undo_stack.command(1)
    assert isinstance(command, Stroke)
    assert command._region == Region(992, 792, 216, 216)
    assert len(command._before) + len(command._after) < 5000


def test_the_history_keeps_no_whole_masks(session: Session) -> None:
    """At a hundred megapixels each would take a hundred megabytes."""
    kept: list[weakref.ref[MaskImage]] = []
    for change in (session.mask.fill, session.mask.invert, session.mask.fill):
        change()
        if session.state.mask is not None:
            kept.append(weakref.ref(session.state.mask))
    session.mask.invert()
    assert [ref() for ref in kept] == [None, None]
    assert session.state.mask is None and Task.INPAINT in session.state.enabled
    for mean in (255, 0, 255, 0):
        session.history.undo_stack.undo()
        assert session.state.mask is None if mean == 0 else session.state.mask.mean() == mean
    assert Task.INPAINT not in session.state.enabled
