"""Jobs for the tests of folders, and what comes of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.folder.folder_job import FolderEdit, FolderJob, Summary
from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.photo.writer import ExportOptions

GRAIN = FolderEdit(EditSettings.of_numbers({"grain": 0.05, "seed": 3}))


def job(folder: Path, **changes: Any) -> FolderJob:
    return replace(FolderJob(folder, folder.parent / "out", GRAIN, ExportOptions()), **changes)


def done(qtbot: QtBot, run: FolderRun, one: FolderJob) -> Summary:
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        run.start(one)
    assert not run.is_running
    return blocker.args[0]


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
