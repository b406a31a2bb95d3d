"""What is kept between sessions: window layout, recent files and choices, in one ini file."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings

RECENT_LIMIT = 10
_NAME = "fxdiffuse"


def use_settings_folder(folder: Path) -> None:
    """From now on, `QSettings()` reads and writes `folder`/fxdiffuse/fxdiffuse.ini, on every platform."""
    QCoreApplication.setOrganizationName(_NAME)
    QCoreApplication.setApplicationName(_NAME)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


def presets_folder() -> Path:
    """Where the artist's presets are: next to the settings."""
    return Path(QSettings().fileName()).parent / "presets"


class WindowSettings:
    """Layout of the main window, the photos and projects opened last. Unreadable entries count as missing."""

    def __init__(self) -> None:
        self._settings = QSettings()

    @property
    def recent(self) -> list[Path]:
        """Photos and projects that still exist, newest first."""
        stored = self._settings.value("recent", [])
        # A list of one is read as a single text.
        texts: list[object] = [stored] if isinstance(stored, str) else _list(stored)
        return [Path(text) for text in texts if isinstance(text, str) and text and Path(text).is_file()]

    def add_recent(self, path: Path) -> None:
        """Puts `path` first."""
        path = path.absolute()
        kept = [path, *(other for other in self.recent if other != path)][:RECENT_LIMIT]
        self._settings.setValue("recent", [str(one) for one in kept])

    def clear_recent(self) -> None:
        """Clears the list of what was opened last."""
        self._settings.remove("recent")

    @property
    def keeps_photo(self) -> bool:
        """Whether projects contain the photo's own file."""
        return self._settings.value("project/with_photo", False, type=bool) is True

    def set_keeps_photo(self, keeps: bool) -> None:
        """Stores whether they do."""
        self._settings.setValue("project/with_photo", keeps)

    @property
    def has_seen_hints(self) -> bool:
        """Whether the first steps have been shown before."""
        return self._settings.value("hints/seen", False, type=bool) is True

    def set_has_seen_hints(self) -> None:
        """Stores that they have."""
        self._settings.setValue("hints/seen", True)

    @property
    def appearance(self) -> str:
        """The appearance chosen for the window, as it was stored; an empty text if none."""
        return str(self._settings.value("window/appearance", ""))

    def set_appearance(self, name: str) -> None:
        """Stores the appearance of the window."""
        self._settings.setValue("window/appearance", name)

    def layout(self, name: str) -> QByteArray | None:
        """A stored layout, or None."""
        stored = self._settings.value(f"window/{name}")
        return stored if isinstance(stored, QByteArray) else None

    def set_layout(self, name: str, layout: QByteArray) -> None:
        """Stores a layout, as Qt describes it."""
        self._settings.setValue(f"window/{name}", layout)


def _list(stored: object) -> list[object]:
    return cast("list[object]", stored) if isinstance(stored, list) else []
