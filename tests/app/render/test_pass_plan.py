"""Which picture the screen lacks."""

import pytest

from fxdiffuse_gui.app.render.pass_plan import (
    BACKGROUND_PIXELS,
    DRAG_SECONDS,
    FINAL_SECONDS,
    LEAST_PIXELS,
    Pass,
    PassPlan,
)
from fxdiffuse_gui.app.render.throughput import FINAL_EVALUATIONS, Throughput
from fxdiffuse_gui.core.geometry import Region

SHAPE = (3000, 4000)
WHOLE = Region(0, 0, 4000, 3000)
VISIBLE = Region(1000, 800, 900, 600)


def paced(seconds: float) -> Throughput:
    """A machine that takes this long for a megapixel and evaluation."""
    pace = Throughput()
    for _ in range(60):
        pace.learn(1_000_000, 1, 1.3 * seconds)
    return pace


def plan_at(zoom: float, visible: Region = VISIBLE, *, seconds: float = 2.0, drawn: bool = True) -> PassPlan:
    plan = PassPlan(SHAPE, paced(seconds))
    plan.set_view(visible, zoom)
    plan.set_revision(1, is_drawn=drawn)
    return plan


def follow(plan: PassPlan) -> list[Pass]:
    """All passes until nothing is lacking."""
    passes: list[Pass] = []
    while (wanted := plan.next_pass()) is not None:
        passes.append(wanted)
        plan.record(wanted)
    return passes


def test_at_full_size_what_is_visible_comes_first_rough_then_exact_then_the_whole() -> None:
    plan = plan_at(1.0)
    first, final, background = follow(plan)
    assert first == Pass(1.0, VISIBLE, rough=True) and final == Pass(1.0, VISIBLE, rough=False)
    assert background.background and background.region == WHOLE and not background.rough
    assert background.zoom**2 * 12e6 <= BACKGROUND_PIXELS
    assert plan.is_visible_done and plan.zoom == 1.0


def test_close_up_nothing_is_enlarged() -> None:
    assert follow(plan_at(4.0))[1].zoom == 1.0


def test_where_chance_has_no_part_one_pass_is_as_good_as_several() -> None:
    assert [wanted.rough for wanted in follow(plan_at(1.0, drawn=False))] == [False, False]


def test_what_is_quick_is_made_at_once() -> None:
    assert [wanted.rough for wanted in follow(plan_at(1.0, seconds=0.05))] == [False, False]


@pytest.mark.parametrize("seconds", [0.02, 0.5, 3.0])
def test_zoomed_out_the_size_follows_screen_and_machine(seconds: float) -> None:
    passes = follow(plan_at(0.3, WHOLE, seconds=seconds))
    zoom = [wanted for wanted in passes if not wanted.background][-1].zoom
    pixels = zoom**2 * 12e6
    assert zoom <= 0.3 * 2**0.125
    slow = pixels * (FINAL_EVALUATIONS + 0.3) * 1e-6 * seconds
    assert slow <= FINAL_SECONDS or pixels <= LEAST_PIXELS
    if seconds == 0.02:
        assert zoom >= 0.3


def test_zoomed_out_the_whole_needs_no_background() -> None:
    assert not any(wanted.background for wanted in follow(plan_at(0.2, WHOLE, seconds=0.1)))


def test_a_drag_is_followed_by_small_rough_passes_and_ends_with_the_final_one() -> None:
    plan = plan_at(0.25, WHOLE, seconds=1.0)
    quick = plan.next_pass(dragging=True)
    assert quick is not None and quick.rough and quick.zoom**2 * 12e6 * 1.3e-6 <= DRAG_SECONDS
    plan.record(quick)
    assert plan.next_pass(dragging=True) is None
    final = plan.next_pass()
    assert final is not None and not final.rough and final.zoom > quick.zoom


def test_at_full_size_a_drag_is_followed_with_the_photos_own_pixels() -> None:
    assert plan_at(1.0).next_pass(dragging=True) == Pass(1.0, VISIBLE, rough=True)


def test_new_settings_need_new_passes() -> None:
    plan = plan_at(1.0)
    follow(plan)
    plan.set_revision(1, is_drawn=True)
    assert plan.next_pass() is None
    plan.set_revision(2, is_drawn=True)
    assert plan.next_pass() == Pass(1.0, VISIBLE, rough=True) and not plan.is_visible_done
    follow(plan)
    plan.forget()
    assert plan.next_pass() is not None


def test_moving_within_what_is_computed_needs_nothing() -> None:
    plan = plan_at(1.0)
    follow(plan)
    plan.set_view(Region(1100, 900, 300, 300), 2.0)
    assert plan.is_visible_done and plan.next_pass() is None
    plan.set_view(Region(1200, 800, 900, 600), 1.0)
    assert plan.next_pass() == Pass(1.0, Region(1200, 800, 900, 600), rough=True)


def test_what_has_left_the_screen_is_asked_for_again() -> None:
    """The engine remembers it; the canvas does not."""
    plan = plan_at(0.3, WHOLE, drawn=False)
    first = follow(plan)[0]
    plan.set_view(VISIBLE, 1.0)
    follow(plan)
    plan.set_view(WHOLE, 0.3)
    assert plan.next_pass() == first


def test_a_running_pass_is_kept_while_it_will_do() -> None:
    plan = plan_at(1.0, drawn=False)
    running = Pass(1.0, VISIBLE, rough=False)
    plan.set_view(Region(1040, 850, 300, 300), 1.0)
    assert plan.next_pass(running=running) is running
    plan.set_view(Region(1200, 800, 900, 600), 1.0)
    assert plan.next_pass(running=running) != running
    outside = Pass(1.0, WHOLE, rough=False, background=True)
    assert plan.next_pass(running=outside) == Pass(1.0, Region(1200, 800, 900, 600), rough=False)
    assert plan.next_pass(running=Pass(0.5, WHOLE, rough=False)) != Pass(0.5, WHOLE, rough=False)


def test_the_size_stays_though_the_pace_is_known_better() -> None:
    pace = paced(1.8)
    plan = PassPlan(SHAPE, pace)
    plan.set_view(WHOLE, 0.5)
    plan.set_revision(1, is_drawn=True)
    zoom = plan.zoom
    for _ in range(50):
        pace.learn(1_000_000, 1, 0.5)
    assert plan.zoom == zoom
    plan.set_revision(2, is_drawn=True)
    assert plan.zoom > zoom  # much faster than was thought
    zoom = plan.zoom
    for _ in range(50):
        pace.learn(1_000_000, 1, 0.6)
    plan.set_revision(3, is_drawn=True)
    assert plan.zoom == zoom  # about as fast: what was computed may be remembered


def test_the_pace_is_not_fooled_by_what_was_remembered_or_by_a_moment() -> None:
    pace = paced(1.0)
    usual = pace.seconds(1_000_000, 4)
    pace.learn(1_000_000, 4, 0.001)
    assert pace.seconds(1_000_000, 4) == usual
    pace.learn(1_000_000, 4, 1000.0)
    assert usual < pace.seconds(1_000_000, 4) < 2 * usual
    assert pace.pixels(pace.seconds(1_000_000, 4), 4) == pytest.approx(1_000_000)


def test_a_picture_is_called_what_the_zoom_says_it_is() -> None:
    plan = plan_at(0.135, WHOLE)
    # The next size of a copy is a little larger than the screen needs.
    assert plan.shown_zoom(0.149) == 0.135
    assert plan.shown_zoom(0.1) == 0.1
    # Exact stays exact.
    assert plan.shown_zoom(1.0) == 1.0
