"""Named values: kept, renamed, removed, and read from settings that anyone may have written."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from fxdiffuse_gui.app.value_presets import MOST, NamedValue, ValuePresets, bundled_values
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.mark.parametrize("task", list(Task))
def test_bundled_values_are_in_range_and_rise(task: Task) -> None:
    values = [one.value for one in bundled_values(task)]
    spec = SPECS[task]
    assert values == sorted(values) and all(spec.minimum <= value <= spec.maximum for value in values)
    assert bool(values) is spec.has_intensity


def test_grain_has_the_trained_radii() -> None:
    assert [one.value for one in bundled_values(Task.GRAIN)] == [0.01, 0.025, 0.05, 0.075, 0.1]


def test_values_outlast_the_program(settings: QSettings, tmp_path: Path) -> None:
    own = ValuePresets(Task.GRAIN, settings)
    own.save("Größe & Form; 50 %", 0.0725)
    own.save("  fine\n one ", 0.02)
    settings.sync()
    again = ValuePresets(Task.GRAIN, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert again.values == [NamedValue("fine one", 0.02), NamedValue("Größe & Form; 50 %", 0.0725)]
    assert ValuePresets(Task.BLUR, settings).values == []


def test_a_value_of_the_same_name_is_replaced(settings: QSettings) -> None:
    own = ValuePresets(Task.BLUR, settings)
    own.save("Mine", 4.0)
    assert own.has(" Mine ") and not own.has("mine")
    own.save("Mine", 8.0)
    assert own.values == [NamedValue("Mine", 8.0)]


def test_rename_and_remove(settings: QSettings) -> None:
    own = ValuePresets(Task.BLUR, settings)
    first, second = own.save("One", 4.0), own.save("Two", 8.0)
    with pytest.raises(ValueError, match="exists already"):
        own.rename(first, "Two")
    own.rename(first, "Three")
    assert own.values == [NamedValue("Three", 4.0), second]
    own.remove(second)
    assert own.values == [NamedValue("Three", 4.0)]


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\x07"])
def test_a_name_needs_a_letter(settings: QSettings, name: str) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        ValuePresets(Task.BLUR, settings).save(name, 4.0)


def test_there_is_a_limit(settings: QSettings) -> None:
    own = ValuePresets(Task.BLUR, settings)
    for number in range(MOST):
        own.save(f"Value {number}", 4.0)
    with pytest.raises(ValueError, match="remove one"):
        own.save("Another", 5.0)
    own.save("Value 0", 5.0)
    assert len(own.values) == MOST


def stored(*items: object, version: object = 1) -> str:
    return json.dumps({"version": version, "values": list(items)})


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "null",
        stored({"name": "a", "value": 1e9}),
        stored({"name": "a", "value": 0.0}),
        stored({"name": "a", "value": "4"}),
        stored({"name": "a", "value": True}),
        stored({"name": "", "value": 4}),
        stored({"name": "a\nb", "value": 4}),
        stored({"name": ["a"], "value": 4}),
        stored({"value": 4}),
        stored("a"),
        stored({"name": "a", "value": 4}, version=2),
        stored(*[{"name": str(n), "value": 4} for n in range(MOST + 1)]),
        '{"version": 1, "values": [{"name": "a", "value": NaN}]}',
        '{"version": 1, "values": [{"name": "a", "value": 1' + "0" * 500 + "}]}",
        "[" * 100_000,
        stored({"name": "a", "value": 4}) + " " * 70_000,
    ],
)
def test_hostile_settings_count_as_none(settings: QSettings, text: str) -> None:
    settings.setValue("values/blur", text)
    own = ValuePresets(Task.BLUR, settings)
    assert own.values == []
    own.save("Mine", 4.0)
    assert own.values == [NamedValue("Mine", 4.0)]


@pytest.mark.parametrize("value", [7, ["a", "b"], b"bytes"])
def test_settings_of_another_type_count_as_none(settings: QSettings, value: object) -> None:
    settings.setValue("values/blur", value)
    assert ValuePresets(Task.BLUR, settings).values == []


def test_a_long_name_is_cut(settings: QSettings) -> None:
    settings.setValue("values/blur", stored({"name": "x" * 300, "value": 4}))
    assert ValuePresets(Task.BLUR, settings).values == [NamedValue("x" * 80, 4.0)]
