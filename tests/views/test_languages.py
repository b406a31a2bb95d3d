"""The whole window in each language."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QUndoView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.language import LANGUAGES, chosen_language
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.mask_tools.brush import Tool
from fxdiffuse_gui.views.widgets.actions import plain
from fxdiffuse_gui.views.widgets.drop_zone import DropZone
from fxdiffuse_gui.views.widgets.value_box import ValueBox
from tests.app.languages import language_installed
from tests.packaging.test_translations import catalog, script

translated = pytest.mark.parametrize("language", script.LANGUAGES)

NO_WORDS = re.compile(
    r"fxdiffuse|photo\.png|mountains|[\w ]+\.jpg|JPEG|PNG|TIFF|WebP|AVIF"
    r"|EXIF|IPTC|XMP|RAW|USM|sRGB|Display P3|Adobe RGB|Apache License"
    r"|\(Language\)|System|English|Deutsch|Ctrl|Shift|Alt|Esc|Enter|Backspace|Del|Home|End|Page|Space|Tab"
    r"|<[^>]*>|https?://\S+|\bF\d+|#[0-9a-f]{6}|/\S*"
)
"""What is the same in all languages."""


@pytest.fixture
def window(
    qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path], language: str, qapp: QApplication
) -> Iterator[MainWindow]:
    with language_installed(qapp, language):
        window = MainWindow(live_session)
        qtbot.addWidget(window, before_close_func=lambda _: live_session.history.mark_saved())
        window.show()
        with qtbot.waitSignal(live_session.photo_changed):
            live_session.files.open_photo(photo_file(200, 150))
        live_session.settings.set_value(Task.GRAIN, 0.04)
        live_session.settings.set_enabled(Task.BLUR, True)
        live_session.mask.replace(np.full((150, 200), 255, np.uint8))
        live_session.snapshots.take()
        window.brush.set_tool(Tool.BRUSH)
        qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
        yield window


def texts(root: QWidget) -> Iterator[str]:
    """Everything below `root` that can be read, pointed at or heard."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QMenu | QDockWidget):
            yield widget.title() if isinstance(widget, QMenu) else widget.windowTitle()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QUndoView):
            model = widget.model()
            yield from (str(model.index(row, 0).data()) for row in range(model.rowCount()))
    for action in root.findChildren(QAction):
        # The plotting library has a menu of its own, which is switched off.
        if type(action.parent()).__module__.startswith("pyqtgraph"):
            continue
        yield from (action.text(), action.toolTip(), action.iconText())


