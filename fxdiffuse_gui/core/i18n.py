"""Translation without Qt: texts that the window shows in the user's language, and the command line in
English.

Code below the app never translates. It stores a `Message`, which is rendered where it is shown: in a dialog,
a toast, or on stderr. The app connects Qt's catalogs with `use_translator`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translator = Callable[[str, int], str]
"""(text, count) → the translation of an English text, or the text itself. The count chooses the plural form
of a text with `%n`; it is -1 for other texts."""

_translator: list[Translator] = []


@dataclass(frozen=True)
class Message:
    """An English `template` with a placeholder in braces for each of `names`; `%n` stands for `count`.

    `str()` renders it in English, `translated` in the language of the window. A name whose value is a Message
    or a `UserError` is rendered with it.
    """

    template: str
    names: Mapping[str, object] = field(default_factory=dict[str, object])
    count: int | None = None

    def __str__(self) -> str:
        return _render(self, _english)

    def with_names(self, **names: object) -> "Message":
        """The same message with further names."""
        return Message(self.template, {**self.names, **names}, self.count)


def use_translator(translator: Translator | None) -> None:
    """Sets the translator for `tr` and `translated`; None means English."""
    _translator[:] = [] if translator is None else [translator]


def tr(template: str, /, count: int | None = None, **names: object) -> str:
    """`template` in the language of the window, with `names` and `count` (`%n`) filled in.

    Call it with a literal, because the texts to translate are collected from the code. Call it when the text
    is shown, not when a module is imported: the language is chosen later.
    """
    return translated(Message(template, names, count))


def translated(what: object) -> str:
    """A Message, or an error that carries one, in the language of the window; anything else as a string."""
    return _render(what, _translator[0] if _translator else _english)


def tr_noop(template: str) -> str:
    """Marks a literal in a table for translation; pass it to `tr` later."""
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
    """The value for a placeholder. Numbers stay numbers, so that a template can format them."""
    carries = isinstance(value, Message) or isinstance(getattr(value, "message", None), Message)
    return _render(value, translator) if carries else value


def _english(template: str, _count: int) -> str:
    return template
