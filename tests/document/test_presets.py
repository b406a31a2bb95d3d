"""Presets as files: exact, harmless when hostile, each under a name of its own."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.presets import (
    Preset,
    PresetError,
    PresetFolder,
    bundled_presets,
    read_preset,
    write_preset,
)
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from tests.app.session_recorder import opened
from tests.document.projects import full_project, write_picture


@pytest.fixture
def state(tmp_path: Path) -> EditState:
    return full_project(tmp_path).state


@pytest.fixture
def folder(tmp_path: Path) -> PresetFolder:
    return PresetFolder(tmp_path / "config" / "presets")


def test_a_preset_has_the_look_and_neither_mask_nor_seed(state: EditState, folder: PresetFolder) -> None:
    folder.save(Preset.of(state, "Mine"))
    (preset,) = folder.presets
    assert preset.name == "Mine" and dict(preset.look.values) == dict(state.values)
    assert preset.look.enabled == {Task.COLOR, Task.GRAIN} and preset.look.blur_angle == state.blur_angle
    assert state.reference is not None and preset.reference == state.reference.path
    assert preset.file is not None
    assert set(json.loads(preset.file.read_bytes())) == {
        "format", "version", "name", "values", "on", "blur_angle", "reference",
    }  # fmt: skip


def test_a_reference_belongs_to_it_only_while_its_colors_are_taken(state: EditState) -> None:
    assert Preset.of(replace(state, enabled=frozenset()), "Mine").reference is None


def test_the_same_name_replaces_and_another_does_not(state: EditState, folder: PresetFolder) -> None:
    for name, seed in (("A/b", 1), ("a b", 2), ("A/b", 3), ("../../evil", 4), ("中文", 5)):
        angle = float(seed)
        folder.save(Preset.of(replace(state, blur_angle=angle), name))
    assert [(one.name, one.look.blur_angle) for one in folder.presets] == [
        ("../../evil", 4.0), ("a b", 2.0), ("A/b", 3.0), ("中文", 5.0),
    ]  # fmt: skip
    files = {one.file.parent.name for one in folder.presets if one.file is not None}
    assert files == {"presets"}


def test_deleting_and_exchanging(state: EditState, folder: PresetFolder, tmp_path: Path) -> None:
    saved = folder.save(Preset.of(state, "Mine"))
    write_preset(saved, tmp_path / "given.json")
    assert folder.take_in(tmp_path / "given.json").name == "Mine 2"
    assert folder.take_in(tmp_path / "given.json").name == "Mine 3"
    folder.delete(saved)
    assert [one.name for one in folder.presets] == ["Mine 2", "Mine 3"]
    # Only what lies in the folder is deleted.
    folder.delete(read_preset(tmp_path / "given.json"))
    assert (tmp_path / "given.json").exists()


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_a_preset_needs_a_name(state: EditState, name: str) -> None:
    with pytest.raises(PresetError, match="needs a name"):
        Preset.of(state, name)


def test_a_name_is_one_short_line(state: EditState) -> None:
    assert Preset.of(state, "  a\n b\x07 " + "x" * 200).name == "a b " + "x" * 76


def test_a_folder_that_cannot_be_written_is_a_sentence(state: EditState, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    folder = PresetFolder(tmp_path / "config" / "presets")
    assert folder.presets == []
    with pytest.raises(PresetError, match="“Mine” cannot be saved"):
        folder.save(Preset.of(state, "Mine"))


HOSTILE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda p: p.update(format="x"),
    "a later version": lambda p: p.update(version=2),
    "no name": lambda p: p.pop("name"),
    "a long name": lambda p: p.update(name="x" * 10_000),
    "a name with a newline": lambda p: p.update(name="a\nb"),
    "values in a list": lambda p: p.update(values=[1]),
    "a huge number": lambda p: p["values"].update(blur=10**4000),
    "not a number": lambda p: p["values"].update(blur=float("nan")),
    "out of range": lambda p: p["values"].update(blur=33),
    "an unknown effect": lambda p: p["values"].update(evil=1),
    "an intensity of inpainting": lambda p: p["values"].update(inpaint=1),
    "an unknown switch": lambda p: p.update(on=["evil"]),
    "a switch that is a number": lambda p: p.update(on=[1]),
    "a reference on a share": lambda p: p.update(reference="\\\\evil\\share\\a.jpg"),
    "a reference with a zero": lambda p: p.update(reference="a\0b"),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_preset_is_refused(
    state: EditState, tmp_path: Path, folder: PresetFolder, change: Callable[[dict[str, Any]], Any]
) -> None:
    values = json.loads(Preset.of(state, "Mine").to_bytes())
    change(values)
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(values))
    with pytest.raises(PresetError) as caught:
        folder.take_in(path)
    text = str(caught.value)
    assert text.startswith("evil.json is no fxdiffuse preset") and text.endswith(".") and "\n" not in text
    assert folder.presets == []


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 60_000, b"\xff\xfe", b" " * 10_000_000])
def test_what_is_no_preset_is_refused_at_once(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "evil.json"
    path.write_bytes(content)
    started = time.monotonic()
    with pytest.raises(PresetError, match="no fxdiffuse preset"):
        read_preset(path)
    assert time.monotonic() - started < 0.5


def test_a_missing_preset_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match=r"gone\.json cannot be read \(No such file"):
        read_preset(tmp_path / "gone.json")


def test_unreadable_files_in_the_folder_are_passed_over(
    state: EditState, folder: PresetFolder, tmp_path: Path
) -> None:
    folder.save(Preset.of(state, "Mine"))
    (tmp_path / "config" / "presets" / "bad.json").write_text("{")
    (tmp_path / "config" / "presets" / "dir.json").mkdir()
    assert [one.name for one in folder.presets] == ["Mine"]


def test_a_short_preset_written_by_hand_is_enough() -> None:
    values = {"format": "fxdiffuse preset", "version": 1, "name": "Hand", "values": {"grain": 0.03}}
    preset = Preset.from_bytes(json.dumps(values).encode())
    assert preset.look.values[Task.GRAIN] == 0.03
    assert preset.look.values[Task.BLUR] == SPECS[Task.BLUR].default and preset.look.blur_angle is None


def test_the_bundled_presets_change_something_and_need_nothing() -> None:
    presets = bundled_presets()
    assert len(presets) == 4 and len({preset.name for preset in presets}) == 4
    for preset in presets:
        state = preset.look.applied_to(EditState())
        assert state.active_tasks and preset.reference is None
        state.condition()


# --- applying ---------------------------------------------------------------------------------------


def test_applying_is_one_step_and_leaves_mask_and_seed(
    qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, live_session, photo_file())
    live_session.mask.replace(np.full((60, 90), 255, np.uint8))
    live_session.settings.set_value(Task.SHARPEN, 3.0)
    before, steps = live_session.state, live_session.history.undo_stack.count()
    preset = bundled_presets()[3]
    live_session.settings.apply_preset(preset)
    after = live_session.state
    assert live_session.history.undo_stack.count() == steps + 1
    assert live_session.history.undo_stack.undoText() == f"Preset “{preset.name}”"
    assert after.enabled == preset.look.enabled | {Task.INPAINT} and after.blur_angle == 0
    assert after.mask is before.mask and after.seed == before.seed
    live_session.history.undo_stack.undo()
    assert live_session.state.enabled == before.enabled
    assert dict(live_session.state.values) == dict(before.values)


def test_a_reference_comes_along(qtbot: QtBot, live_session: Session, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "colors.png", 20, 10)
    look = bundled_presets()[0].look
    colored = replace(look, enabled=look.enabled | {Task.COLOR})
    live_session.settings.apply_preset(Preset("A", look, path))
    live_session.settings.apply_preset(Preset("B", colored, path))
    qtbot.waitUntil(lambda: live_session.state.reference is not None)
    reference = live_session.state.reference
    steps = live_session.history.undo_stack.count()
    assert steps == 3
    live_session.settings.apply_preset(
        Preset("C", replace(colored, values=MappingProxyType(dict(look.values))), path)
    )
    qtbot.wait(50)
    assert live_session.state.reference is reference and live_session.history.undo_stack.count() == steps
    with qtbot.waitSignal(live_session.files.reference_failed) as told:
        live_session.settings.apply_preset(Preset("D", colored, tmp_path / "gone.png"))
    assert "gone.png" in told.args[0]