def opened(window: MainWindow, qtbot: QtBot) -> list[QWidget]:
    """The window and the dialogs that it opens."""
    dialogs: list[QDialog] = [
        keys_dialog(window, window.actions_by_name),
        ExportDialog(window.session, window),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    return [window, *dialogs]


@translated
def test_nothing_english_is_left(window: MainWindow, language: str, qtbot: QtBot) -> None:
    changed = {text for text, said in catalog(language).items() if text != said}
    changed |= {plain(text) for text in changed}
    # A translation may be another English text: "Format", "Zoom in …".
    changed -= {plain(said) for said in catalog(language).values()}
    seen = [text for root in opened(window, qtbot) for text in texts(root) if text]
    assert len(seen) > 250
    assert not [text for text in seen if text in changed or plain(text) in changed]


@pytest.mark.parametrize("language", ["zh_CN"])
def test_every_text_has_chinese_in_it(window: MainWindow, qtbot: QtBot, language: str) -> None:
    """Sees texts that no catalog knows: they have letters, and no Han character."""
    for root in opened(window, qtbot):
        for text in texts(root):
            words = re.findall(r"[A-Za-z]{3,}", NO_WORDS.sub("", text))
            assert not words or re.search(r"[\u4e00-\u9fff]", text), text


@pytest.mark.parametrize("language", ["de"])
def test_a_german_hour(window: MainWindow, language: str) -> None:
    assert [menu.title() for menu in window.menuBar().findChildren(QMenu)][:1] == ["&Datei"]
    assert window.chip.text == "Exakt"
    steps = [window.session.history.undo_stack.text(number) for number in range(3)]
    assert steps == ["Filmkorn 0.040 px", "Bewegungsunschärfe ein", "Maske laden"]
    assert window.actions_by_name["undo"].text().startswith("&Rückgängig")
    assert window.session.snapshots.items[0].name == "Schnappschuss 1"
    card = window.effects.cards[Task.GRAIN]
    assert card.slider is not None
    assert card.slider.toolTip().startswith(
        "<b>Radius der Körner.</b><br>0.010 bis 0.100 px, üblich 0.050 px"
    )


def test_the_invitation_is_painted_in_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    zone = DropZone()
    qtbot.addWidget(zone)
    zone.resize(260, 84)
    english = zone.grab().toImage()
    assert zone.grab().toImage() == english
    with language_installed(qapp, "de"):
        assert zone.grab().toImage() != english


def test_what_the_chip_says_of_a_pasted_picture_is_translated(session: Session, qapp: QApplication) -> None:
    with language_installed(qapp, "de"):
        session.files.open_image(QImage(8, 8, QImage.Format.Format_RGB32))
    assert session.preview.status.text == "Bild wird geöffnet"


@pytest.mark.parametrize("language", ["de"])
def test_no_german_menu_has_a_mnemonic_twice(window: MainWindow, qtbot: QtBot, language: str) -> None:
    opened(window, qtbot)
    assert len(window.findChildren(QMenu)) > 8
    for menu in (window.menuBar(), *window.findChildren(QMenu)):
        titles = [re.search(r"&(\w)", action.text().replace("&&", "")) for action in menu.actions()]
        keys = [found[1].lower() for found in titles if found]
        assert len(keys) == len(set(keys)), [action.text() for action in menu.actions()]


@translated
def test_no_label_is_cut_off(window: MainWindow, language: str, qtbot: QtBot) -> None:
    for root in opened(window, qtbot):
        for label in root.findChildren(QLabel):
            shown = label.isVisibleTo(root) and not label.wordWrap() and label.text() and label.width() > 1
            if shown and label.objectName() != "qt_dockwidget_title":
                assert label.width() >= label.minimumSizeHint().width(), label.text()


@pytest.mark.parametrize("language", ["de"])
def test_either_decimal_mark_can_be_typed(window: MainWindow, qtbot: QtBot, language: str) -> None:
    box = window.effects.cards[Task.GRAIN].value_box
    assert isinstance(box, ValueBox) and box.text() == "0.040 px"
    for typed in ("0.05", "0,06"):
        box.selectAll()
        qtbot.keyClicks(box, typed)
        box.interpretText()
        assert window.session.state.values[Task.GRAIN] == float(typed.replace(",", "."))


@pytest.mark.parametrize("language", ["zh_CN"])
def test_a_chinese_mnemonic_is_not_shown_on_a_button(window: MainWindow, language: str) -> None:
    export = window.actions_by_name["export"]
    assert (export.text(), export.iconText()) == ("导出(&E)…", "导出")
    assert export.toolTip().startswith("导出 (")


@pytest.mark.parametrize("language", ["de"])
def test_the_language_is_chosen_in_the_menu(window: MainWindow, language: str) -> None:
    menu = next(one for one in window.findChildren(QMenu) if one.title() == "&Sprache (Language)")
    names = [action.text() for action in menu.actions()]
    assert names == ["Wie das System", "English", "Deutsch", "简体中文"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False]
    menu.actions()[3].trigger()
    assert chosen_language() == "zh_CN"
    assert window.toast.text == "Die Sprache wechselt beim nächsten Start von fxdiffuse."


def test_every_language_has_a_catalog() -> None:
    for language in set(LANGUAGES) - {"en"}:
        assert QTranslator().load(str(script.CATALOGS / f"fxdiffuse_{language}.qm"))
    assert set(LANGUAGES) == {"en", *script.LANGUAGES}
