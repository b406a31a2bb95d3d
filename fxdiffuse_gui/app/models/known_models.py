"""`KnownModels`: the model files that the artist has added, and the chosen one, kept between sessions."""

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.photo_link import sha256_of

MOST = 50
_LIST, _CHOSEN = "models/known", "models/chosen"


@dataclass(frozen=True)
class KnownModel:
    """A model file, and its SHA-256 when it was last read."""

    path: Path
    digest: str


class KnownModels:
    """Entries of the settings. What cannot be read there counts as missing."""

    @property
    def all(self) -> tuple[KnownModel, ...]:
        """In the order in which they were added, whether their files are there or not."""
        stored = QSettings().value(_LIST, "")
        if not isinstance(stored, str) or not stored:
            return ()
        try:
            entries = Fields.parse(stored.encode("utf-8", "replace")).objects("models", MOST)
            return tuple(KnownModel(Path(one.path("path")), sha256_of(one, "sha256")) for one in entries)
        except FieldError:
            return ()

    def add(self, path: Path, digest: str) -> None:
        """Adds the model at `path`, or updates its digest."""
        path, known = path.absolute(), list(self.all)
        places = [place for place, one in enumerate(known) if one.path == path]
        if places:
            known[places[0]] = KnownModel(path, digest)
        else:
            known = [*known, KnownModel(path, digest)][-MOST:]
        self._store(known)

    def remove(self, path: Path) -> None:
        """Removes `path` from the list; the file stays."""
        self._store([one for one in self.all if one.path != path.absolute()])

    @property
    def chosen(self) -> Path | None:
        """The model to start with, None for the bundled one."""
        stored = QSettings().value(_CHOSEN, "")
        return Path(stored) if isinstance(stored, str) and stored and "\0" not in stored else None

    def choose(self, path: Path | None) -> None:
        """Starts with `path` from now on."""
        if path is None:
            QSettings().remove(_CHOSEN)
        else:
            QSettings().setValue(_CHOSEN, str(path.absolute()))

    def _store(self, known: list[KnownModel]) -> None:
        entries = [{"path": str(one.path), "sha256": one.digest} for one in known]
        # ASCII only, as in a project: a file name may have characters that an ini file cannot hold.
        QSettings().setValue(_LIST, json.dumps({"models": entries}))
