"""The window in another language during a test."""

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLocale

from fxdiffuse_gui.app.language import install_language


@contextmanager
def language_installed(app: QCoreApplication, language: str) -> Generator[None]:
    """Installs `language`, a key of `LANGUAGES` or empty, and restores everything afterwards."""
    numbers, before = QLocale(), app.property("language")
    installed = install_language(app, language)
    try:
        yield
    finally:
        for translator in installed:
            app.removeTranslator(translator)
        app.setProperty("language", before)
        QLocale.setDefault(numbers)
