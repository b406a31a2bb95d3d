"""`ModelReader`: looks into model files, in the loader's thread."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.i18n import tr_noop
from fxdiffuse_gui.engine.model_summary import summarize


class ModelReader(QObject):
    """Answers every call with exactly one signal."""

    read = Signal(object)
    """ModelSummary."""
    refused = Signal(object, str)
    """Path of a file that cannot be used, and why."""
    found = Signal(str, object)
    """SHA-256 that was looked for, and the Path of a file that has it, or None."""

    @Slot(object)
    def read_model(self, path: Path) -> None:
        """Reads all of the model at `path`."""
        try:
            summary = summarize(path)
        except Exception as error:
            self.refused.emit(
                path, error_sentence(error, tr_noop("{name} cannot be read"), name=display_name(path))
            )
        else:
            self.read.emit(summary)

    @Slot(str, object)
    def find_model(self, digest: str, paths: tuple[Path, ...]) -> None:
        """Looks which of the files at `paths` has the SHA-256 `digest` now."""
        found: Path | None = None
        for path in paths:
            with suppress(OSError):
                if file_sha256(path)[0] == digest:
                    found = path
                    break
        self.found.emit(digest, found)
