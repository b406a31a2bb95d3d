"""Rows on disk as they are measured, so that an interrupted evaluation can resume."""

import hashlib
import json
from pathlib import Path
from typing import Any

VERSION = 2  # of the metrics: rows of another version are measured again


class Journal:
    """A file of JSON lines, {"key": …, "row": …}. A damaged line, such as the last one of a killed run,
    counts as not measured."""

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
        """Keeps a row and appends it to the file at once. Raises OSError."""
        self._rows[key] = row
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "row": row}) + "\n")


def row_key(label: dict[str, Any], **settings: Any) -> str:
    """SHA-256 of everything a row depends on: the case's label, and the run's settings (model, metric,
    steps)."""
    text = json.dumps([VERSION, label, settings], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
