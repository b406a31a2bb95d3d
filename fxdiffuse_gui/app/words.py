"""What the window says, in the artist's language."""

import sys

from fxdiffuse_gui.spoken import SpokenError


def tr(text: str) -> str:
    """`text` in the language of the window; itself where there is no translation for it.

    Call it with a literal, which is how the texts to translate are found, when the text is shown and not
    when a module is imported, because the language is chosen later. Numbers and names go in afterwards:
    `tr("{count} photos").format(count=3)`.
    """
    # Where nothing has loaded Qt there is no window, and its language is not chosen: the command line.
    if "PySide6.QtCore" not in sys.modules:
        return text
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("fxdiffuse", text)


def said(error: Exception) -> str:
    """What `error` says; in the language of the window as far as its words are known."""
    if not isinstance(error, SpokenError) or not error.names:
        return tr(str(error))
    reason = error.names.get("reason")
    names = {**error.names, "reason": tr(reason)} if isinstance(reason, str) else error.names
    return tr(error.text).format(**names)


def mark(text: str) -> str:
    """`text` as it is: a literal that stands in a table, for `tr` to translate when it is shown."""
    return text
