"""What the manual says is true: its links, keys, menu entries, labels and ranges exist."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

import fxdiffuse_gui
from fxdiffuse_gui.app.manual import FOLDER
from fxdiffuse_gui.document.presets import bundled_presets
from fxdiffuse_gui.engine.conditions.tasks import TASKS
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.widgets.actions import plain
from tests.views.help.manual_texts import BOLD, CODE, ITALIC, PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_and_pictures_exist(name: str) -> None:
    text = CODE.sub("", PAGES[name])
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert not [target for target in targets if not (FOLDER / target).is_file()]
    assert text.startswith("# ")


def test_no_picture_is_idle_or_large() -> None:
    pictures = {path for path in FOLDER.iterdir() if path.suffix == ".jpg"}
    shown = {FOLDER / target for text in PAGES.values() for target in re.findall(r"\]\((\S+\.jpg)\)", text)}
    assert pictures == shown and len(pictures) >= 8
    sizes = [path.stat().st_size for path in pictures]
    assert max(sizes) <= 120_000 and sum(sizes) <= 1_200_000
    assert (FOLDER / "tour.webp").stat().st_size <= 1_500_000


def test_every_key_exists(window: MainWindow) -> None:
    """What is bold is a key, of a menu or of the sheet's other rows; no key of the menus is left out."""
    dialog = keys_dialog(window, window.actions_by_name)
    sheet = {
        re.sub("<[^>]+>", "", label.text()).replace("&lt;", "<").replace("&amp;", "&")
        for label in dialog.findChildren(QLabel)
        if label.text().startswith("<b>")
    }
    known = sheet | {keys.toString() for action in window.actions_by_name.all for keys in action.shortcuts()}
    for name, text in PAGES.items():
        named = {unescaped(key) for key in BOLD.findall(CODE.sub("", text))}
        assert not named - known, f"{name} names keys that are not there"
    listed = {unescaped(key) for key in BOLD.findall(PAGES["keys.md"])}
    assert not sheet - listed


def test_the_keys_do_what_the_list_says(window: MainWindow) -> None:
    rows = dict(re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|$", PAGES["keys.md"], re.MULTILINE))
    rows = {unescaped(key): label for key, label in rows.items()}
    for action in window.actions_by_name.all:
        if action.shortcuts():
            assert rows[action.shortcut().toString()] == plain(action.text())


def test_every_menu_entry_exists(window: MainWindow) -> None:
    menus = {
        plain(menu.text()): {plain(entry.text()) for entry in menu.menu().actions()}
        for menu in window.menuBar().actions()
    }
    found = 0
    for name, text in PAGES.items():
        for path in paths(text):
            if len(path) > 1:
                menu, entry = path
                assert plain(entry) in menus[menu], f"{name}: {' > '.join(path)}"
                found += 1
    assert found > 8


def test_every_label_exists() -> None:
    """What is in italics, stands in the window."""
    said = {plain(text) for text in texts_of_the_program()}
    said |= {spec.label for spec in TASKS} | {preset.name for preset in bundled_presets()}
    for name, text in PAGES.items():
        wrong = [path for path in paths(text) if plain(path[-1]) not in said]
        assert not wrong, f"{name}: {wrong}"


def test_the_ranges_are_those_of_the_dials() -> None:
    for page, spec in zip(("color.md", "blur.md", "sharpen.md", "grain.md"), TASKS[1:], strict=True):
        numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", PAGES[page])}
        assert {spec.minimum, spec.maximum, spec.default} <= numbers, page


def unescaped(text: str) -> str:
    return text.replace("\\\\", "\\").replace("\\|", "|")


def paths(text: str) -> list[list[str]]:
    """What is in italics, cut at the signs between a menu and its entry."""
    without = BOLD.sub("", CODE.sub("", text))
    return [" ".join(one.split()).split(" > ") for one in ITALIC.findall(without)]


def texts_of_the_program() -> set[str]:
    """Every literal text in the code of the window."""
    root = Path(fxdiffuse_gui.__file__).parent
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("views", "app")
        for path in (root / folder).rglob("*.py")
    ]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
