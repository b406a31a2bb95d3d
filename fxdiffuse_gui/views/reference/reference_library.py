"""The reference pictures on offer: favorites, the ones used last, and the bundled samples.

What was used and what is a favorite outlast the program.
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
_LOOK_MS = 30
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
    """A picture on offer. missing: its file is not there any more."""

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
        """The favorites, then what was used last, then samples; so many at least, if there are, and every
        favorite. Files that are gone are among them, until somebody removes them."""
        favorites, samples = self._stored(_FAVORITES), sample_references()
        rest = [path for path in (*self._stored(_KEY), *samples) if path not in favorites]
        shown = list(dict.fromkeys([*favorites, *rest[: max(least - len(favorites), 0)]]))
        return [Entry(path, path in favorites, path in samples, not path.is_file()) for path in shown]

    def set_favorite(self, path: Path, favorite: bool) -> None:
        """Keeps `path` behind the other favorites, or among the references used last."""
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
        """Puts `path` first; bundled samples are always on offer and need no remembering."""
        path = path.absolute()
        if path.parent == _SAMPLES.absolute():
            return
        kept = [other for other in self._stored(_KEY) if other != path]
        self._store(_KEY, [path, *kept][:RECENT_LIMIT])

    def remove(self, path: Path) -> None:
        """Forgets `path`, also as a favorite."""
        for key in (_KEY, _FAVORITES):
            self._store(key, [other for other in self._stored(key) if other != path.absolute()])

    def _stored(self, key: str) -> list[Path]:
        stored = self._settings.value(key, [])
        # A list of one comes back as a bare text from some settings formats.
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
        # Looking is safer than being told: this object may be gone when a picture has been read.
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._collect)

    def request(self, path: Path) -> QImage | None:
        """The thumbnail when it is known; otherwise None, and `ready` follows."""
        if path not in self._known and path not in self._awaited:
            self._awaited[path] = _reader().submit(read_thumbnail, path, self._side)
            self._look.start()
        return self._known.get(path)

    def _collect(self) -> None:
        for path in [path for path, future in self._awaited.items() if future.done()]:
            self._known[path] = self._awaited.pop(path).result()
            self.ready.emit(path, self._known[path])
        if not self._awaited:
            self._look.stop()


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
