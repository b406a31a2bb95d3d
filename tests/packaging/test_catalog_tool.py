"""`packaging/translations.py`: which texts it collects, and how it reads, writes and compiles catalogs."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from fxdiffuse_gui.app.language import LANGUAGES
from fxdiffuse_gui.core import i18n
from tests.app.languages import language_installed
from tests.packaging.test_translations import script

PLURAL = "%n photos failed."
CODE = """
from fxdiffuse_gui.core import errors
from fxdiffuse_gui.core.errors import UserError

class BaseError(UserError): ...
class NarrowError(BaseError, KeyError): ...
class Unrelated(ValueError): ...

def fail(name, many, count):
    tr("One")
    tr("Few" if many else "Many")
    Message("Two {name}", {"name": name})
    if count:
        raise NarrowError("Three {name}.", name=tr("Four"))
    raise errors.UserError("Five"
                           " joined.")
    raise Unrelated("Not for users")
    tr(name)
    NarrowError(f"Six {name}")
    log("Seven")
"""


def test_texts_are_collected_from_calls_and_from_errors_for_users() -> None:
    found = list(script.texts_in([ast.parse(CODE)]))
    assert found == ["One", "Few", "Many", "Two {name}", "Three {name}.", "Four", "Five joined."]


def test_errors_are_found_across_modules_and_levels() -> None:
    sources = ("class C(b.B): ...", "class B(A): ...", "class A(UserError): ...")
    assert script.user_errors(map(ast.parse, sources)) == {"UserError", "A", "B", "C"}


def test_the_program_s_own_errors_are_among_them() -> None:
    paths = (script.ROOT / "fxdiffuse_gui").rglob("*.py")
    found = script.user_errors(ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    assert {"PhotoError", "ReceiptError", "ProfileError", "XmpError", "ModelError"} <= found


@pytest.mark.parametrize(("language", "count"), script.PLURAL_FORMS.items())
def test_plurals_are_written_and_read(tmp_path: Path, language: str, count: int) -> None:
    path = tmp_path / "catalog.ts"
    catalog = {
        "Open & <close>": ("Öffnen",),
        PLURAL: tuple(f"%n form {i}." for i in range(count)),
        "No": ("",),
    }
    script.write(path, language, catalog)
    assert script.read(path) == catalog
    written = path.read_text(encoding="utf-8")
    assert written.count('<message numerus="yes">') == 1 and written.count("<numerusform>") == count
    assert written.count('type="unfinished"') == 1


def test_merging_keeps_adds_and_removes() -> None:
    old = {"Kept": ("Behalten",), "Gone": ("Weg",), PLURAL: ("%n Foto.", "%n Fotos.")}
    catalog = script.merged(["Kept", "New", PLURAL], old, "de")
    assert catalog == {"Kept": ("Behalten",), "New": ("",), PLURAL: ("%n Foto.", "%n Fotos.")}
    assert script.untranslated(catalog) == ["New"]


def test_a_text_that_gets_a_number_has_to_be_translated_again() -> None:
    catalog = script.merged([PLURAL], {PLURAL: ("Fotos.",)}, "de")
    assert catalog == {PLURAL: ("", "")} and script.untranslated(catalog) == [PLURAL]


def test_half_a_plural_is_not_translated() -> None:
    assert script.untranslated({PLURAL: ("%n Foto.", ""), "Open": ("Öffnen",)}) == [PLURAL]


def test_english_has_only_plurals_and_needs_only_the_singular() -> None:
    catalog = script.merged(["Open", PLURAL], {}, "en")
    assert catalog == {PLURAL: ("", PLURAL)} and script.untranslated(catalog) == [PLURAL]
    catalog = script.merged(["Open", PLURAL], {PLURAL: ("%n photo failed.", PLURAL)}, "en")
    assert script.untranslated(catalog) == []


FORMS = {
    "en": {1: "1 photo failed.", 2: "2 photos failed.", 0: "0 photos failed."},
    "de": {1: "1 Foto fehlgeschlagen.", 2: "2 Fotos fehlgeschlagen.", 0: "0 Fotos fehlgeschlagen."},
    "zh_CN": {1: "1 张照片失败。", 2: "2 张照片失败。", 0: "0 张照片失败。"},
}


@pytest.mark.parametrize("language", FORMS)
def test_the_number_chooses_the_compiled_form(
    qapp: QCoreApplication, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the catalog through Qt to `tr`, as in the window."""
    forms = {number: text.replace(str(number), "%n") for number, text in FORMS[language].items()}
    path = tmp_path / "catalog.ts"
    script.write(path, language, {PLURAL: tuple(dict.fromkeys((forms[1], forms[2])))})
    script.release(path)
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm"))) and qapp.installTranslator(translator)
    monkeypatch.setattr(i18n, "_translator", [])
    i18n.use_translator(lambda text, count: QCoreApplication.translate(script.CONTEXT, text, None, count))
    try:
        for number, expected in FORMS[language].items():
            assert i18n.tr(PLURAL, count=number) == expected
    finally:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("language", script.PLURAL_FORMS)
def test_every_form_in_the_catalogs_fits_its_text(language: str) -> None:
    """If this fails: run packaging/translations.py and complete the catalogs."""
    for text, forms in script.read(script.CATALOGS / f"fxdiffuse_{language}.ts").items():
        assert len(forms) == (script.PLURAL_FORMS[language] if script.has_plural(text) else 1), text
        for form in forms:
            assert set(re.findall(r"\{\w*\}", form)) == set(re.findall(r"\{\w*\}", text)), form
            # The singular may be without its number: "The photo failed."
            assert not script.has_plural(form) or script.has_plural(text), form


def test_every_language_can_be_chosen() -> None:
    assert set(script.PLURAL_FORMS) == set(LANGUAGES) == {script.ENGLISH, *script.LANGUAGES}


def test_the_script_updates_catalogs_and_reports_what_is_missing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    qapp: QCoreApplication,
) -> None:
    monkeypatch.setattr(script, "CATALOGS", tmp_path)
    monkeypatch.setattr(script, "collect", lambda: ["Open", PLURAL])
    assert script.main() == 1
    assert capsys.readouterr().out.count("without a translation") == 3
    for language, count in script.PLURAL_FORMS.items():
        path = tmp_path / f"fxdiffuse_{language}.ts"
        script.write(path, language, {"Open": ("Auf",), PLURAL: ("%n x.",) * count})
    assert script.main() == 0
    assert set(script.read(tmp_path / "fxdiffuse_en.ts")) == {PLURAL}
    assert all((tmp_path / f"fxdiffuse_{language}.qm").exists() for language in script.PLURAL_FORMS)


def test_the_window_uses_the_english_catalog(
    qapp: QCoreApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.write(tmp_path / "fxdiffuse_en.ts", "en", {PLURAL: ("%n photo failed.", PLURAL)})
    script.release(tmp_path / "fxdiffuse_en.ts")
    monkeypatch.setattr("fxdiffuse_gui.app.language._FOLDER", tmp_path)
    with language_installed(qapp, "en"):
        assert i18n.tr(PLURAL, count=1) == "1 photo failed."
        assert i18n.tr(PLURAL, count=3) == "3 photos failed."
