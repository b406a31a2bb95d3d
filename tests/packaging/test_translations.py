"""The catalogs say everything that the window says, and the window says nothing past them."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted((ROOT / "fxdiffuse_gui" / "views").rglob("*.py"))
SETTERS = frozenset(
    [
        "setText",
        "setToolTip",
        "setStatusTip",
        "setWhatsThis",
        "setWindowTitle",
        "setInformativeText",
        "setAccessibleName",
        "setAccessibleDescription",
        "setPlaceholderText",
        "setTitle",
        "setEmptyLabel",
        "setLabelText",
        "addAction",
        "addMenu",
        "addButton",
        "addTab",
        "setTabText",
        "addItem",
        "setSuffix",
        "setPrefix",
        "setIconText",
        "showMessage",
        "show_message",
        "emit",
        "QLabel",
        "QPushButton",
        "QToolButton",
        "QCheckBox",
        "QRadioButton",
        "QGroupBox",
        "QAction",
        "QMenu",
        "QDockWidget",
        "question",
        "warning",
        "information",
        "critical",
        "about",
        "getText",
        "getItem",
        "getOpenFileName",
        "getSaveFileName",
        "getExistingDirectory",
        "getColor",
    ]
)
"""What shows a text that it is given."""
SAME_IN_ALL = frozenset({"JPEG", "PNG", "TIFF", "WebP", "AVIF", "fxdiffuse", "px"})


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()
languages = pytest.mark.parametrize("language", script.LANGUAGES)


def catalog(language: str) -> dict[str, str]:
    """English text → translation, the last form of a plural; see test_catalog_tool.py for the others."""
    read = script.read(script.CATALOGS / f"fxdiffuse_{language}.ts")
    return {text: forms[-1] for text, forms in read.items()}


def test_enough_is_collected() -> None:
    texts = script.collect()
    assert len(texts) == len(set(texts)) > 400
    # One of each kind: shown at once, from a table, of a task, of a preset, of an error and of a note.
    expected = {"&Open…", "Lasso", "Radius of the film grains.", "film grain", "Crisp"}
    expected |= {"{name} does not exist; check the path.", "Memory is short; the edit goes on more slowly."}
    assert expected <= set(texts)


@languages
def test_every_text_is_translated(language: str) -> None:
    """If this fails: run packaging/translations.py and translate what it names."""
    translations = catalog(language)
    assert set(translations) == set(script.collect())
    assert not [text for text, translation in translations.items() if not translation.strip()]


@languages
def test_places_tags_and_mnemonics_stay(language: str) -> None:
    for text, translation in catalog(language).items():
        for kind in (r"\{\w*\}", r"</?\w+>", r"&\w", r"…$|…(?= \(|$)"):
            places, kept = re.findall(kind, text), re.findall(kind, translation)
            if kind.startswith("&"):
                places, kept = ["&"] * len(places), ["&"] * len(kept)
            # A place may be named twice where the language says so.
            assert set(places) == set(kept), f"{text!r} became {translation!r}"
            assert kind != "&" or len(places) == len(kept)


@languages
def test_a_sentence_stays_a_sentence(language: str) -> None:
    """Errors are told apart from what nobody foresaw by the full stop."""
    ends = (".", "!", "。", "！")
    for text, translation in catalog(language).items():
        assert not text.endswith(".") or translation.endswith(ends), text


@languages
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(script.CATALOGS / f"fxdiffuse_{language}.qm"))
    for text, translation in catalog(language).items():
        count = 2 if script.has_plural(text) else -1
        compiled = translator.translate(script.CONTEXT, text, "", count)
        assert compiled == translation, "run packaging/translations.py"


@languages
def test_most_is_really_translated(language: str) -> None:
    translations = catalog(language)
    same = [text for text, translation in translations.items() if text == translation]
    assert len(same) < 0.06 * len(translations)


def test_merging_keeps_adds_and_drops(tmp_path: Path) -> None:
    path = tmp_path / "fxdiffuse_de.ts"
    texts = {
        "Open & <close>": ("Öffnen & <schließen>",),
        "Gone": ("",),
        "two\nlines": ("zwei\nZeilen",),
    }
    script.write(path, "de", texts)
    assert script.read(path) == texts
    assert path.read_text(encoding="utf-8").count('type="unfinished"') == 1


def bare_texts(source: str) -> Iterator[str]:
    """Texts with words in them that are shown without being translated."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if called not in SETTERS or ast.unparse(node.func).startswith("logger."):
            continue
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from (text for text in _shown(argument) if text not in SAME_IN_ALL)


def _shown(argument: ast.expr) -> Iterator[str]:
    """The literals in an argument that are not looked up first; what a call is given is its own business."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        if re.search(r"[^\W\d_]{2}", argument.value):
            yield argument.value
    elif isinstance(argument, ast.JoinedStr):
        words = "".join(part.value for part in argument.values if isinstance(part, ast.Constant))
        # Tags and the program's own name are no words of a language.
        if re.search(r"[^\W\d_]{2}", re.sub(r"<[^>]*>|fxdiffuse", "", words)):
            yield words
    elif isinstance(argument, ast.IfExp):
        yield from _shown(argument.body)
        yield from _shown(argument.orelse)
    elif isinstance(argument, ast.BinOp):
        yield from _shown(argument.left)
        yield from _shown(argument.right)


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_text_goes_past_the_catalog(path: Path) -> None:
    """If this fails: wrap the text in `tr` from fxdiffuse_gui.core.i18n."""
    assert not list(bare_texts(path.read_text(encoding="utf-8")))


def test_the_scan_sees_each_kind() -> None:
    assert list(bare_texts('self.setToolTip("Open a photo")')) == ["Open a photo"]
    assert list(bare_texts('button.setText(f"{n} photos")')) == [" photos"]
    assert list(bare_texts('QLabel("On" if on else tr("Off"))')) == ["On"]
    assert not list(bare_texts('self.setToolTip(tr("Open a photo"))'))
    assert not list(bare_texts('box.setText(f"{width} × {height}"); box.setText("")'))
