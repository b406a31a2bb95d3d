"""The language of the window: chosen, or the system's; put in place before anything is shown."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

import resources
from fxdiffuse_gui.core.i18n import use_translator

LANGUAGES: Final = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""The languages that there are, by the names of their catalogs, each called as it calls itself."""

_KEY = "language"
_FOLDER = Path(resources.__file__).parent / "translations"


def chosen_language() -> str:
    """A key of `LANGUAGES`; empty for the system's language."""
    stored = QSettings().value(_KEY, "")
    # What somebody else wrote there may be no language.
    return stored if isinstance(stored, str) and stored in LANGUAGES else ""


def choose_language(language: str) -> None:
    """Stores a key of `LANGUAGES`, or an empty text for the system's language; it is used from the next
    start on."""
    QSettings().setValue(_KEY, language)


def install_language(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Has `tr`, and Qt's own buttons, speak `language`, a key of `LANGUAGES`; empty for the system's.

    Returns what was installed in `app`. Numbers look the same in every language, with
    a point, so that what is shown can be typed everywhere.
    """
    QLocale.setDefault(QLocale.c())
    use_translator(_translate)
    language = language or _system_language()
    app.setProperty(_KEY, language)
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    installed: list[QTranslator] = []
    for file in (qt / f"qtbase_{language}.qm", _FOLDER / f"fxdiffuse_{language}.qm"):
        translator = QTranslator(app)
        # Qt has no catalog for English; ours holds only plurals.
        if translator.load(str(file)) and app.installTranslator(translator):
            installed.append(translator)
    return installed


def _translate(text: str, count: int) -> str:
    return QCoreApplication.translate("fxdiffuse", text, None, count)


def language_in_use() -> str:
    """The key of `LANGUAGES` that was installed; English when none was."""
    app = QCoreApplication.instance()
    language = None if app is None else app.property(_KEY)
    return language if isinstance(language, str) else "en"


def date_locale() -> QLocale:
    """How dates and times are written in the window: as the system does, if it speaks the same language."""
    language, system = QLocale(language_in_use()), QLocale.system()
    return system if system.language() == language.language() else language


def _system_language() -> str:
    """The first of the languages that the system prefers which there is; else English."""
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        for language in LANGUAGES:
            known = QLocale(language)
            if (locale.language(), locale.script()) == (known.language(), known.script()):
                return language
    return "en"
