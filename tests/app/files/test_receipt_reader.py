"""Going on with the edit of an exported picture, by its receipt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.receipt_reader import ReopenError, is_export, read_edit
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch import receipt_inputs as found_edit
from fxdiffuse_gui.batch.receipt import receipt_of
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.app.session_recorder import Recorder, opened
from tests.document.projects import write_picture

PhotoFile = Callable[..., Path]


@pytest.fixture
def edited(qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path) -> EditState:
    """An edit in which everything is set, exported to out.png beside the photo."""
    opened(qtbot, live_session, photo_file())
    photo = live_session.photo
    assert photo is not None
    painted = np.zeros((photo.height, photo.width), np.uint8)
    painted[5:20, 3:9] = 200
    live_session.mask.replace(painted)
    live_session.settings.set_value(Task.GRAIN, 0.0371)
    live_session.settings.set_value(Task.BLUR, 3.5)
    live_session.settings.set_blur_angle(12.5)
    live_session.settings.set_value(Task.COLOR, 0.7)
    live_session.settings.set_seed(987654321)
    live_session.settings.reroll_grain()
    live_session.files.load_reference(write_picture(tmp_path / "reference.png", 20, 10))
    qtbot.waitUntil(lambda: live_session.state.reference is not None)
    save(qtbot, live_session, tmp_path / "edit.fxd")
    with qtbot.waitSignal(live_session.files.exported):
        live_session.files.export(tmp_path / "out.png", ExportOptions())
    return live_session.state


def save(qtbot: QtBot, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.files.project_saved):
        session.files.save_project(path)


def test_the_edit_comes_back_with_mask_and_reference(
    qtbot: QtBot, edited: EditState, live_session: Session, tmp_path: Path
) -> None:
    told = Recorder(live_session)
    live_session.settings.reset_all()
    live_session.history.mark_saved()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_edit(tmp_path / "out.png")
    state, photo = live_session.state, live_session.photo
    assert photo is not None and photo.path == tmp_path / "photo.png"
    assert state.condition().to_json() == edited.condition().to_json()
    assert state.grain_seed is not None and state.grain_seed == edited.grain_seed
    assert state.reference is not None and state.reference.path == tmp_path / "reference.png"
    assert not live_session.history.is_modified and live_session.files.project_path is None
    assert not told.messages


def test_what_is_not_found_is_left_out_and_told(edited: EditState, tmp_path: Path) -> None:
    (tmp_path / "edit.fxd").unlink()
    loaded = read_edit(tmp_path / "out.png")
    assert loaded.notices == ("The mask of out.png is not found; paint it again.",)
    asked = edited.condition(with_mask=False)
    assert loaded.project.state.condition().to_json() == asked.to_json()
    (tmp_path / "reference.png").unlink()
    loaded = read_edit(tmp_path / "out.png")
    assert len(loaded.notices) == 2 and "reference" in loaded.notices[1]
    state = loaded.project.state
    assert state.enabled == {Task.GRAIN, Task.BLUR} and state.seed == 987654321


def test_the_photo_is_read_once_whatever_is_missing(
    edited: EditState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("edit.fxd", "reference.png"):
        (tmp_path / name).unlink()
    reads: list[Path] = []

    def read(path: Path) -> Photo:
        reads.append(path)
        return read_photo(path)

    monkeypatch.setattr(found_edit, "read_photo", read)
    assert len(read_edit(tmp_path / "out.png").notices) == 2
    assert reads == [tmp_path / "photo.png"]


def test_a_reference_out_of_a_project_has_no_file(
    edited: EditState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reference.png").unlink()
    (tmp_path / "elsewhere").mkdir()
    write_picture(tmp_path / "elsewhere" / "reference.png", 9, 9)
    monkeypatch.chdir(tmp_path / "elsewhere")
    reference = read_edit(tmp_path / "out.png").project.state.reference
    assert reference is not None and (reference.name, reference.path) == ("reference.png", None)
    assert reference.digest == (edited.reference and edited.reference.digest)


def test_without_the_original_the_photo_that_was_open_stays(
    qtbot: QtBot, edited: EditState, live_session: Session, tmp_path: Path
) -> None:
    (tmp_path / "edit.fxd").unlink()
    (tmp_path / "photo.png").unlink()
    before = live_session.photo
    with qtbot.waitSignal(live_session.message) as told:
        live_session.files.open_edit(tmp_path / "out.png")
    assert told.args == ["The photo that out.png was made from is not found; put it beside out.png."]
    assert live_session.photo is before
    with pytest.raises(ReopenError):
        read_edit(tmp_path / "out.png")


def test_another_photo_in_the_place_of_the_original_is_told(edited: EditState, tmp_path: Path) -> None:
    write_picture(tmp_path / "photo.png", 9, 9)
    (tmp_path / "edit.fxd").unlink()
    with pytest.raises(ReopenError, match=r"^photo\.png is not the photo that out\.png was made from; put"):
        read_edit(tmp_path / "out.png")


def test_settings_that_are_not_known_are_told(photo_file: PhotoFile, tmp_path: Path) -> None:
    photo = read_photo(photo_file())
    for settings in ({"seed": 0, "vignette": 1.0}, {"seed": 0, "grain": 7.0}):
        receipt = replace(receipt_of(photo, EditCondition(), None), condition=settings, program="9.9")
        write_photo(tmp_path / "out.png", photo.pixels, photo, None, receipt)
        with pytest.raises(
            ReopenError, match=r"^out\.png was made by fxdiffuse 9\.9 with settings that this"
        ):
            read_edit(tmp_path / "out.png")


def test_an_export_of_a_picture_without_a_file_is_told(photo_file: PhotoFile, tmp_path: Path) -> None:
    photo = replace(read_photo(photo_file()), path=None, sha256=None)
    write_photo(tmp_path / "out.png", photo.pixels, photo, None, receipt_of(photo, EditCondition(), None))
    with pytest.raises(ReopenError, match=r"^out\.png does not say what file it was made from; open"):
        read_edit(tmp_path / "out.png")


def test_a_picture_without_a_receipt_is_refused(photo_file: PhotoFile) -> None:
    path = photo_file()
    assert not is_export(read_photo(path))
    with pytest.raises(PhotoError, match="holds no receipt"):
        read_edit(path)


def test_who_opens_an_export_is_told_of_its_edit(
    qtbot: QtBot, edited: EditState, live_session: Session, tmp_path: Path
) -> None:
    assert is_export(read_photo(tmp_path / "out.png"))
    with qtbot.waitSignal(live_session.message) as told:
        live_session.files.open_photo(tmp_path / "out.png")
    assert "out.png is an export" in (told.args or [""])[0]
    assert live_session.photo is not None and live_session.photo.path == tmp_path / "out.png"
