"""Rows on disk as they are measured, so that an interrupted evaluation goes on where it stopped."""

import hashlib
import json
from pathlib import Path
from typing import Any

VERSION = 1  # of the figures: rows of another version are measured anew


class Journal:
    """A file of JSON lines, {"key": …, "row": …}. Lines that are damaged, as the last one of a killed run may
    be, count as not measured."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, dict[str, Any]] = {}
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if (
                isinstance(entry, dict)
                and isinstance(entry.get("key"), str)
                and isinstance(entry.get("row"), dict)
            ):
                self._rows[entry["key"]] = entry["row"]
        if lines and lines[-1]:
            with path.open("ab") as file:
                file.write(b"\n")

    def get(self, key: str) -> dict[str, Any] | None:
        """The row measured before under this key."""
        return self._rows.get(key)

    def add(self, key: str, row: dict[str, Any]) -> None:
        """Keeps a row and writes it down at once."""
        self._rows[key] = row
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "row": row}) + "\n")


def row_key(label: dict[str, Any], **settings: Any) -> str:
    """SHA-256 of everything a row depends on: the case, and the run's settings (model, metric, steps)."""
    text = json.dumps([VERSION, label, settings], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
