"""`Figure`: one thing measured, beside its budget."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """value: None when it cannot be measured here, `note` says why. most: the budget, None where there is
    none; with `least` the value has to be at least that instead."""

    name: str
    value: float | None
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the budget is kept; None when there is none or nothing was measured."""
        if self.value is None or (self.most is None and self.least is None):
            return None
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def budget(self) -> str:
        """The budget in words."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}"
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}"
