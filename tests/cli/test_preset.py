"""`--preset` of `fxdiffuse edit` and `batch`: which preset is meant, and what flags change of it."""

from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.app.settings import presets_folder, use_settings_folder
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.presets import Preset, PresetFolder, own_presets_folder, write_preset
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from tests.command_engine import CommandEngine
from tests.photo.photo_files import random_samples, save


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the artist's presets, and a photo in a working directory of its own."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda: tmp_path / "config")
    save(Path("photo.png"), random_samples(8, 12))
    save(Path("look.png"), random_samples(5, 6))
    return own_presets_folder()


def preset(name: str, *on: Task, reference: Path | None = None, angle: float | None = None, **values: float):  # type: ignore[no-untyped-def]
    every = {task: values.get(task.value, SPECS[task].default) for task in Task if SPECS[task].has_intensity}
    return Preset(name, EditSettings(MappingProxyType(every), frozenset(on), angle), reference)


def edited(engine: CommandEngine, *flags: str) -> dict[str, Any]:
    assert cli.main(["edit", "photo.png", "-o", "out.png", *flags]) == 0
    return engine.conditions.pop().to_json() if engine.conditions else {}


def test_a_bundled_preset_by_its_name(engine: CommandEngine) -> None:
    wanted = {"seed": 0, "sharpen": 0.4, "grain": 0.025}
    assert edited(engine, "--preset", "Fine film") == wanted
    assert edited(engine, "--preset", "fine FILM", "--seed", "3") == {**wanted, "seed": 3}


def test_the_artist_s_own_come_first(engine: CommandEngine, own: Path) -> None:
    PresetFolder(own).save(preset("Fine film", Task.SHARPEN, sharpen=2.0))
    assert edited(engine, "--preset", "Fine film") == {"seed": 0, "sharpen": 2.0}


def test_the_folder_is_the_one_of_the_app(qapp: QApplication, own: Path) -> None:
    use_settings_folder(platformdirs.user_config_path())
    assert own == presets_folder()


def test_a_file_and_flags_beside_it(engine: CommandEngine) -> None:
    look = Path("look.png").absolute()
    on = (Task.BLUR, Task.COLOR, Task.GRAIN)
    write_preset(preset("x", *on, reference=look, angle=30, blur=9.0, color=0.5, grain=0.03), Path("my.json"))
    found = edited(engine, "--preset", "my.json")
    assert found.pop("reference") and found == {
        "seed": 0, "color": 0.5, "blur": 9.0, "blur_angle": 30.0, "grain": 0.03,
    }  # fmt: skip
    save(Path("other.png"), random_samples(7, 7))
    flags = ["--blur", "0", "--grain", "0.06", "--reference", "other.png", "--sharpen", "1"]
    other = edited(engine, "--preset", "./my.json", *flags)
    assert other.pop("reference") and other == {"seed": 0, "color": 0.5, "grain": 0.06, "sharpen": 1.0}
    assert edited(engine, "--preset", "my.json", "--color-strength", "0", "--blur", "0") == {
        "seed": 0,
        "grain": 0.03,
    }


def test_batch_takes_one_too(engine: CommandEngine) -> None:
    assert cli.main(["batch", ".", "-o", "out", "--preset", "Crisp", "--grain", "0.05"]) == 0
    conditions = [condition.to_json() for condition in engine.conditions]
    assert len(conditions) == 2 and all(one["grain"] == 0.05 and one["sharpen"] for one in conditions)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody", "There is no preset “nobody”; known are “Mine”, “Fine film”, "),
        ("gone.json", "gone.json cannot be read"),
        ("bad.json", "bad.json is no fxdiffuse preset"),
        ("./photo.png", "photo.png is no fxdiffuse preset"),
        ("Mine", "color strength needs a reference"),
    ],
)
def test_what_is_no_preset_is_one_line(
    engine: CommandEngine, own: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    PresetFolder(own).save(preset("Mine", Task.COLOR))
    Path("bad.json").write_text('{"format": "something else"}')
    assert cli.main(["edit", "photo.png", "-o", "out.png", "--preset", name]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and reason in captured.err and not Path("out.png").exists()
    assert engine.conditions == []


@pytest.mark.parametrize("beside", ["--jobs jobs.jsonl", "--project mine.fxd -o out.png"])
def test_a_preset_beside_what_has_settings_of_its_own_is_refused(
    engine: CommandEngine, own: Path, capsys: pytest.CaptureFixture[str], beside: str
) -> None:
    """Also one that switches nothing on, of which nothing would be missed."""
    PresetFolder(own).save(preset("Nothing"))
    assert cli.main(["edit", "--preset", "Nothing", *beside.split()]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and "beside it" in captured.err
