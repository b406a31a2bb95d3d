"""The table of settings, and every form that is derived from it."""

from dataclasses import fields, replace
from types import MappingProxyType

import pytest

from fxdiffuse_gui.core.strict_json import FieldError, Fields, to_json
from fxdiffuse_gui.document.edit_settings import SETTINGS, EditSettings, Kind
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task

EVERYTHING = {
    "color": 0.4, "blur": 7.3, "sharpen": 1.5, "grain": 0.05,
    "blur_angle": 33.25, "seed": 41, "grain_seed": 7,
}  # fmt: skip


def test_the_table_has_a_row_for_every_number() -> None:
    assert {one.name for one in SETTINGS} == set(EVERYTHING)
    intensities = [one for one in SETTINGS if one.kind is Kind.INTENSITY]
    assert [one.task for one in intensities] == [spec.task for spec in TASKS if spec.has_intensity]
    others = {one.name for one in SETTINGS if one.kind is not Kind.INTENSITY}
    assert others == {one.name for one in fields(EditSettings)} - {"values", "enabled"}
    # Every number is a field of the engine's form by the same name.
    assert {one.name for one in SETTINGS} <= {one.name for one in fields(EditCondition)}
    assert len({one.flag for one in SETTINGS}) == len(SETTINGS)
    assert all(one.help and one.metavar for one in SETTINGS)


def test_numbers_come_back() -> None:
    settings = EditSettings.of_numbers(EVERYTHING)
    assert settings.numbers() == EVERYTHING
    assert settings.enabled == {Task.COLOR, Task.BLUR, Task.SHARPEN, Task.GRAIN}
    assert EditSettings.of_numbers({}) == EditSettings() and EditSettings().numbers() == {"seed": 0}


def test_a_number_that_is_missing_or_zero_is_off_and_keeps_the_slider() -> None:
    settings = EditSettings.of_numbers({"blur": 0, "blur_angle": 20.0, "grain": 0.03, "grain_seed": 4})
    assert settings.enabled == {Task.GRAIN} and settings.values[Task.BLUR] == SPECS[Task.BLUR].default
    # What belongs to an effect goes with it.
    assert settings.numbers() == {"grain": 0.03, "seed": 0, "grain_seed": 4}
    assert settings.numbers({Task.BLUR}) == {"blur": 12.0, "blur_angle": 20.0, "seed": 0}


def test_the_condition_and_back() -> None:
    settings = EditSettings.of_numbers(EVERYTHING)
    condition = settings.to_condition()
    assert {name: getattr(condition, name) for name in EVERYTHING} == EVERYTHING
    # Without a picture there is no color transfer.
    without = {name: value for name, value in EVERYTHING.items() if name != "color"}
    assert EditSettings.of_condition(condition).numbers() == without
    with pytest.raises(ConditionError, match="Film grain"):
        EditSettings.of_numbers({"grain": 7.0}).to_condition()
    off = replace(settings, enabled=frozenset()).to_condition()
    assert (off.blur, off.grain, off.sharpen, off.color) == (None,) * 4 and off.seed == 41


@pytest.mark.parametrize("seeds", [False, True])
def test_json_and_back(seeds: bool) -> None:
    settings = EditSettings.of_numbers(EVERYTHING)
    values = settings.to_json(seeds=seeds)
    assert list(values) == ["values", "on", "blur_angle", *(["seed", "grain_seed"] if seeds else [])]
    read = EditSettings.from_json(Fields.parse(to_json(values)), seeds=seeds)
    assert read == (settings if seeds else settings.without_seeds())
    assert "grain_seed" not in replace(settings, grain_seed=None).to_json(seeds=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"values": {"grain": 7}}, "grain must be a number from 0.01 to 0.1"),
        ({"values": {"vignette": 1}}, "'vignette' is no effect; known are color, blur, sharpen, grain"),
        ({"on": ["vignette"]}, "'vignette' is no effect; known are inpaint, color, blur, sharpen, grain"),
        ({"blur_angle": 181}, "blur_angle must be a number from 0 to 180"),
        ({"seed": -1}, "seed must be a whole number from 0 to 9223372036854775807"),
        ({"seed": None}, "seed must be a whole number from 0 to 9223372036854775807"),
        ({"grain_seed": 0.5}, "grain_seed must be a whole number from 0 to 9223372036854775807"),
    ],
)
def test_json_that_cannot_be_is_named(change: dict[str, object], reason: str) -> None:
    values = {**EditSettings.of_numbers(EVERYTHING).to_json(seeds=True), **change}
    with pytest.raises(FieldError) as caught:
        EditSettings.from_json(Fields.parse(to_json(values)), seeds=True)
    assert str(caught.value) == reason


def test_both_ends_of_the_angle_are_one_direction() -> None:
    values = EditSettings(blur_angle=180.0).to_json(seeds=False)
    assert EditSettings.from_json(Fields(values), seeds=False).blur_angle == 0.0


def test_a_state_is_its_numbers_and_its_pictures() -> None:
    settings = EditSettings.of_numbers(EVERYTHING)
    state = EditState.of(settings, seed_locked=True)
    assert state.settings == settings and type(state.settings) is EditSettings and state.seed_locked
    # States are told apart as objects: their pictures are too large to be compared.
    assert state != EditState.of(settings, seed_locked=True) and len({state, state}) == 1
    other = EditState(values=MappingProxyType({}), seed=3, grain_seed=4)
    applied = settings.applied_to(other)
    assert isinstance(applied, EditState) and (applied.seed, applied.grain_seed) == (3, 4)
    assert applied.values == settings.values and applied.blur_angle == 33.25


def test_the_picture_key_counts_what_is_seen() -> None:
    state = EditState.of(EditSettings.of_numbers({"grain": 0.05}))
    for same in ({"blur_angle": 3.0}, {"seed_locked": True}, {"enabled": state.enabled | {Task.COLOR}}):
        assert replace(state, **same).picture_key == state.picture_key  # type: ignore[arg-type]
    for other in ({"seed": 1}, {"grain_seed": 1}, {"enabled": frozenset[Task]()}):
        assert replace(state, **other).picture_key != state.picture_key  # type: ignore[arg-type]
