"""Jobs files: one edit a line, with the names of the flags."""

import json
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from fxdiffuse_gui.batch.jobs_file import _READERS
from fxdiffuse_gui.cli.edit import _build_parser
from fxdiffuse_gui.document.presets import find_preset, write_preset
from fxdiffuse_gui.photo.receipt import read_receipt
from tests.command_engine import CommandEngine
from tests.command_fixtures import edit, write_jobs


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No presets but the bundled ones."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda: tmp_path / "config")


def test_jobs_run_with_one_model_and_paths_from_the_file(
    photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs = write_jobs(
        {"input": "../photo.jpg", "output": "a.png", "grain": 0.05, "seed": 3, "grain_seed": 5, "steps": 4},
        "",
        {"input": "../photo.jpg", "output": "b.png", "reference": "../look.png", "blur": 3, "blur_angle": 9},
        {"input": "../photo.jpg", "output": "c.png", "mask": "../mask.png", "color": None},
    )
    assert edit("--jobs", str(jobs), "--json") == 0
    assert len(engine.loads) == 1 and engine.steps == [4, None, None]
    assert [len(condition.active_tasks) for condition in engine.conditions] == [1, 2, 1]
    assert [condition.grain_seed for condition in engine.conditions] == [5, None, None]
    assert all((jobs.parent / name).exists() for name in ("a.png", "b.png", "c.png"))
    captured = capsys.readouterr()
    assert [json.loads(line)["line"] for line in captured.out.splitlines()] == [1, 3, 4]
    assert captured.err == ""


def test_a_failed_job_does_not_stop_the_others(
    photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"input": "../photo.jpg", "output": "good.png", "grain": 0.05}
    bad: list[Any] = [
        "{not json",
        "[" * 100_000,
        "[1]",
        {**good, "blurr": 3},
        {"input": "../photo.jpg"},
        {**good, "input": "../gone.jpg"},
        {**good, "grain": "0.05"},
        {**good, "grain": True},
        {**good, "seed": 1.5},
        {**good, "grain_seed": 1.5},
        {**good, "grain_seed": -1},
        {**good, "steps": 0},
        {**good, "input": 7},
        '{"input": "../photo.jpg", "output": "o.png", "grain": NaN}',
        '{"input": "../photo.jpg", "output": "o.png", "grain": 1%s}' % ("0" * 400),
        '{"input": "../photo.jpg", "output": "o.png", "seed": 1%s}' % ("0" * 5000),
    ]
    jobs = write_jobs(*bad, good)
    assert edit("--jobs", str(jobs)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(bad) + 1 and lines[-1].endswith("16 of 17 jobs failed.")
    for number, line in enumerate(lines[:-1], start=1):
        assert line.startswith(f"fxdiffuse edit: line {number}: ") and len(line) < 400
    assert "'blurr'" in lines[3]
    assert (jobs.parent / "good.png").exists()


def test_jobs_without_a_usable_model_stop_at_once(
    photo: Path, engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    job = {"input": "../photo.jpg", "output": "a.png", "grain": 0.05}
    jobs = write_jobs(job, job)
    assert edit("--jobs", str(jobs), "--model", "model.pkl") == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00"])
def test_jobs_files_without_jobs(
    photo: Path, engine: CommandEngine, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("jobs").write_bytes(content)
    assert edit("--jobs", "jobs") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_every_flag_of_an_edit_is_a_name(photo: Path, engine: CommandEngine, own: None) -> None:
    """With underscores, as they are in Python; the names of the receipt are accepted too."""
    effects = {"blur": 12, "blur_angle": 200, "grain": 0.05, "sharpen": 1.5, "reference": "../look.png"}
    more = {"mask": "../mask.png", "seed": 7, "grain_seed": 8, "steps": 5}
    out = {"quality": 71, "color_space": "p3"}
    jobs = write_jobs(
        {"input": "../photo.jpg", "output": "a.jpg", **effects, "color_strength": 0.4, **more, **out},
        {"input": "../photo.jpg", "output": "b.jpg", **effects, "color": 0.4, **more},
        {"input": "../photo.jpg", "output": "c.jpg", "preset": "Fine film", "grain": 0.07},
        {"input": "../photo.jpg", "output": "d.jpg", "preset": "my.json"},
    )
    write_preset(find_preset("Fine film"), jobs.parent / "my.json")
    assert edit("--jobs", str(jobs), "--quality", "80") == 0
    first, second, third, fourth = engine.conditions
    assert first.to_json() == second.to_json() and first.color == 0.4 and first.angle == 20
    assert third.to_json() == {"seed": 0, "sharpen": 0.4, "grain": 0.07}
    assert fourth.to_json() == {"seed": 0, "sharpen": 0.4, "grain": 0.025}
    receipts = [read_receipt(jobs.parent / name) for name in ("a.jpg", "b.jpg")]
    assert [one.color_space for one in receipts] == ["p3", None]
    assert [one.output and one.output.quality for one in receipts] == [71, 80]
    of_the_command = {"help", "project", "jobs", "model", "device", "json"}
    options = [one for action in _build_parser()._actions for one in action.option_strings]
    flags = {one.removeprefix("--").replace("-", "_") for one in options if one.startswith("--")}
    assert flags - of_the_command <= set(_READERS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"color": 0.4, "color_strength": 0.4}, "color and color_strength are one value; give one of them."),
        ({"color_strength": 0.4}, "A color strength needs a reference picture."),
        ({"color_space": "lab"}, "color_space must be one of keep, srgb, p3, adobe, not 'lab'."),
        ({"color_space": 3}, "color_space must be one of keep, srgb, p3, adobe, not 3."),
        ({"quality": 0}, "The quality must lie between 1 and 100, not 0."),
        ({"quality": "high"}, "quality must be a whole number, not 'high'."),
        ({"preset": "nobody"}, "There is no preset “nobody”; known are “Fine film”, "),
        ({"preset": 7}, "preset must be the name or the file of a preset."),
        ({"blur_angle": 30}, "A blur angle needs a blur."),
        ({"steps": 0}, "The steps must lie between 1 and 1000, not 0."),
        ({"grain": "0.05"}, "grain must be a number, not '0.05'."),
        ({"vignette": 1}, "Unknown name 'vignette'; known are input, output, color_strength, color, blur, "),
        ({"output": None}, '"output" is missing; every job needs an input and an output.'),
    ],
)
def test_what_is_wrong_with_a_line_is_one_sentence(
    photo: Path,
    engine: CommandEngine,
    own: None,
    line: dict[str, Any],
    reason: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    jobs = write_jobs({"input": "../photo.jpg", "output": "a.jpg", **line})
    assert edit("--jobs", str(jobs)) == 1
    assert capsys.readouterr().err.startswith(f"fxdiffuse edit: line 1: {reason}")
    assert engine.conditions == [] and not (jobs.parent / "a.jpg").exists()
