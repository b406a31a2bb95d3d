"""What the tests of a running session share."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.render.statuses import Status
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.photo.image import Photo


class Recorder:
    """Everything a session has told, in order."""

    def __init__(self, session: Session) -> None:
        self.results: list[Result | None] = []
        self.statuses: list[Status] = []
        self.messages: list[str] = []
        session.preview.preview_changed.connect(self.results.append)
        session.preview.status_changed.connect(self.statuses.append)
        session.message.connect(self.messages.append)

    @property
    def last(self) -> Result | None:
        return self.results[-1] if self.results else None


def opened(qtbot: QtBot, session: Session, path: Path) -> Photo:
    with qtbot.waitSignal(session.photo_changed):
        session.files.open_photo(path)
    assert session.photo is not None
    return session.photo


def is_final(session: Session) -> Callable[[], bool]:
    return lambda: session.preview.status.kind == "final"
