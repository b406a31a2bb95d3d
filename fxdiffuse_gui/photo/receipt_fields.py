"""Checks of the values in a receipt, which may come from a hostile file. All raise ValueError."""

import json
import re
from typing import Any, NoReturn, cast

_MAX_TEXT = 16 << 10
_MAX_NUMBER = 2**63 - 1
_MAX_SETTINGS = 32
_HASH = re.compile(r"[0-9a-f]{64}")
_PROGRAM = re.compile(r"[0-9A-Za-z.+-]{1,32}")
_SAMPLER = re.compile(r"[0-9a-z+-]{1,16}")
_KEY = re.compile(r"[a-z][a-z_]{0,31}")


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object in `text`: short, without duplicate keys, NaN or infinity."""
    if len(text) > _MAX_TEXT:
        raise ValueError("too long")
    return json_object(json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_unique))


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("not a finite number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a duplicate key")
    return values


def json_object(value: object) -> dict[str, Any]:
    """`value`, a JSON object."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return cast("dict[str, Any]", value)


def condition(value: object) -> dict[str, Any]:
    """The settings of an edit: numbers and hashes by lower-case names."""
    settings = json_object(value)
    if len(settings) > _MAX_SETTINGS or not all(_KEY.fullmatch(key) for key in settings):
        raise ValueError("not settings")
    return {key: sha256(one) if isinstance(one, str) else number(one) for key, one in settings.items()}


def number(value: object) -> float:
    """A finite number of at most 63 bits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not abs(value) <= _MAX_NUMBER:  # also false for NaN
        raise ValueError("too large a number")
    return value


def positive_integer(value: object) -> int:
    """An integer from 1 to 2^63 - 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MAX_NUMBER:
        raise ValueError("not a positive integer")
    return value


def sha256(value: object) -> str:
    """A SHA-256 in lower-case hex."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("not a hash")
    return value


def name(value: object) -> str:
    """The name of a file, see `is_file_name`."""
    if not isinstance(value, str) or not is_file_name(value):
        raise ValueError("not a file name")
    return value


def is_file_name(text: str) -> bool:
    """Whether `text` names a file in some folder: printable, and without a path or drive."""
    return (
        0 < len(text) <= 255 and text.strip(". ") != "" and text.isprintable() and not set(text) & set("/\\:")
    )


def sampler(value: object) -> str:
    """The name of a sampler; whether there is such a one is for those to say who have samplers."""
    if not isinstance(value, str) or not _SAMPLER.fullmatch(value):
        raise ValueError("not a sampler")
    return value


def version(value: object) -> str:
    """The version of a program."""
    if not isinstance(value, str) or not _PROGRAM.fullmatch(value):
        raise ValueError("not a version")
    return value
