"""`RenderTarget`: what the screen is to show: the photo, the settings, and the point that is looked at."""

import itertools
from collections.abc import Hashable

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.document.edit_state import EditState


class RenderTarget:
    """Numbers the settings, so that a picture of older ones is known for that, and makes requests of them."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._picture_key: Hashable = None
        self.source: Source | None = None
        self.state = EditState()
        self.revision = 0
        """The number of the settings: a higher one whenever they give another picture."""
        self.focus: tuple[float, float] | None = None
        """In the photo's px; None for the middle of what is asked for."""

    def set_source(self, source: Source | None) -> None:
        """Another photo: whatever the next settings are, they give another picture."""
        self.source = source
        self.focus = None
        self.renew()

    def set_state(self, state: EditState) -> bool:
        """Takes the settings over; whether they give another picture than the last ones."""
        before, self._picture_key = self._picture_key, state.picture_key
        self.state = state
        if self._picture_key == before:
            return False
        self.revision += 1
        return True

    def renew(self) -> None:
        """Whatever the next settings are, they give another picture."""
        self._picture_key = None

    def request(self, wanted: Pass) -> EditRequest:
        """Asks for the picture `wanted`. There must be a photo."""
        assert self.source is not None
        return EditRequest(
            id=next(self._ids),
            revision=self.revision,
            source=self.source,
            condition=self.state.condition(with_mask=False),
            mask=self.state.used_mask,
            wanted=wanted,
            focus=self.focus or wanted.region.center,
        )
