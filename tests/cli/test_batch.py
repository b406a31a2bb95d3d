"""`fxdiffuse batch` with a fake model: which files are photos, where results go, what is refused."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui import __main__ as cli
from tests.cli.test_progress import Terminal
from tests.command_engine import CommandEngine
from tests.photo.photo_files import load, random_samples, save


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture(autouse=True)
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three photos in a working directory of its own, beside it a picture of colors."""
    monkeypatch.chdir(tmp_path)
    folder = Path("photos")
    folder.mkdir()
    save(folder / "a.jpg", random_samples(16, 24))
    save(folder / "B.png", random_samples(10, 12, np.uint16))
    save(folder / "c.webp", random_samples(8, 8))
    (folder / "notes.txt").write_text("not a photo")
    save(folder / ".hidden.jpg", random_samples(8, 8))
    (folder / "inside.jpg").mkdir()
    save(Path("look.png"), random_samples(5, 6))
    return folder


def batch(*arguments: str) -> int:
    return cli.main(["batch", *arguments])


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


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


def test_results_beside_the_photos_are_no_photos(engine: CommandEngine, photos: Path) -> None:
    save(photos / "a_x.jpg", random_samples(4, 4))
    assert batch("photos", "-o", "photos", "--grain", "0.05", "--suffix", "_x", "--overwrite") == 0
    assert batch("photos", "-o", "photos", "--grain", "0.05", "--suffix", "_x", "--overwrite") == 0
    results = {"a_x.jpg", "B_x.png", "c_x.webp"}
    assert set(names("photos")) - results == {
        "a.jpg", "B.png", "c.webp", "notes.txt", ".hidden.jpg", "inside.jpg",
    }  # fmt: skip
    assert len(engine.conditions) == 3


