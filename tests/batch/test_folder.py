"""Folders of photos as jobs, through `fxdiffuse batch`: which files are photos, and where results go."""

from pathlib import Path

import pytest

from tests.command_engine import CommandEngine
from tests.command_fixtures import batch, names, tree
from tests.photo.photo_files import random_samples, save

pytestmark = pytest.mark.usefixtures("photos")


def test_results_beside_the_photos_are_no_photos(engine: CommandEngine, photos: Path) -> None:
    save(photos / "a_x.jpg", random_samples(4, 4))
    assert batch("photos", "-o", "photos", "--grain", "0.05", "--suffix", "_x", "--overwrite") == 0
    assert batch("photos", "-o", "photos", "--grain", "0.05", "--suffix", "_x", "--overwrite") == 0
    results = {"a_x.jpg", "B_x.png", "c_x.webp"}
    assert set(names("photos")) - results == {
        "a.jpg", "B.png", "c.webp", "notes.txt", ".hidden.jpg", "inside.jpg",
    }  # fmt: skip
    assert len(engine.conditions) == 3


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
