"""The card of a model: local text and pictures only."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.views.dialogs.model_page import ModelCardView
from tests.views.studio import LEFT


@pytest.fixture
def card(qtbot: QtBot, tmp_path: Path) -> ModelCardView:
    card = ModelCardView()
    qtbot.addWidget(card)
    card.resize(400, 300)
    picture = QImage(2000, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    (tmp_path / "inside").mkdir()
    for place in (tmp_path / "outside.png", tmp_path / "inside" / "a.png"):
        assert picture.save(str(place))
    (tmp_path / "inside" / "README.md").write_text("# Card\n![x](a.png)\n[link](http://example.org)\n")
    card.show_file(tmp_path / "inside" / "README.md")
    return card


KIND = QTextDocument.ResourceType.ImageResource.value


def test_pictures_beside_the_card_are_fitted(card: ModelCardView) -> None:
    picture = card.loadResource(KIND, QUrl("a.png"))
    assert isinstance(picture, QImage) and 0 < picture.width() <= card.viewport().width()


@pytest.mark.parametrize(
    "name",
    ["../outside.png", "http://example.org/a.png", "//example.org/a.png", "file:a.png", "none.png", "", ".."],
)
def test_nothing_else_is_loaded(card: ModelCardView, tmp_path: Path, name: str) -> None:
    for url in (name, f"{tmp_path}/outside.png", (tmp_path / "outside.png").as_uri()):
        picture = card.loadResource(KIND, QUrl(url))
        assert isinstance(picture, QImage) and picture.isNull()
    style = card.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("a.png"))
    assert isinstance(style, QImage) and style.isNull()


def test_a_link_leads_nowhere(card: ModelCardView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(card):
        card.show()
    followed: list[QUrl] = []
    card.anchorClicked.connect(followed.append)
    for y in range(0, card.viewport().height(), 6):
        QTest.mouseClick(card.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(20, y))
    assert followed == [] and card.toPlainText().startswith("Card")


def test_a_card_that_cannot_be_read_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    card = ModelCardView()
    qtbot.addWidget(card)
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\xff")
    for name in ("none.md", "bad.md"):
        card.show_file(tmp_path / name)
        assert card.toPlainText() == "The card of this model cannot be read."
