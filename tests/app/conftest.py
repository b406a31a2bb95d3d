"""What the tests of the settings share."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.photo.image import Photo


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """With a photo of 60 × 40 pixels; its threads are not started."""
    session = Session()
    original = np.zeros((40, 60, 3), np.uint8)
    session.history.photo = Photo(original, None, 8)
    yield session
    session.close()
