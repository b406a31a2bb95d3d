"""`Figure`: one measurement and its budget."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """value: None when it cannot be measured here; `note` says why. most, least: the budget, the highest or
    lowest value allowed; None where there is none."""

    name: str
    value: float | None
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the value is within the budget; None without a budget or a value."""
        if self.value is None or (self.most is None and self.least is None):
            return None
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def budget(self) -> str:
        """The budget as text; empty when there is none."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}"
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}"
