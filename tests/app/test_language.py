"""Which language the window speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QSettings
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app import language
from fxdiffuse_gui.app.effect_text import effect_name, effect_within
from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.core.i18n import Message, tr, tr_noop, translated
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import PhotoError
from tests.core.languages import spoken


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> None:
    use_settings_folder(tmp_path / "settings")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    with spoken(qapp, "de"):
        yield


def test_the_choice_is_kept_and_the_system_decides_without_one() -> None:
    assert language.chosen_language() == ""
    language.choose_language("de")
    assert language.chosen_language() == "de"
    language.choose_language("")
    assert language.chosen_language() == ""


@pytest.mark.parametrize("stored", ["fr", "../../etc/passwd", ["de"], 7])
def test_what_is_no_language_counts_as_none(stored: object) -> None:
    QSettings().setValue("language", stored)
    assert language.chosen_language() == ""


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        (["de-AT", "de-Latn-AT", "de"], "de"),
        (["zh-CN", "zh-Hans-CN", "zh"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["fr-FR", "de-DE"], "de"),
        (["en-US", "de-DE"], "en"),
        (["fr-FR"], "en"),
        ([], "en"),
    ],
)
def test_the_system_s_language(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, preferred: list[str], expected: str
) -> None:
    class System:
        @staticmethod
        def system() -> "System":
            return System()

        def uiLanguages(self) -> list[str]:  # noqa: N802 (Qt's name)
            return preferred

    with spoken(qapp, "en"):
        real = QLocale
        monkeypatch.setattr(language, "QLocale", _with_system(real, System()))
        with spoken(qapp, ""):
            assert language.language_in_use() == expected
        monkeypatch.undo()


def _with_system(real: type[QLocale], system: object) -> object:
    class Locale:
        c = staticmethod(real.c)
        setDefault = staticmethod(real.setDefault)  # noqa: N815 (Qt's name)

        def __new__(cls, name: str) -> QLocale:  # pyright: ignore
            return real(name)

        @staticmethod
        def system() -> object:
            return system

    return Locale


def test_english_without_a_catalog(qapp: QApplication) -> None:
    with spoken(qapp, "en"):
        assert tr("&Open…") == "&Open…" and language.language_in_use() == "en"


def test_german(german: None) -> None:
    assert tr("&Open…") == "Ö&ffnen…"
    assert tr(tr_noop("Snapshots")) == "Schnappschüsse"
    assert (effect_name(Task.GRAIN), effect_within(Task.BLUR)) == ("Filmkorn", "Bewegungsunschärfe")
    assert tr("Nobody has ever said this.") == "Nobody has ever said this."


def test_qt_s_own_buttons_are_german_too(german: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_numbers_have_a_point_in_every_language(german: None) -> None:
    assert QLocale().toString(1234.5, "f", 1) == "1234.5"


def test_dates_are_those_of_the_language(german: None) -> None:
    assert language.date_locale().language() is QLocale.Language.German


def test_an_error_of_the_photo_package_is_said_in_the_language(german: None) -> None:
    error = PhotoError("{name} cannot be opened ({reason}); check the path.", name="ä.jpg", reason="Boom")
    assert str(error) == "ä.jpg cannot be opened (Boom); check the path."
    assert translated(error) == "ä.jpg kann nicht geöffnet werden (Boom); den Pfad prüfen."
    reason = PhotoError(error.message.template, name="ä.jpg", reason=Message("the path is not valid"))
    assert translated(reason) == "ä.jpg kann nicht geöffnet werden (der Pfad ist ungültig); den Pfad prüfen."
    assert error_sentence(error, tr_noop("The edit failed")) == translated(error)


def test_braces_in_a_name_are_no_places(german: None) -> None:
    error = PhotoError("{name} does not exist; check the path.", name="{reason}.jpg")
    assert translated(error) == "{reason}.jpg gibt es nicht; den Pfad prüfen."
    assert translated(ValueError("{odd} as it is.")) == "{odd} as it is."


def test_an_unforeseen_error_is_told_in_german_and_logged_in_english(
    german: None, caplog: pytest.LogCaptureFixture
) -> None:
    told = error_sentence(RuntimeError("boom"), tr_noop("{name} could not be opened"), name="a.jpg")
    assert told == "a.jpg konnte nicht geöffnet werden: boom."
    assert caplog.messages == ["a.jpg could not be opened"]
