"""`LocalTextView`: Markdown and HTML with pictures from one folder. Nothing else is loaded."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from fxdiffuse_gui.views.style import theme

_MARGIN = 48
_LARGEST = 10_000_000


class LocalTextView(QTextBrowser):
    """Links do nothing by themselves, and pictures come only from `folder`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        """The folder of the pictures; None for no pictures."""
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.SPACE_3)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the folder, scaled down to `picture_room`; empty for anything else."""
        picture = (
            self._picture(QUrl(name)) if kind == QTextDocument.ResourceType.ImageResource.value else None
        )
        return QImage() if picture is None else picture

    @property
    def picture_room(self) -> int:
        """The width in pixels that a picture can have."""
        return max(self.viewport().width() - _MARGIN, 200)

    def _picture(self, url: QUrl) -> QImage | None:
        file = url.path()
        if self.folder is None or url.scheme() or url.host() or Path(file).name != file:
            return None
        path = self.folder / file
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        picture = QImage(str(path))
        if picture.width() <= self.picture_room:
            return picture
        return picture.scaledToWidth(self.picture_room, Qt.TransformationMode.SmoothTransformation)
