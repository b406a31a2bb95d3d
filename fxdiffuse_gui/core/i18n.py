"""Texts that the window shows in the artist's language and the command line in English. Knows no Qt.

Code below the app never translates: it keeps a `Message`, and whoever shows it (a dialog, a toast, stderr)
renders it then. The app installs Qt's catalogs with `use_translator`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translator = Callable[[str, int], str]
"""Gives the translation of an English text, or the text itself; the number chooses the plural form of a text
with `%n`, and is -1 for the others."""

_translator: list[Translator] = []


@dataclass(frozen=True)
class Message:
    """An English `template` with a place in braces for each of `names`; `%n` stands for `count`.

    `str()` gives it in English, `translated` in the language of the window. A name whose value is a Message
    or a `UserError` is rendered along with it.
    """

    template: str
    names: Mapping[str, object] = field(default_factory=dict[str, object])
    count: int | None = None

    def __str__(self) -> str:
        return _render(self, _english)

    def with_names(self, **names: object) -> "Message":
        """The same message with these names filled in besides."""
        return Message(self.template, {**self.names, **names}, self.count)


def use_translator(translator: Translator | None) -> None:
    """Has `tr` and `translated` speak another language; None goes back to English."""
    _translator[:] = [] if translator is None else [translator]


def tr(template: str, /, count: int | None = None, **names: object) -> str:
    """`template` in the language of the window, with `names` filled in and `count` in the place of `%n`.

    Call it with a literal, which is how the texts to translate are collected, when the text is shown and not
    when a module is imported, because the language is chosen later.
    """
    return translated(Message(template, names, count))


def translated(what: object) -> str:
    """A Message, or an error that carries one, in the language of the window; anything else as a string."""
    return _render(what, _translator[0] if _translator else _english)


def tr_noop(template: str) -> str:
    """`template` as it is: a literal in a table, collected for translation and given to `tr` later."""
    return template


def _render(what: object, translator: Translator) -> str:
    message = what if isinstance(what, Message) else getattr(what, "message", None)
    if not isinstance(message, Message):
        return str(what)
    text = translator(message.template, -1 if message.count is None else message.count)
    if message.count is not None:
        text = text.replace("%n", str(message.count))
    names = {name: _value(value, translator) for name, value in message.names.items()}
    return text.format(**names) if names else text


def _value(value: object, translator: Translator) -> object:
    """What is filled in: numbers stay numbers, so that a template can say how to format them."""
    carries = isinstance(value, Message) or isinstance(getattr(value, "message", None), Message)
    return _render(value, translator) if carries else value


def _english(template: str, _count: int) -> str:
    return template
