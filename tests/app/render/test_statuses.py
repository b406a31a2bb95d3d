"""What the chip says of the state of the picture."""

import pytest

from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.statuses import Status


@pytest.mark.parametrize(
    ("status", "kind", "text"),
    [
        (statuses.no_photo(), "idle", "No photo"),
        (statuses.original(), "idle", "Original"),
        (statuses.opening("a.jpg"), "loading", "Opening a.jpg"),
        (statuses.updating(shows_proxy=False), "preview", "Updating"),
        (statuses.updating(shows_proxy=True), "preview", "Stand-in"),
        (statuses.done(1.0), "final", "Exact"),
        (statuses.done(0.5), "final", "Preview at 50 %"),
        (statuses.stopped(shows_proxy=True), "stale", "Stopped: stand-in"),
        (statuses.failed(shows_proxy=False), "error", "Not computed"),
        (statuses.exporting("a.png", 0.5), "export", "Exporting a.png"),
        (statuses.exporting("a.png", 1.0), "export", "Writing a.png"),
    ],
)
def test_statuses(status: Status, kind: str, text: str) -> None:
    assert (status.kind, status.text) == (kind, text)
