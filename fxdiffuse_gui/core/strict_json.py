"""JSON that anyone may have written, read strictly: what is not as it should be is a `FieldError`."""

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn, cast

from fxdiffuse_gui.core.i18n import tr

MAX_TEXT = 4096


class FieldError(ValueError):
    """A field is missing or wrong; the message says which and what belongs there, without a full stop."""


class Fields:
    """The fields of one JSON object. Every method raises FieldError unless it finds what it is asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @classmethod
    def parse(cls, data: bytes) -> "Fields":
        """The object that `data` (UTF-8) holds; no duplicate names, no NaN, no number past any bound."""
        try:
            values = json.loads(
                data.decode("utf-8-sig"), object_pairs_hook=_without_duplicates, parse_constant=_refuse
            )
        except FieldError:
            raise
        except (ValueError, RecursionError):
            raise FieldError(tr("it is not JSON")) from None
        return cls.of(values, tr("the content"))

    @classmethod
    def of(cls, value: object, name: str) -> "Fields":
        """`value` as fields; `name` is how a message calls it."""
        if not isinstance(value, dict):
            raise FieldError(tr("{name} must be an object").format(name=name))
        return cls(cast("dict[str, Any]", value))

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    @property
    def names(self) -> list[str]:
        """The names that are there."""
        return list(self._values)

    def object(self, name: str) -> "Fields":
        """An object of its own."""
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
        """The text of a path: 1 to 4096 characters, whatever a file system allows."""
        value = self._values.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= MAX_TEXT or "\0" in value:
            raise FieldError(tr("{name} must be a path").format(name=name))
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
            span = (
                " " + tr("from {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
                if math.isfinite(low)
                else ""
            )
            raise FieldError(tr("{name} must be a number{span}").format(name=name, span=span))
        return number

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise FieldError(
                tr("{name} must be a whole number from {low} to {high}").format(name=name, low=low, high=high)
            )
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._values.get(name)
        if not isinstance(value, bool):
            raise FieldError(tr("{name} must be true or false").format(name=name))
        return value

    def _list(self, name: str, limit: int) -> list[Any]:
        value: object = self._values.get(name, [])
        if not isinstance(value, list) or len(cast("list[Any]", value)) > limit:
            raise FieldError(tr("{name} must be a list of at most {limit}").format(name=name, limit=limit))
        return cast("list[Any]", value)


def to_json(values: Mapping[str, Any]) -> bytes:
    """`values` as text that people can read; floats come back bit for bit."""
    # ASCII alone: a file name may hold what UTF-8 has no bytes for.
    return (json.dumps(values, indent=2, allow_nan=False) + "\n").encode()


def _checked_text(value: object, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_TEXT or not value.isprintable():
        raise FieldError(tr("{name} must be a short printable text").format(name=name))
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise FieldError(tr("a name stands in it twice"))
    return values


def _refuse(constant: str) -> NoReturn:
    raise FieldError(tr("{constant} is no number").format(constant=constant))
