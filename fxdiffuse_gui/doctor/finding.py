"""`Finding`, what a look at one thing has brought to light."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "broken"]
"""broken: something does not work. note: it works, but there is something to know."""

_LONGEST = 300


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. value: what it is, on one line. advice: a sentence that says what to do;
    None when all is well."""

    name: str
    value: str
    state: State = "ok"
    advice: str | None = None


def guarded(name: str, check: Callable[[], Finding]) -> Finding:
    """What `check` finds; when it fails, that is the finding."""
    try:
        return check()
    except Exception as error:  # whatever it is, the user has come to learn of it
        told = one_line(f"{type(error).__name__}: {error}")
        return Finding(name, f"cannot be examined ({told})", "broken", "Install fxdiffuse anew.")


def one_line(text: object) -> str:
    """`text` on one line of bearable length."""
    return " ".join(str(text).split())[:_LONGEST]
