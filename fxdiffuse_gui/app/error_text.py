"""Exceptions as sentences for the artist."""

import logging
from pathlib import Path

from fxdiffuse_gui.core.i18n import Message, translated

logger = logging.getLogger(__name__)


def error_sentence(error: Exception, what: str, **names: object) -> str:
    """`error_message` in the language of the window; `what` is a template in English for `names`."""
    return translated(error_message(error, Message(what, names)))


def error_message(error: Exception, what: Message) -> Message:
    """One sentence for any exception: that of a `UserError`, or that `what` went wrong and why.

    The traceback of an unexpected exception goes to the log.
    """
    text = " ".join(str(error).split())
    is_expected = isinstance(error, ValueError) and text.endswith((".", "!"))
    logger.log(logging.DEBUG if is_expected else logging.WARNING, str(what), exc_info=error)
    if isinstance(error, MemoryError) or "out of memory" in text.lower():
        return Message("{what}: memory is full. Close other programs or use a smaller photo.", {"what": what})
    if isinstance(error, FileNotFoundError) and error.filename:
        name = Path(str(error.filename)).name
        return Message("{what}: the file {name} is missing.", {"what": what, "name": name})
    if isinstance(error, OSError):
        return Message("{what}: {reason}.", {"what": what, "reason": error.strerror or text})
    if is_expected:
        message = getattr(error, "message", None)
        return message if isinstance(message, Message) else Message(text)
    return Message("{what}: {reason}.", {"what": what, "reason": text.rstrip(".") or type(error).__name__})
