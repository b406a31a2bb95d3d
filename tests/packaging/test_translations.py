"""The catalogs say everything that the window says, and the window says nothing past them."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from tests.packaging.text_scan import bare_texts, built_sentences, english_errors, error_classes

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fxdiffuse_gui"
SOURCES = {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
WINDOW = sorted(path for path in SOURCES if path.parts[0] in ("app", "views"))
SHARED = sorted(path for path in SOURCES if path.parts[0] not in ("cli", "doctor", "bench"))
"""All but what prints in English."""
ERRORS = error_classes(SOURCES.values())


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


@pytest.mark.parametrize("path", WINDOW, ids=str)
def test_no_text_goes_past_the_catalog(path: Path) -> None:
    """If this fails: wrap the text in `tr`, and the error in `translated`, from fxdiffuse_gui.core.i18n."""
    assert not list(bare_texts(SOURCES[path]))
    # There, exceptions that are not ours become sentences.
    assert path.name == "error_text.py" or not list(english_errors(SOURCES[path]))


@pytest.mark.parametrize("path", SHARED, ids=str)
def test_every_error_for_the_user_has_a_literal_template(path: Path) -> None:
    """If this fails: raise it with a literal and names, as `fxdiffuse_gui.core.errors` says."""
    assert not list(built_sentences(SOURCES[path], ERRORS))


def test_the_scan_sees_each_kind() -> None:
    assert list(bare_texts('self.setToolTip("Open a photo")')) == ["Open a photo"]
    assert list(bare_texts('button.setText(f"{n} photos")')) == [" photos"]
    assert list(bare_texts('button.setText("{n} photos".format(n=n))')) == ["{n} photos"]
    assert list(bare_texts('self.message.emit(tr("Done") + " in " + "{n} s")')) == [" in "]
    assert list(bare_texts('QLabel("On" if on else tr("Off"))')) == ["On"]
    assert list(bare_texts('QLabel(text or "None")')) == ["None"]
    assert not list(bare_texts('self.setToolTip(tr("Open a photo"))'))
    assert not list(bare_texts('box.setText(f"{width} × {height}"); box.setText("")'))


def test_the_scan_sees_errors_in_english() -> None:
    for shown in ("show(str(error))", 'show(f"{name}: {error}")', "text = str(error)"):
        assert list(english_errors(f"try: work()\nexcept OSError as error: {shown}"))
    for shown in (
        "show(translated(error))",
        'logger.error("%s", str(error))',
        "raise error",
        "show(str(name))",
    ):
        assert not list(english_errors(f"try: work()\nexcept OSError as error: {shown}"))


def test_the_scan_sees_sentences_that_no_catalog_can_have() -> None:
    classes = (
        "class A(errors.UserError): ...",
        'class B(A):\n def __init__(self, x): super().__init__("{x}", x=x)',
        "class C(B): ...",
    )
    errors = error_classes(classes)
    assert errors == {"UserError": True, "A": True, "B": False, "C": False}
    for call in ('A(f"{n} is wrong")', 'A("{n}".format(n=n))', 'x.A(tr("Wrong"))', 'A("a" + name)', "A()"):
        assert list(built_sentences(f"raise {call}", errors))
    assert list(built_sentences('class D(A):\n def __init__(self, n): super().__init__(f"{n}")', errors))
    for call in ('A("{n} is wrong", n=n)', "B(name)", "C(name)", 'ValueError(f"{n}")'):
        assert not list(built_sentences(f"raise {call}", errors))
    assert {"PhotoError", "ModelError"} <= ERRORS.keys()
