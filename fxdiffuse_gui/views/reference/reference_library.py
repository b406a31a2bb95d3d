"""The reference pictures to choose from: favorites, the ones used last, and the bundled samples.

Favorites and the ones used last are stored.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

import resources
from fxdiffuse_gui.app.files.qimage import to_qimage, to_samples

RECENT_LIMIT = 12
_POLL_MS = 30
FAVORITE_LIMIT = 24
_KEY = "references/recent"
_FAVORITES = "references/favorites"
_SAMPLES = Path(resources.__file__).parent / "samples"
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}


def sample_references() -> list[Path]:
    """The bundled pictures."""
    return sorted(path for path in _SAMPLES.glob("*") if path.suffix.lower() in _SUFFIXES)


@dataclass(frozen=True)
class Entry:
    """A picture to choose. missing: its file does not exist any more."""

    path: Path
    favorite: bool = False
    sample: bool = False
    missing: bool = False


class RecentReferences:
    """Paths of the references used last, newest first, and of the favorites, in `settings`."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings if settings is not None else QSettings()

    @property
    def paths(self) -> list[Path]:
        """The pictures used last that still exist."""
        return [path for path in self._stored(_KEY) if path.is_file()]

    def entries(self, least: int) -> list[Entry]:
        """The favorites, then those used last, then samples: at least `least`, if there are as many, and
        every favorite. Missing files are among them until the artist removes them."""
        favorites, samples = self._stored(_FAVORITES), sample_references()
        rest = [path for path in (*self._stored(_KEY), *samples) if path not in favorites]
        shown = list(dict.fromkeys([*favorites, *rest[: max(least - len(favorites), 0)]]))
        return [Entry(path, path in favorites, path in samples, not path.is_file()) for path in shown]

    def set_favorite(self, path: Path, favorite: bool) -> None:
        """Adds `path` after the other favorites, or moves it to the references used last."""
        path = path.absolute()
        others = [other for other in self._stored(_FAVORITES) if other != path]
        self._store(_FAVORITES, [*others, path][-FAVORITE_LIMIT:] if favorite else others)
        if not favorite:
            self.add(path)

    def replace(self, path: Path, found: Path) -> None:
        """A file has moved: `found` takes the place of `path` in every list."""
        for key in (_KEY, _FAVORITES):
            moved = [found.absolute() if other == path.absolute() else other for other in self._stored(key)]
            self._store(key, list(dict.fromkeys(moved)))

    def add(self, path: Path) -> None:
        """Puts `path` first; bundled samples are always offered and are not stored."""
        path = path.absolute()
        if path.parent == _SAMPLES.absolute():
            return
        kept = [other for other in self._stored(_KEY) if other != path]
        self._store(_KEY, [path, *kept][:RECENT_LIMIT])

    def remove(self, path: Path) -> None:
        """Removes `path`, also from the favorites."""
        for key in (_KEY, _FAVORITES):
            self._store(key, [other for other in self._stored(key) if other != path.absolute()])

    def _stored(self, key: str) -> list[Path]:
        stored = self._settings.value(key, [])
        # Some settings formats return a list of one text as a text.
        texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and text]

    def _store(self, key: str, paths: list[Path]) -> None:
        self._settings.setValue(key, [str(path) for path in paths])


class Thumbnails(QObject):
    """Reads small versions of pictures on a background thread and keeps them."""

    ready = Signal(object, QImage)
    """Path and picture; the picture is null when the file cannot be read."""

    def __init__(self, side: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._known: dict[Path, QImage] = {}
        self._awaited: dict[Path, Future[QImage]] = {}
        # Polling is safer than a callback: this object may be deleted when a picture has been read.
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._collect)

    def request(self, path: Path) -> QImage | None:
        """The thumbnail when it is known; otherwise None, and `ready` follows."""
        if path not in self._known and path not in self._awaited:
            self._awaited[path] = _reader().submit(read_thumbnail, path, self._side)
            self._poll.start()
        return self._known.get(path)

    def _collect(self) -> None:
        for path in [path for path, future in self._awaited.items() if future.done()]:
            self._known[path] = self._awaited.pop(path).result()
            self.ready.emit(path, self._known[path])
        if not self._awaited:
            self._poll.stop()


@cache
def _reader() -> ThreadPoolExecutor:
    """The one thread that reads thumbnails."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="thumbnails")


def read_thumbnail(path: Path, side: int) -> QImage:
    """The picture at `path`, upright, `side` pixels on its shorter side; null when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        # JPEG decodes several times faster straight to a smaller size.
        square = QSize(side, side)
        reader.setScaledSize(size.scaled(square, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if not image.isNull():
        return image
    # Formats that Qt has no plugin for.
    from fxdiffuse_gui.photo.image import PhotoError
    from fxdiffuse_gui.photo.reader import read_photo

    try:
        full = to_qimage(to_samples(read_photo(path).pixels))
    except PhotoError:
        return QImage()
    return full.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
