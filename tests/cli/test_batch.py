"""`fxdiffuse batch` with a fake model: which files are photos, where results go, what is refused."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cli.test_progress import Terminal
from tests.command_engine import CommandEngine
from tests.command_fixtures import batch, names
from tests.photo.photo_files import load, random_samples, save

pytestmark = pytest.mark.usefixtures("photos")


def test_every_photo_gets_the_same_edit(engine: CommandEngine, photos: Path) -> None:
    flags = "--grain 0.05 --reference look.png --seed 7 --grain-seed 8 --steps 3 --model m.safetensors"
    assert batch("photos", "-o", "new/out", *flags.split()) == 0
    assert names("new/out") == ["B.png", "a.jpg", "c.webp"]
    assert engine.loads == [(Path("m.safetensors"), "auto")] and engine.steps == [3, 3, 3]
    assert {condition.hash for condition in engine.conditions} == {engine.conditions[0].hash}
    assert engine.conditions[0].to_json()["color"] == 1 and engine.conditions[0].seed == 7
    assert engine.conditions[0].grain_seed == 8
    np.testing.assert_array_equal(load(Path("new/out/B.png")), np.rint(load(photos / "B.png") / 2))


def test_names_and_formats(engine: CommandEngine) -> None:
    assert batch("photos", "-o", "out", "--grain", "0.05", "--format", "tif", "--suffix", "_x") == 0
    assert names("out") == ["B_x.tif", "a_x.tif", "c_x.tif"]


def test_failures_do_not_stop_the_others_and_are_listed_at_the_end(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    save(photos / "a.jpeg", random_samples(4, 4))
    (photos / "raw.nef").write_bytes(b"II*\0 raw")
    assert batch("photos", "-o", "out", "--grain", "0.05", "--format", "png", "--json") == 1
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert [(line["input"], line["ok"]) for line in lines] == [
        ("photos/a.jpeg", True),
        ("photos/a.jpg", False),
        ("photos/B.png", True),
        ("photos/broken.jpg", False),
        ("photos/c.webp", True),
        ("photos/raw.nef", False),
    ]
    assert lines[2]["output"] == "out/B.png" and lines[2]["condition"] == {"seed": 0, "grain": 0.05}
    complaints = captured.err.splitlines()
    assert [line.split(": ")[1] for line in complaints[:-1]] == ["a.jpg", "broken.jpg", "raw.nef"]
    assert "the name of that of a.jpeg" in complaints[0] and "RAW" in complaints[2]
    assert complaints[-1] == "fxdiffuse batch: 3 of 6 jobs failed."
    assert [line["error"] for line in lines if not line["ok"]] == [
        line.split(": ", 2)[2] for line in complaints[:-1]
    ]


def test_a_stop_leaves_whole_files_and_tells_of_failures(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "a.jpg").write_bytes(b"no photo")
    engine.failure = KeyboardInterrupt()  # type: ignore[assignment]
    assert batch("photos", "-o", "out", "--grain", "0.05") == 130
    assert names("out") == []
    first, second, last = capsys.readouterr().err.splitlines()
    assert "a.jpg: a.jpg is not a picture" in first and "1 of 3" in second and "stopped" in last


def test_progress_counts_the_whole_batch(engine: CommandEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("fxdiffuse_gui.core.progress._INTERVAL", 0.0)
    assert batch("photos", "-o", "out", "--grain", "0.05") == 0
    drawn = [text.split("  ")[:2] for text in terminal.getvalue().split("\r") if text.strip()]
    assert drawn[0] == ["1/3 a.jpg", " 17%"] and drawn[-1] == ["3/3 c.webp", "100%"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("photos", "-o"),
        ("photos -o photos", "overwrite the photos"),
        ("photos -o out --suffix ../x", "slash"),
        ("gone -o out", "cannot be read"),
        ("look.png -o out", "not a folder"),
        ("photos/inside.jpg -o out", "no photo in the folder"),
        ("photos/inside.jpg -o out --recursive", "or in those inside"),
        ("photos -o out --preset nobody", "There is no preset “nobody”; known are “Fine film”"),
        ("photos -o look.png", "cannot be made"),
        ("photos -o out --grain 0.5", "Film grain"),
        ("photos -o out --color-strength 0.5", "needs a reference"),
        ("photos -o out --reference gone.png", "gone.png does not exist"),
        ("photos -o out --quality 0", "quality"),
        ("photos -o out --format gif", "gif"),
        ("photos -o out --grain 0.05 --model model.pkl", "model.pkl"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    assert batch(*arguments.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith("fxdiffuse batch: ") and reason in captured.err
    assert not Path("out").exists() or names("out") == []
