"""Projects on the command line: `edit --project`, and `replay` of exports with a mask painted in the app."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.render.request import ExportJob
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.batch.export_edit import Sampling
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import write_project
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.command_engine import CommandEngine
from tests.conftest import FakeEngine
from tests.document.projects import full_project
from tests.photo.photo_files import load


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An edit with everything in it, of photos/photo.png, saved as edits/mine.fxd."""
    for name in ("photos", "edits", "away"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    project = full_project(Path("photos").absolute())
    write_project(Path("edits/mine.fxd"), project)
    return project


def exported(engine: CommandEngine, project: Project, name: str, saved_as: Path | None) -> Path:
    """What the app exports, by an engine that gives what that of the command line gives."""
    fake = FakeEngine(steps=1, sampling=Sampling(engine.digest, 6))
    state = project.state
    job = ExportJob(
        Source(project.photo),
        state.condition(with_mask=False),
        state.mask if Task.INPAINT in state.enabled else None,
        Path(name),
        ExportOptions(),
        None if state.reference is None else state.reference.path,
        saved_as,
    )
    problems: list[str | None] = []
    worker = SamplerWorker(fake, BackgroundThread("test"))
    worker.export_finished.connect(lambda finished: problems.append(finished.error))
    fake.edit = lambda picture, condition, **_: engine.edit(  # type: ignore[method-assign]
        Photo(picture.samples, None, 8),
        condition,
        None,
        None,
        None,
        print,
        job.cancel,  # type: ignore[arg-type]
    )
    worker.export(job)
    assert problems == [None]
    engine.conditions.clear()
    return Path(name)


def edit(*arguments: str) -> int:
    return cli.main(["edit", *arguments])


def verify(*arguments: str) -> int:
    return cli.main(["replay", *arguments, "--verify"])


def test_a_project_is_rendered_without_a_window(
    engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edit("--project", "edits/mine.fxd", "-o", "out.tif", "--steps", "3", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    wanted = project.state.condition().to_json()
    assert [one.to_json() for one in engine.conditions] == [wanted] and engine.steps == [3]
    assert report["condition"] == wanted and report["output"] == "out.tif" and report["model"] == "ab" * 32
    receipt = read_receipt(Path("out.tif"))
    assert (receipt.source_name, receipt.reference_name) == ("photo.png", "reference.png")
    assert (receipt.mask_name, receipt.project_name, receipt.steps) == (None, "mine.fxd", 3)
    np.testing.assert_array_equal(load(Path("out.tif")), np.rint(load(Path("photos/photo.png")) / 2))


def test_what_it_renders_verifies(engine: CommandEngine) -> None:
    assert edit("--project", "edits/mine.fxd", "-o", "photos/out.jpg") == 0
    assert verify("photos/out.jpg") == 2  # the project is not there
    assert verify("photos/out.jpg", "--project", "edits/mine.fxd") == 0
    shutil.move("edits/mine.fxd", "mine.fxd")
    assert verify("photos/out.jpg") == 0


def test_the_photo_is_found_again_or_is_inside(
    engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.move("photos/photo.png", "edits/renamed.png")
    assert edit("--project", "edits/mine.fxd", "-o", "out.png") == 0
    assert read_receipt(Path("out.png")).source_name == "renamed.png"
    write_project(Path("away/with.fxd"), replace(project, link=project.link), with_photo=True)
    Path("edits/renamed.png").unlink()
    assert edit("--project", "edits/mine.fxd", "-o", "out.png") == 2
    assert "photo.png, which mine.fxd edits, is neither in" in capsys.readouterr().err
    assert edit("--project", "away/with.fxd", "-o", "away/out.png") == 0
    assert verify("away/out.png") == 0


def test_another_photo_in_its_place_is_told(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = read_photo("photos/photo.png").original
    import cv2

    cv2.imwrite("photos/photo.png", 255 - samples)
    assert edit("--project", "edits/mine.fxd", "-o", "out.png") == 0
    assert "photo.png is not the file that mine.fxd was made with" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("--project edits/mine.fxd", "-o OUT is missing"),
        ("photos/photo.png --project edits/mine.fxd -o out.png", "--project brings its photo and settings"),
        ("--project edits/mine.fxd -o out.png --grain 0.05", "--project brings its photo and settings"),
        ("--project edits/mine.fxd --jobs jobs.jsonl", "--jobs takes the edits"),
        ("--project gone.fxd -o out.png", "gone.fxd cannot be opened"),
        ("--project photos/photo.png -o out.png", "photo.png is damaged or no fxdiffuse project"),
        ("--project edits/mine.fxd -o out.fxd", "suffix"),
        ("--project edits/mine.fxd -o photos/photo.png", "photo.png is the photo that the edit is made from"),
        ("--project edits/mine.fxd -o photos/reference.png", "reference.png is the reference that"),
    ],
)
def test_bad_input_is_one_line(
    engine: CommandEngine, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    assert edit(*arguments.split()) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and reason in captured.err and engine.conditions == []


@pytest.mark.parametrize(
    ("saved_as", "target"),
    [
        ("photos/mine.fxd", "photos/out.png"),
        ("edits/other.fxd", "edits/out.png"),
        # Saved after the export, under the name that is offered.
        (None, "photos/out.png"),
    ],
)
def test_an_export_with_a_painted_mask_verifies_without_flags(
    qapp: QApplication, engine: CommandEngine, project: Project, saved_as: str | None, target: str
) -> None:
    made = exported(engine, project, target, None if saved_as is None else Path(saved_as))
    receipt = read_receipt(made)
    assert receipt.condition["mask"] and receipt.mask_name is None
    assert receipt.reference_name == "reference.png"
    assert receipt.project_name == (None if saved_as is None else Path(saved_as).name)
    shutil.move("photos/reference.png", "away/reference.png")
    arguments = [target] if target.startswith("photos") else [target, "--source", "photos"]
    assert verify(*arguments) == 2
    # Another edit went on in the project; the one that was exported is in a snapshot.
    later = replace(project, state=replace(project.state, mask=None), snapshots=project.snapshots[:1])
    kept = replace(later, snapshots=(*later.snapshots, replace(project.snapshots[1], state=project.state)))
    where = Path(saved_as or "photos/photo.fxd")
    write_project(where, later)
    assert verify(*arguments) == 2
    write_project(where, kept)
    assert verify(*arguments) == 0
    assert engine.conditions[-1].to_json() == project.state.condition().to_json()
    if saved_as is not None:
        folder = Path(target).parent
        assert cli.main(["replay", *arguments, "-o", str(folder / "new.png")]) == 0
        assert (folder / "new.png").read_bytes() == made.read_bytes()


def test_files_given_come_before_a_project(
    qapp: QApplication, engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    exported(engine, project, "photos/out.png", Path("edits/mine.fxd"))
    arguments = ["photos/out.png", "--project", "edits/mine.fxd"]
    assert verify(*arguments, "--reference", "photos/reference.png") == 0
    assert verify(*arguments, "--reference", "photos/photo.png") == 2
    assert "photo.png is not the reference" in capsys.readouterr().err


def test_what_the_project_lacks_is_told(
    qapp: QApplication, engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    exported(engine, project, "photos/out.png", Path("photos/mine.fxd"))
    write_project(Path("photos/mine.fxd"), replace(project, state=EditState(), snapshots=()))
    for arguments in ((), ("--project", "photos/mine.fxd")):
        assert verify("photos/out.png", *arguments) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "The mask that out.png was made with is not found, nor does mine.fxd have it; give it" in told
    Path("photos/mine.fxd").write_bytes(b"no project")
    assert verify("photos/out.png") == 2
    assert "is not found, nor does mine.fxd have it" in capsys.readouterr().err
    assert verify("photos/out.png", "--project", "photos/mine.fxd") == 2
    assert "mine.fxd is damaged or no fxdiffuse project" in capsys.readouterr().err


def test_a_pasted_picture_comes_out_of_its_project(
    qapp: QApplication, engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = Photo(project.photo.original, None, 8)
    pasted = replace(project, photo=photo, link=PhotoLink.of_pasted(photo))
    write_project(Path("away/pasted.fxd"), pasted)
    exported(engine, pasted, "away/out.png", Path("away/pasted.fxd"))
    assert verify("away/out.png") == 2
    assert "names no file" in capsys.readouterr().err
    assert verify("away/out.png", "--project", "away/pasted.fxd") == 0
    assert verify("away/out.png", "--project", "edits/mine.fxd") == 2


def test_another_model_than_the_project_s_is_told(
    engine: CommandEngine, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("--project", "edits/mine.fxd", "-o", "out.png")
    for model, told in ((None, ""), (engine.digest, ""), ("cd" * 32, "mine.fxd was made with another model")):
        write_project(Path("edits/mine.fxd"), replace(project, model=model))
        assert edit(*command) == 0
        err = capsys.readouterr().err
        assert (told in err and "--model" in err) if told else not err
