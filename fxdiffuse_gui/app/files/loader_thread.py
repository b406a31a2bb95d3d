"""`LoaderThread`: the thread in which files are read and written, and the requests that it takes."""

from PySide6.QtCore import QObject, QThread, Signal

from fxdiffuse_gui.app.files.loader import Loader
from fxdiffuse_gui.app.models.model_reader import ModelReader


class LoaderThread(QObject):
    """Every signal here asks for something; `loader`, or `models` where those are asked for, answers with its
    own. Requests are done in turn."""

    open_file = Signal(int, object)
    """Ticket, and the Path of a photo or project."""
    open_edit = Signal(int, object)
    """Ticket, and the Path of an exported picture."""
    open_image = Signal(int, object)
    """Ticket and QImage."""
    open_journal = Signal(int, object)
    """Ticket, and the Path of the journal's project."""
    save_project = Signal(object, object, bool)
    """Path, Project, and whether the photo goes in."""
    read_reference = Signal(object)
    """Path."""
    read_mask = Signal(object, object)
    """Path, and the Photo that the mask is for."""
    write_mask = Signal(object, object)
    """Path and MaskImage."""
    read_model = Signal(object)
    """Path."""
    find_model = Signal(str, object)
    """SHA-256, and the paths of the models that may have it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("loader")
        self.loader = Loader()
        self.loader.moveToThread(self._thread)
        self.open_file.connect(self.loader.open_file)
        self.open_edit.connect(self.loader.open_edit)
        self.open_image.connect(self.loader.open_image)
        self.open_journal.connect(self.loader.open_journal)
        self.save_project.connect(self.loader.save_project)
        self.read_reference.connect(self.loader.read_reference)
        self.read_mask.connect(self.loader.read_mask)
        self.write_mask.connect(self.loader.write_mask)
        self.models = ModelReader()
        self.models.moveToThread(self._thread)
        self.read_model.connect(self.models.read_model)
        self.find_model.connect(self.models.find_model)

    def start(self) -> None:
        """Starts the thread; what was asked for before is done then."""
        self._thread.start()

    def close(self) -> None:
        """Stops the thread and waits for what it is doing."""
        self._thread.quit()
        self._thread.wait()
