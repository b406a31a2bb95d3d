"""A folder that fails in a window of another language: every sentence comes from the catalog."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.batch import runner
from fxdiffuse_gui.core.i18n import Message, tr, use_translator
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.presets import Preset, PresetFolder
from fxdiffuse_gui.engine.checkpoint import ModelError
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
from tests.app.languages import language_installed
from tests.command_engine import CommandEngine
from tests.photo.photo_files import random_samples, save

SCRIPT = Path(__file__).resolve().parents[3] / "packaging" / "translations.py"


class WordlessLanguage:
    """Translates a text into brackets around its places, so that every word that is left was not looked up.

    Remembers what it was asked for.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, template: str, count: int) -> str:
        self.asked.append(template)
        places = re.findall(r"\{\w+(?:![rs])?(?::[^{}]*)?\}|%n", template)
        return f"⟦{' '.join(places)}⟧"


@pytest.fixture(autouse=True)
def commands(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture(autouse=True)
def language(live_session: Session) -> Iterator[WordlessLanguage]:
    language = WordlessLanguage()
    use_translator(language)
    yield language
    use_translator(None)


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """What packaging/translations.py puts into the catalogs, all of which has to be translated."""
    spec = importlib.util.spec_from_file_location("translations", SCRIPT)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return set(script.collect())


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "1"
    folder.mkdir()
    save(folder / "2.png", random_samples(8, 12))
    save(folder / "3.png", random_samples(8, 12))
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, live_session: Session, photos: Path) -> Iterator[FolderDialog]:
    dialog = FolderDialog(live_session)
    qtbot.addWidget(dialog)
    dialog.form.folder.setText(str(photos))
    dialog.form.output.setText(str(photos.parent / "4"))
    yield dialog
    dialog.run.close()


def run(qtbot: QtBot, dialog: FolderDialog) -> None:
    with qtbot.waitSignal(dialog.run.finished, timeout=5000):
        dialog.begin()


def assert_looked_up(text: str, *names: str) -> None:
    """Nothing but `names`, numbers and punctuation is outside of the catalog."""
    assert "⟦" in text, text
    for name in names:
        text = text.replace(name, "")
    assert not re.search(r"[^\W\d_]", text), text


def test_photos_that_fail(
    qtbot: QtBot,
    dialog: FolderDialog,
    photos: Path,
    language: WordlessLanguage,
    collected: set[str],
    commands: CommandEngine,
) -> None:
    (photos / "5.jpg").write_bytes(b"no photo")
    (photos / "6.png").write_bytes((photos / "2.png").read_bytes()[:60])
    (photos / "7.tif").write_bytes(b"")
    save(photos / "2.tif", random_samples(8, 12))
    (photos.parent / "4").mkdir()
    (photos.parent / "4/3.png").write_text("mine")
    commands.failure = RuntimeError("unexpected")
    dialog.form.choices.choose("png")
    language.asked.clear()
    run(qtbot, dialog)
    assert dialog.run.job is None
    lines = dialog.progress.failures.toPlainText().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["2.tif", "3.png", "5.jpg", "6.png", "7.tif"]
    for line in lines:
        assert_looked_up(line, "2.png", "2.tif", "3.png", "5.jpg", "6.png", "7.tif")
    assert_looked_up(dialog.progress.failures_title.text())
    assert_looked_up(dialog.progress.text.text())
    assert language.asked and set(language.asked) <= collected


def test_the_same_in_german(
    qtbot: QtBot, qapp: QApplication, live_session: Session, dialog: FolderDialog, photos: Path
) -> None:
    (photos / "5.jpg").write_bytes(b"no photo")
    (photos.parent / "4").mkdir()
    (photos.parent / "4/3.png").write_text("mine")
    with language_installed(qapp, "de"):
        run(qtbot, dialog)
        lines = dialog.progress.failures.toPlainText().splitlines()
        in_the_way = tr(
            "{name} is there already and was not made from this photo with these settings; {advice}.",
            name="3.png",
            advice=Message("move it away, or choose to replace what is there"),
        )
        assert lines[0] == f"3.png: {in_the_way}" and len(lines) == 2
        assert lines[1].startswith("5.jpg: 5.jpg ") and "is not a picture" not in lines[1]
        assert dialog.progress.text.text().startswith("Fertig: 1 ")
        dialog.form.folder.setText("")
        dialog.begin()
        assert dialog.error.text() == "Zuerst den Ordner der Fotos wählen."


