"""The manual: its window by mouse and keys, and whether what it says of the program is so."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.manual import FOLDER, INDEX, count, read_pages
from fxdiffuse_gui.views.help.manual_page import ManualPage
from fxdiffuse_gui.views.help.manual_window import ManualWindow
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.palettes import LIGHT
from tests.views.help.manual_texts import PAGES

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def manual(qtbot: QtBot) -> ManualWindow:
    manual = ManualWindow()
    qtbot.addWidget(manual)
    manual.show()
    manual.activateWindow()
    qtbot.waitUntil(manual.isActiveWindow)
    return manual


def titles(manual: ManualWindow) -> list[str]:
    return [manual.list.item(row).text() for row in range(manual.list.count())]


def click_row(manual: ManualWindow, title: str) -> None:
    (row,) = [row for row, text in enumerate(titles(manual)) if text.startswith(title)]
    place = manual.list.visualItemRect(manual.list.item(row)).center()
    QTest.mouseClick(manual.list.viewport(), LEFT, NONE, place)


# The offscreen platform cannot do what a menu asks of it.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_it_opens_from_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.menuBar()
    helps = bar.actions()[-1]
    QTest.mouseClick(bar, LEFT, NONE, bar.actionGeometry(helps).center())
    menu = helps.menu()
    qtbot.waitUntil(menu.isVisible)
    entry = window.actions_by_name["manual"]
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(entry).center())
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ManualWindow) and one.isVisible()
    ]
    assert len(shown) == 1
    assert "gives a photo motion blur" in shown[0].page.toPlainText()
    assert not shown[0].isModal()
    assert window.manual.show_window() is shown[0]


def test_every_page_is_in_the_contents_and_can_be_read(manual: ManualWindow) -> None:
    files = {path.name for path in FOLDER.glob("*.md")}
    assert set(PAGES) == files
    assert manual.list.count() == len(files)
    for title in titles(manual):
        click_row(manual, title)
        assert manual.page.toPlainText().startswith(title)


def test_links_lead_on_and_the_buttons_back(qtbot: QtBot, manual: ManualWindow) -> None:
    page = manual.page
    assert not manual.back.isEnabled()
    cursor = page.document().find("Inpaint")
    page.setTextCursor(cursor)
    QTest.mouseClick(page.viewport(), LEFT, NONE, page.cursorRect(cursor).center() - QPoint(6, 0))
    assert page.name == "inpaint.md" and manual.list.currentItem().text() == "Inpaint"
    QTest.mouseClick(manual.back, LEFT)
    assert page.name == INDEX and manual.list.currentRow() == 0
    QTest.mouseClick(manual.forward, LEFT)
    assert page.name == "inpaint.md"


def test_pictures_are_shown_and_follow_the_width(qtbot: QtBot, manual: ManualWindow) -> None:
    def shown() -> int:
        kind = QTextDocument.ResourceType.ImageResource.value
        image = manual.page.document().resource(kind, QUrl("screenshot.jpg"))
        assert isinstance(image, QImage)
        return image.width()

    for width in (1000, 620, 1000):
        manual.resize(width, 600)
        qtbot.waitUntil(lambda: shown() == manual.page.picture_room)
        assert manual.page.horizontalScrollBar().maximum() == 0
        assert shown() > 200


def test_the_search_finds_text_in_all_pages(qtbot: QtBot, manual: ManualWindow) -> None:
    QTest.keyClicks(manual.search, "LOUPE")
    expected = [page for page in read_pages() if "loupe" in page.plain.lower()]
    assert 1 < len(expected) < len(PAGES)
    assert titles(manual) == [f"{page.title} ({page.plain.lower().count('loupe')})" for page in expected]
    assert len(manual.page.extraSelections()) == count(expected[0], "loupe")
    seen: list[str] = []
    for _ in range(sum(count(page, "loupe") for page in expected) + 1):
        assert manual.page.textCursor().selectedText().lower() == "loupe"
        seen.append(manual.page.name)
        QTest.keyClick(manual.search, Qt.Key.Key_Return)
    assert seen[0] == seen[-1] and list(dict.fromkeys(seen)) == [page.name for page in expected]


def test_what_no_page_has_is_said(manual: ManualWindow) -> None:
    QTest.keyClicks(manual.search, "zebra crossing")
    assert not titles(manual) and manual.nothing.isVisible()
    QTest.keyClick(manual.search, Qt.Key.Key_Return)
    manual.search.clear()
    assert len(titles(manual)) == len(PAGES) and not manual.nothing.isVisible()
    assert not manual.page.extraSelections()


def test_it_follows_the_theme(qtbot: QtBot, manual: ManualWindow, qapp: QApplication) -> None:
    manual.page.open("comparing.md")
    manual.page.verticalScrollBar().setValue(100)

    def link() -> QColor:
        cursor = manual.page.document().find("snapshots")
        return cursor.charFormat().foreground().color()

    before = link()
    theme.use_colors(qapp, LIGHT)
    assert link() == QColor(LIGHT.accent_text) != before
    assert manual.page.name == "comparing.md"
    assert abs(manual.page.verticalScrollBar().value() - 100) < 20


def test_another_language_is_told(qtbot: QtBot, qapp: QApplication) -> None:
    for language, told in (("en", False), ("de", True)):
        qapp.setProperty("language", language)
        try:
            manual = ManualWindow()
        finally:
            qapp.setProperty("language", None)
        qtbot.addWidget(manual)
        (label,) = [one for one in manual.findChildren(QLabel) if "English" in one.text()]
        assert label.isHidden() is not told


@pytest.mark.parametrize(
    "name", ["../samples/CREDITS.md", "http://example.org/a.md", "gone.md", "screenshot.jpg"]
)
def test_nothing_but_its_pages_is_opened(qtbot: QtBot, name: str) -> None:
    page = ManualPage()
    qtbot.addWidget(page)
    page.open(INDEX)
    page.anchorClicked.emit(QUrl(name))
    assert page.name == INDEX
    assert page.loadResource(QTextDocument.ResourceType.MarkdownResource.value, QUrl(name)) == ""


def test_without_a_manual_the_window_is_empty(tmp_path: Path) -> None:
    assert read_pages(tmp_path) == []
    (tmp_path / INDEX).write_bytes(b"\xff\xfe")
    assert read_pages(tmp_path) == []


def test_the_window_fits_a_small_screen(manual: ManualWindow) -> None:
    assert manual.size() == manual.size().boundedTo(manual.screen().availableSize())
