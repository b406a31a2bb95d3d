"""What can be opened from a drop or the clipboard."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


@dataclass(frozen=True)
class MimeInput:
    """Files of this computer, and a picture without a file."""

    files: list[Path]
    image: QImage | None

    @classmethod
    def of(cls, data: QMimeData | None) -> "MimeInput":
        """What `data` contains; None for an empty clipboard."""
        if data is None:
            return cls([], None)
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        image = data.imageData() if data.hasImage() else None
        return cls(files, image if isinstance(image, QImage) and not image.isNull() else None)
