"""`Cache`: what has been computed and may be wanted again, within a budget of memory."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

DEFAULT_BUDGET = 512 << 20
"""Bytes: some 170 finished tiles, a 40-megapixel photo's worth."""


class Cache:
    """Values by key; when they outgrow the budget, those unused for longest go. For one thread."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self.budget = budget
        self.used = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The value, or None."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keeps `value`, which must not be changed from now on; size: bytes. Larger than all: not kept."""
        self._remove(key)
        if size > self.budget:
            return
        self._values[key] = value, size
        self.used += size
        while self.used > self.budget:
            self._remove(next(iter(self._values)))

    def clear(self) -> None:
        """Gives all memory back."""
        self._values.clear()
        self.used = 0

    def _remove(self, key: Hashable) -> None:
        found = self._values.pop(key, None)
        if found is not None:
            self.used -= found[1]
