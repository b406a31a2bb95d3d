"""Files that are looked into because they may be models."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.models import model_choice
from fxdiffuse_gui.app.session import Session


def refusal(qtbot: QtBot, session: Session, path: Path) -> str:
    with qtbot.waitSignal(session.models.refused) as told:
        session.models.look_into(path)
    assert told.args is not None and told.args[0] == path
    return told.args[1]


@pytest.mark.parametrize("name", ["mine.safetensors", "{mine}.safetensors"])
def test_a_bad_file_is_one_sentence_whatever_its_name(
    qtbot: QtBot, live_session: Session, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"no model")
    assert refusal(qtbot, live_session, path) == f"{name} is not a safetensors model file."


def test_what_nobody_foresaw_names_the_file(
    qtbot: QtBot, live_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr(model_choice, "summarize", broken)
    text = refusal(qtbot, live_session, tmp_path / "{x}.safetensors")
    assert text == "{x}.safetensors cannot be read: the sky fell."
