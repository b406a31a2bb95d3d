"""`ModelChoice`: which model is in use, which others are known, and which one a project was made with."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.models.known_models import KnownModel, KnownModels
from fxdiffuse_gui.app.render.renderer import Renderer
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.engine.bundled import bundled_model
from fxdiffuse_gui.engine.model_summary import ModelSummary, summarize


class ModelChoice(QObject):
    """Model files are read in `thread` and loaded in the sampler's; here is what is known of them.

    A path of None is the bundled model.
    """

    changed = Signal()
    """Another model is in use, one is being loaded, or the list has changed."""
    replaced = Signal()
    """Another model is in use than before: pictures made by the old one are outdated."""
    read = Signal(object)
    """ModelSummary, for `look_into`."""
    refused = Signal(object, str)
    """Path given to `look_into`, and why the file cannot be used."""
    offered = Signal(object)
    """Path of the model that the project just opened was made with, if it is not the one in use."""
    message = Signal(str)
    """A sentence for the artist."""

    def __init__(self, renderer: Renderer, thread: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer, self._thread = renderer, thread
        self._known = KnownModels()
        self._expected: str | None = None
        self.path: Path | None = None
        self.digest: str | None = None
        """SHA-256 of the model in use, None while there is none."""
        self.is_loading = False
        renderer.loaded.connect(self._on_loaded)

    def start(self) -> None:
        """Loads the model that was chosen last. If its file is missing or bad the bundled one is used, and
        the choice is kept for when the file is back."""
        self.is_loading = True
        self._renderer.start(self._known.chosen)

    @property
    def known(self) -> tuple[KnownModel, ...]:
        """The models that were added, whether their files are there or not."""
        return self._known.all

    def use(self, path: Path | None) -> None:
        """Loads another model and remembers it; if it cannot be loaded, the one in use stays."""
        if not self.is_loading and self._renderer.use_model(path):
            self.is_loading = True
            self.changed.emit()

    def look_into(self, path: Path | None) -> None:
        """Reads a file; `read` or `refused` answers."""
        file = bundled_model() if path is None else path

        def failed(error: Exception) -> None:
            text = error_sentence(error, tr_noop("{name} cannot be read"), name=display_name(file))
            self.refused.emit(file, text)

        self._thread.submit(lambda _: summarize(file), self._on_read, failed)

    def add(self, summary: ModelSummary) -> None:
        """Adds a model that has been read to the list."""
        self._known.add(summary.path, summary.digest)
        self.changed.emit()

    def remove(self, path: Path) -> None:
        """Removes a model from the list; its file stays."""
        self._known.remove(path)
        self.changed.emit()

    def expect(self, digest: str | None) -> None:
        """A project was opened that was made with the model `digest`; None if it does not say."""
        self._expected = digest
        self._look_for_expected()

    def _look_for_expected(self) -> None:
        expected = self._expected
        if self.is_loading or expected is None or expected == self.digest:
            return
        paths = (bundled_model(), *(one.path for one in self.known if one.digest == expected))
        self._thread.submit(lambda _: _find_model(expected, paths), partial(self._on_found, expected))

    def _on_loaded(self, loaded: LoadedModel) -> None:
        self.is_loading = False
        is_another = loaded.digest != self.digest
        self.path, self.digest = loaded.path, loaded.digest
        if not loaded.problem and loaded.path != self._known.chosen:
            self._known.choose(loaded.path)
        self.changed.emit()
        if is_another:
            self.replaced.emit()
        self._look_for_expected()

    def _on_read(self, summary: ModelSummary) -> None:
        if any(one.path == summary.path and one.digest != summary.digest for one in self.known):
            self.add(summary)
        self.read.emit(summary)

    def _on_found(self, digest: str, path: Path | None) -> None:
        if digest != self._expected:
            return
        self._expected = None
        if digest == self.digest:  # loaded while it was looked for
            return
        if path is not None:
            self.offered.emit(None if path == bundled_model() else path)
        else:
            self.message.emit(
                tr(
                    "This project was made with another model ({digest}…) that is not here;"
                    " the picture may look different."
                ).format(digest=digest[:12])
            )


def _find_model(digest: str, paths: Iterable[Path]) -> Path | None:
    """The first of the files at `paths` that has the SHA-256 `digest` now."""
    for path in paths:
        with suppress(OSError):
            if file_sha256(path)[0] == digest:
                return path
    return None
