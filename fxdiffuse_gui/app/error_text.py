"""Exceptions as sentences for the artist."""

import logging
from pathlib import Path

from fxdiffuse_gui.core.i18n import tr, translated

logger = logging.getLogger(__name__)


def error_sentence(error: Exception, what: str, **names: str) -> str:
    """One sentence for the artist from any exception; the traceback of an unexpected one goes to the log.

    `what` says what went wrong, in English as in the log, with `names` to put in.
    """
    text = " ".join(translated(error).split())
    is_expected = isinstance(error, ValueError) and text.endswith((".", "!", "。", "！"))
    logger.log(logging.DEBUG if is_expected else logging.WARNING, what.format(**names), exc_info=error)
    what = tr(what).format(**names)
    if isinstance(error, MemoryError) or "out of memory" in text.lower():
        return tr("{what}: memory is full. Close other programs or use a smaller photo.").format(what=what)
    if isinstance(error, FileNotFoundError) and error.filename:
        return tr("{what}: the file {name} is missing.").format(
            what=what, name=Path(str(error.filename)).name
        )
    if isinstance(error, OSError):
        return f"{what}: {error.strerror or text}."
    if is_expected:
        return text
    return f"{what}: {text.rstrip('.') or type(error).__name__}."
