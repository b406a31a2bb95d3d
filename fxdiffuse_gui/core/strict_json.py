"""JSON from anywhere, read strictly: a field that is not as expected is a `FieldError`."""

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn, cast

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import Message

MAX_TEXT = 4096


class FieldError(UserError):
    """A field is missing or wrong. The message names it and what belongs there, without a full stop: it is
    a part of a sentence."""


class Fields:
    """The fields of one JSON object. Every method raises FieldError when the field is not of that kind."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @classmethod
    def parse(cls, data: bytes) -> "Fields":
        """The object in `data` (UTF-8); duplicate names and NaN are refused."""
        try:
            values = json.loads(
                data.decode("utf-8-sig"), object_pairs_hook=_without_duplicates, parse_constant=_refuse
            )
        except FieldError:
            raise
        except (ValueError, RecursionError):
            raise FieldError("it is not JSON") from None
        return cls.of(values, Message("the content"))

    @classmethod
    def of(cls, value: object, name: str | Message) -> "Fields":
        """`value` as fields; `name` is what a message calls it."""
        if not isinstance(value, dict):
            raise FieldError("{name} must be an object", name=name)
        return cls(cast("dict[str, Any]", value))

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    @property
    def names(self) -> list[str]:
        """The names that the object has."""
        return list(self._values)

    def object(self, name: str) -> "Fields":
        """The object in this field."""
        return Fields.of(self._values.get(name), name)

    def objects(self, name: str, limit: int) -> list["Fields"]:
        """A list of at most `limit` objects; empty when it is missing."""
        return [Fields.of(item, name) for item in self._list(name, limit)]

    def texts(self, name: str, limit: int) -> list[str]:
        """A list of at most `limit` texts."""
        items = self._list(name, limit)
        return [_checked_text(item, name) for item in items]

    def text(self, name: str) -> str:
        """A text of 1 to 4096 printable characters."""
        return _checked_text(self._values.get(name), name)

    def path(self, name: str) -> str:
        """The text of a path: 1 to 4096 characters, also unprintable ones, without a zero byte."""
        value = self._values.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= MAX_TEXT or "\0" in value:
            raise FieldError("{name} must be a path", name=name)
        return value

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from `low` to `high`."""
        value = self._values.get(name)
        number = math.nan
        # Compared before it is converted: a whole number may be too large for a float.
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            with suppress(OverflowError):
                number = float(value)
        if not math.isfinite(number):
            if not math.isfinite(low):
                raise FieldError("{name} must be a number", name=name)
            raise FieldError(
                "{name} must be a number from {low:g} to {high:g}", name=name, low=low, high=high
            )
        return number

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise FieldError(
                "{name} must be a whole number from {low} to {high}", name=name, low=low, high=high
            )
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._values.get(name)
        if not isinstance(value, bool):
            raise FieldError("{name} must be true or false", name=name)
        return value

    def _list(self, name: str, limit: int) -> list[Any]:
        value: object = self._values.get(name, [])
        if not isinstance(value, list) or len(cast("list[Any]", value)) > limit:
            raise FieldError("{name} must be a list of at most {limit}", name=name, limit=limit)
        return cast("list[Any]", value)


def to_json(values: Mapping[str, Any]) -> bytes:
    """`values` as text that people can read; floats come back bit for bit."""
    # ASCII: a file name may hold characters that UTF-8 cannot encode (lone surrogates).
    return (json.dumps(values, indent=2, allow_nan=False) + "\n").encode()


def _checked_text(value: object, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_TEXT or not value.isprintable():
        raise FieldError("{name} must be a short printable text", name=name)
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise FieldError("a name stands in it twice")
    return values


def _refuse(constant: str) -> NoReturn:
    raise FieldError("{constant} is no number", constant=constant)
