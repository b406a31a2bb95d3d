"""`ModelChoice`: which model is in use, which others are known, and which one a project was made with."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.files.loader_thread import LoaderThread
from fxdiffuse_gui.app.models.known_models import KnownModel, KnownModels
from fxdiffuse_gui.app.render.renderer import Renderer
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.engine.model_summary import ModelSummary


class ModelChoice(QObject):
    """Files are read in the loader's thread and taken on in the sampler's; here is what is known of them.

    A path of None is the bundled model.
    """

    changed = Signal()
    """Another model is in use, one is being loaded, or the list is another."""
    replaced = Signal()
    """Another model is in use than before: pictures by that one are not what would be made now."""
    read = Signal(object)
    """ModelSummary that `look_into` asked for."""
    refused = Signal(object, str)
    """Path that `look_into` asked for, and why the file cannot be used."""
    offered = Signal(object)
    """Path of the model that the project just opened was made with, another one than is in use."""
    message = Signal(str)
    """A sentence for the artist."""

    def __init__(self, renderer: Renderer, files: LoaderThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer, self._files = renderer, files
        self._known = KnownModels()
        self._wanted: str | None = None
        self.path: Path | None = None
        self.digest: str | None = None
        """SHA-256 of the model in use, None while there is none."""
        self.is_loading = False
        renderer.loaded.connect(self._on_loaded)
        files.models.read.connect(self._on_read)
        files.models.refused.connect(self.refused)
        files.models.found.connect(self._on_found)

    def start(self) -> None:
        """Has the model of the last time loaded; where that is gone or bad the bundled one steps in, and the
        choice is kept for when the file is back."""
        self.is_loading = True
        self._renderer.start(self._known.chosen)

    @property
    def known(self) -> tuple[KnownModel, ...]:
        """The models that were added, whether their files are there or not."""
        return self._known.all

    def use(self, path: Path | None) -> None:
        """Takes another model on and remembers it once it is loaded; else the one in use stays."""
        if not self.is_loading and self._renderer.use_model(path):
            self.is_loading = True
            self.changed.emit()

    def look_into(self, path: Path | None) -> None:
        """Has a file read; `read` or `refused` answers."""
        self._files.read_model.emit(bundled_model() if path is None else path)

    def add(self, summary: ModelSummary) -> None:
        """Remembers a model that has been read."""
        self._known.add(summary.path, summary.digest)
        self.changed.emit()

    def remove(self, path: Path) -> None:
        """Forgets a model; its file stays where it is."""
        self._known.remove(path)
        self.changed.emit()

    def expect(self, digest: str | None) -> None:
        """A project was opened that was made with the model `digest`; None says nothing of any."""
        self._wanted = digest
        self._look_for_wanted()

    def _look_for_wanted(self) -> None:
        if self.is_loading or self._wanted in (None, self.digest):
            return
        paths = [one.path for one in self.known if one.digest == self._wanted]
        self._files.find_model.emit(self._wanted, (bundled_model(), *paths))

    def _on_loaded(self, loaded: LoadedModel) -> None:
        self.is_loading = False
        is_another = loaded.digest != self.digest
        self.path, self.digest = loaded.path, loaded.digest
        if not loaded.problem and loaded.path != self._known.chosen:
            self._known.choose(loaded.path)
        self.changed.emit()
        if is_another:
            self.replaced.emit()
        self._look_for_wanted()

    def _on_read(self, summary: ModelSummary) -> None:
        if any(one.path == summary.path and one.digest != summary.digest for one in self.known):
            self.add(summary)
        self.read.emit(summary)

    def _on_found(self, digest: str, path: Path | None) -> None:
        if digest != self._wanted:
            return
        self._wanted = None
        if digest == self.digest:  # taken on while it was looked for
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