def test_an_unexpected_failure_keeps_its_reason(
    qtbot: QtBot, dialog: FolderDialog, live_session: Session, commands: CommandEngine, collected: set[str]
) -> None:
    """Only what the program did not foresee is in its own words."""
    live_session.settings.set_value(Task.GRAIN, 0.05)
    live_session.settings.set_enabled(Task.GRAIN, True)
    commands.failure = RuntimeError("unexpected")
    run(qtbot, dialog)
    for line in dialog.progress.failures.toPlainText().splitlines():
        assert line.endswith("⟦RuntimeError: unexpected⟧")
    assert "the edit failed ({reason})." in collected


@pytest.mark.parametrize("damage", ["missing", "no picture"])
def test_a_reference_that_cannot_be_read(
    qtbot: QtBot,
    dialog: FolderDialog,
    photos: Path,
    language: WordlessLanguage,
    collected: set[str],
    damage: str,
) -> None:
    if damage != "missing":
        (photos.parent / "8.png").write_text("no picture")
    settings = EditSettings(MappingProxyType(EditSettings().values), frozenset({Task.COLOR}))
    PresetFolder(presets_folder()).save(Preset("9", settings, photos.parent / "8.png"))
    dialog.form.fill_presets()
    dialog.form.edit.setCurrentText("9")
    language.asked.clear()
    run(qtbot, dialog)
    assert_looked_up(dialog.progress.text.text(), "8.png")
    assert language.asked and set(language.asked) <= collected


def test_a_model_that_cannot_be_used(
    qtbot: QtBot,
    dialog: FolderDialog,
    live_session: Session,
    monkeypatch: pytest.MonkeyPatch,
    language: WordlessLanguage,
) -> None:
    def refuse(*_: object) -> None:
        raise ModelError("{name} is damaged.", name="9.safetensors")

    monkeypatch.setattr(runner, "load_model", refuse)
    live_session.settings.set_enabled(Task.GRAIN, True)
    run(qtbot, dialog)
    assert dialog.progress.text.text() == "⟦9.safetensors⟧"


@pytest.mark.parametrize(
    ("folder", "output", "names"),
    [("", "", ()), ("0", "", ()), ("1", "1", ()), ("1", "1/2.png", ()), ("11", "4", ("11",))],
)
def test_folders_that_are_refused(
    qtbot: QtBot,
    dialog: FolderDialog,
    photos: Path,
    language: WordlessLanguage,
    collected: set[str],
    folder: str,
    output: str,
    names: tuple[str, ...],
) -> None:
    (photos.parent / "11").mkdir()
    dialog.form.folder.setText(str(photos.parent / folder) if folder else "")
    dialog.form.output.setText(str(photos.parent / output) if output else "")
    language.asked.clear()
    if folder == "11":  # nothing in it, which only the work finds out
        run(qtbot, dialog)
        assert_looked_up(dialog.progress.text.text(), *names)
    else:
        dialog.begin()
        assert_looked_up(dialog.error.text(), *names)
    assert set(language.asked) <= collected


def test_a_folder_that_cannot_be_counted(qtbot: QtBot, dialog: FolderDialog, photos: Path) -> None:
    with qtbot.waitSignal(dialog.run.counted, timeout=5000):
        dialog.run.count(photos.parent / "0", photos.parent / "4", recursive=True)
    text = dialog.form.count.text()
    assert text.startswith("⟦0 ") and text.endswith("⟧")  # the reason is the system's own
