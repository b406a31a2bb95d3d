"""`Finding`, the result of one check."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "broken"]
"""broken: something does not work. note: it works, with a limitation."""

_MAX_LENGTH = 300


@dataclass(frozen=True)
class Finding:
    """value: what was found, on one line. advice: a sentence that says what to do; None when all is well."""

    name: str
    value: str
    state: State = "ok"
    advice: str | None = None


def guarded(name: str, check: Callable[[], Finding]) -> Finding:
    """The finding of `check`; an error is a finding too."""
    try:
        return check()
    except Exception as error:  # the report is for errors of any kind
        reason = one_line(f"{type(error).__name__}: {error}")
        return Finding(name, f"cannot be examined ({reason})", "broken", "Install fxdiffuse again.")


def one_line(text: object) -> str:
    """`text` on one line of at most 300 characters."""
    return " ".join(str(text).split())[:_MAX_LENGTH]
