"""`Cache`: computed values that may be used again, within a memory budget. No torch."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

DEFAULT_BUDGET = 512 << 20
"""Bytes: about 170 finished tiles, those of a photo of 40 megapixels."""


class Cache:
    """Values by key; beyond the budget the least recently used are dropped. Not thread-safe."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self.budget = budget
        self.used = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The value, or None; it counts as used now."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keeps `value`, which must not change any more, unless it exceeds the budget. size: bytes."""
        self._remove(key)
        if size > self.budget:
            return
        self._values[key] = value, size
        self.used += size
        while self.used > self.budget:
            self._remove(next(iter(self._values)))

    def clear(self) -> None:
        """Drops all values."""
        self._values.clear()
        self.used = 0

    def _remove(self, key: Hashable) -> None:
        found = self._values.pop(key, None)
        if found is not None:
            self.used -= found[1]
