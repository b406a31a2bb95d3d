"""Which picture the screen lacks."""

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.plan import REGION_MARGIN, PassPlan

SHAPE = (3000, 4000, 3)
VISIBLE = Region(1000, 800, 900, 600)


def plan_at(*, at_full_size: bool, zoom: float = 0.2, visible: Region = VISIBLE) -> PassPlan:
    plan = PassPlan(SHAPE, zoom)
    plan.set_view(visible, at_full_size=at_full_size)
    return plan


def test_zoomed_out_the_proxy_is_all() -> None:
    plan = plan_at(at_full_size=False)
    assert plan.next_pass(1) == (True, None)
    assert not plan.is_background(None)
    plan.record(1, None)
    assert plan.next_pass(1) == (False, None)
    assert plan.is_visible_done(1) and not plan.is_exact


def test_new_settings_need_a_new_pass() -> None:
    plan = plan_at(at_full_size=False)
    plan.record(1, None)
    assert plan.next_pass(2) == (True, None)
    assert not plan.is_visible_done(2)


def test_at_full_size_the_visible_region_comes_first_then_the_proxy() -> None:
    plan = plan_at(at_full_size=True)
    needed, region = plan.next_pass(1)
    assert needed and region == VISIBLE.grown(REGION_MARGIN)
    plan.record(1, region)
    assert plan.is_visible_done(1) and plan.is_exact
    assert plan.next_pass(1) == (True, None)
    assert plan.is_background(None)
    plan.record(1, None)
    assert plan.next_pass(1) == (False, None)


def test_the_region_is_clipped_to_the_photo() -> None:
    plan = plan_at(at_full_size=True, visible=Region(0, 2500, 900, 500))
    _, region = plan.next_pass(1)
    assert region == Region(0, 2452, 948, 548)


def test_small_moves_need_nothing_and_large_ones_do() -> None:
    plan = plan_at(at_full_size=True)
    plan.record(1, plan.next_pass(1)[1])
    plan.set_view(Region(1040, 800, 900, 600), at_full_size=True)
    assert plan.is_visible_done(1)
    plan.set_view(Region(1060, 800, 900, 600), at_full_size=True)
    assert plan.next_pass(1) == (True, Region(1012, 752, 996, 696))


def test_a_running_region_is_kept_while_it_holds_what_is_visible() -> None:
    plan = plan_at(at_full_size=True)
    running = VISIBLE.grown(REGION_MARGIN)
    plan.set_view(Region(1040, 800, 900, 600), at_full_size=True)
    assert plan.next_pass(1, running) == (True, running)
    plan.set_view(Region(1200, 800, 900, 600), at_full_size=True)
    assert plan.next_pass(1, running)[1] != running


def test_a_small_photo_is_its_own_proxy() -> None:
    plan = plan_at(at_full_size=True, zoom=1.0)
    assert plan.next_pass(1) == (True, None)
    plan.record(1, None)
    assert plan.is_visible_done(1) and plan.is_exact


def test_what_is_forgotten_is_needed_again() -> None:
    plan = plan_at(at_full_size=False)
    plan.record(1, None)
    plan.forget()
    assert plan.next_pass(1) == (True, None)


def test_a_drag_is_followed_in_the_middle_of_a_large_view() -> None:
    plan = PassPlan((3000, 4000, 3), 0.3)
    plan.set_view(Region(1000, 500, 900, 700), at_full_size=True)
    assert plan.middle == Region(1226, 682, 448, 336)
    plan.set_view(Region(1000, 500, 300, 300), at_full_size=True)
    assert plan.middle is None
    plan.set_view(Region(1000, 500, 900, 700), at_full_size=False)
    assert plan.middle is None