def tree(folder: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def test_folders_inside_are_mirrored(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "trip/day 2").mkdir(parents=True)
    (photos / ".cache").mkdir()
    (photos / "empty").mkdir()
    save(photos / "trip/a.jpg", random_samples(6, 6))
    save(photos / "trip/day 2/d.tif", random_samples(6, 6))
    save(photos / ".cache/e.jpg", random_samples(6, 6))
    (photos / "trip/loop").symlink_to(photos.absolute(), target_is_directory=True)
    (photos / "trip/day 2/broken.png").write_bytes(b"no photo")
    # The results lie inside the folder, and are no photos the next time.
    command = ["photos", "-o", "photos/out", "--grain", "0.05", "--recursive"]
    assert batch(*command) == 1
    assert tree("photos/out") == ["B.png", "a.jpg", "c.webp", "trip/a.jpg", "trip/day 2/d.tif"]
    assert not (photos / "out/empty").exists()
    assert "trip/day 2/broken.png: broken.png is not a picture" in capsys.readouterr().err
    (photos / "trip/day 2/broken.png").unlink()
    (photos / "out/trip/a.jpg").unlink()
    assert batch(*command) == 0 and len(engine.conditions) == 6
    assert capsys.readouterr().out == "4 of 5 jobs were done already.\n"
    assert batch("photos", "-o", "flat", "--grain", "0.05") == 0 and "trip" not in names("flat")


def test_names_are_taken_in_one_folder_alone(engine: CommandEngine, photos: Path) -> None:
    (photos / "x").mkdir()
    save(photos / "x/a.jpg", random_samples(6, 6))
    save(photos / "x/a_z.png", random_samples(6, 6))
    assert (
        batch("photos", "-o", "photos", "--recursive", "--suffix", "_z", "--format", "png", "--overwrite")
        == 0
    )
    assert sorted(path.name for path in (photos / "x").iterdir()) == ["a.jpg", "a_z.png"]
    assert engine.conditions == [] and (photos / "a_z.png").exists()


def test_a_folder_that_cannot_be_made_fails_its_photos(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "x").mkdir()
    save(photos / "x/a.jpg", random_samples(6, 6))
    Path("out").mkdir()
    Path("out/x").write_text("in the way")
    assert batch("photos", "-o", "out", "--grain", "0.05", "--recursive") == 1
    assert "x/a.jpg: The folder x cannot be made" in capsys.readouterr().err
    assert tree("out") == ["B.png", "a.jpg", "c.webp", "x"]


def test_what_lies_there_is_not_replaced_unasked(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    Path("out/a.jpg").write_bytes(b"mine")
    assert batch("photos", "-o", "out", "--grain", "0.05") == 1
    assert Path("out/a.jpg").read_bytes() == b"mine" and len(engine.conditions) == 2
    assert "a.jpg: a.jpg is there already and was not made from this photo" in capsys.readouterr().err
    assert batch("photos", "-o", "out", "--grain", "0.05", "--overwrite") == 0
    assert Path("out/a.jpg").read_bytes() != b"mine"


FLAGS = "--grain 0.05 --reference look.png --mask mask.png --steps 4"


@pytest.mark.parametrize("more", ["", "--format tif", "--format jpg --quality 80", "--format webp"])
def test_given_again_it_goes_on_where_it_was_stopped(
    engine: CommandEngine, photos: Path, more: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save(photos / "B.png", random_samples(16, 24)[::-1])
    save(photos / "c.webp", random_samples(16, 24)[:, ::-1])
    save(Path("mask.png"), random_samples(16, 24, channels=1))
    command = ["photos", "-o", "out", *FLAGS.split(), *more.split()]
    assert batch(*command) == 0 and len(engine.conditions) == 3
    next(Path("out").glob("B.*")).unlink()
    before = {path: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    Path("out").rename("moved")
    command[2] = "moved"
    for photo in photos.glob("*.*"):
        os.utime(photo)
    assert batch(*command) == 0 and len(engine.conditions) == 4
    assert capsys.readouterr().out == "2 of 3 jobs were done already.\n"
    assert len(names("moved")) == 3
    assert {path: (Path("moved") / path.name).stat().st_mtime_ns for path in before} == before
    assert batch(*command, "--overwrite", "--json") == 0 and len(engine.conditions) == 4
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["ok"], line["skipped"]) for line in lines] == [(True, True)] * 3


@pytest.mark.parametrize(
    "other",
    [
        "--grain 0.06",
        "--seed 2",
        "--grain-seed 2",
        "--steps 5",
        "--quality 90",
        "--blur 3",
        "--model other.safetensors",
        "photo",
    ],
)
def test_what_was_made_otherwise_is_made_anew_if_asked(
    engine: CommandEngine, photos: Path, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (photos / "B.png", photos / "c.webp"):
        path.unlink()
    command = ["photos", "-o", "out", "--grain", "0.05", "--steps", "4"]
    assert batch(*command) == 0
    if other == "photo":
        save(photos / "a.jpg", random_samples(16, 24)[::-1])
    else:
        command += other.split()
    engine.digest = "cd" * 32 if "model" in other else engine.digest
    before = Path("out/a.jpg").read_bytes()
    assert batch(*command) == 1
    assert "not made from this photo with these settings" in capsys.readouterr().err
    assert Path("out/a.jpg").read_bytes() == before and len(engine.conditions) == 1
    assert batch(*command, "--overwrite") == 0
    assert Path("out/a.jpg").read_bytes() != before
    assert batch(*command) == 0 and len(engine.conditions) == 2


def test_copies_count_as_done_only_while_nothing_is_to_be_done(engine: CommandEngine, photos: Path) -> None:
    assert batch("photos", "-o", "out") == 0
    assert Path("out/a.jpg").read_bytes() == (photos / "a.jpg").read_bytes()
    assert batch("photos", "-o", "out") == 0
    assert batch("photos", "-o", "out", "--grain", "0.05") == 1
    assert engine.conditions == []


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


def test_another_color_space_is_another_result(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    def again(*flags: str) -> str:
        batch("photos", "-o", "out", *flags)
        return "".join(capsys.readouterr())

    for effects in ((), ("--grain", "0.05")):
        p3 = (*effects, "--color-space", "p3")
        again(*effects, "--overwrite")
        assert "3 of 3 jobs were done already" in again(*effects)
        assert "3 of 3 jobs failed" in again(*p3)
        again(*p3, "--overwrite")
        assert "3 of 3 jobs were done already" in again(*p3)
        assert "3 of 3 jobs failed" in again(*effects)


def test_folders_are_made_for_results_alone(engine: CommandEngine, photos: Path) -> None:
    (photos / "x/y").mkdir(parents=True)
    (photos / "z").mkdir()
    (photos / "x/y/broken.png").write_bytes(b"no photo")
    save(photos / "z/d.png", random_samples(6, 6))
    assert batch("photos", "-o", "out", "--recursive") == 1
    assert names("out") == ["B.png", "a.jpg", "c.webp", "z"]
    engine.failure = KeyboardInterrupt()  # type: ignore[assignment]
    assert batch("photos", "-o", "new", "--recursive", "--grain", "0.05") == 130
    assert names("new") == []


def test_no_result_takes_the_place_of_the_reference(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    before = save(Path("out/a.jpg"), random_samples(5, 6)).read_bytes()
    assert batch("photos", "-o", "out", "--reference", "photos/../out/a.jpg", "--overwrite") == 1
    assert "a.jpg: a.jpg is the reference that the edit is made from" in capsys.readouterr().err
    assert Path("out/a.jpg").read_bytes() == before and names("out") == ["B.png", "a.jpg", "c.webp"]


@pytest.mark.parametrize("linked", [False, True])
def test_no_result_takes_the_place_of_another_photo(
    engine: CommandEngine, photos: Path, capsys: pytest.CaptureFixture[str], linked: bool
) -> None:
    (photos / "photos").mkdir()
    save(photos / "photos/a.jpg", random_samples(6, 6))
    if linked:
        Path("out").mkdir()
        (Path("out") / "photos").symlink_to(photos.absolute(), target_is_directory=True)
    before = (photos / "a.jpg").read_bytes()
    output = "out" if linked else "."
    assert batch("photos", "-o", output, "--recursive", "--grain", "0.05", "--overwrite") == 1
    assert "photos/a.jpg: Its result would take the place of another photo" in capsys.readouterr().err
    assert (photos / "a.jpg").read_bytes() == before and len(engine.conditions) == 3
