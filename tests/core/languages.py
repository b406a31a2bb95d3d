"""The window in another language, for the length of a test."""

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLocale

from fxdiffuse_gui.app.language import install_language


@contextmanager
def spoken(app: QCoreApplication, language: str) -> Generator[None]:
    """`language` is installed within the block; afterwards all is as it was."""
    numbers, before = QLocale(), app.property("language")
    installed = install_language(app, language)
    try:
        yield
    finally:
        for translator in installed:
            app.removeTranslator(translator)
        app.setProperty("language", before)
        QLocale.setDefault(numbers)
