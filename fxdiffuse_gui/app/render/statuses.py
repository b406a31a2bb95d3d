"""What the state chip says, and of which kind that is: every `Status` there is."""

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import Status


def no_photo() -> Status:
    """Nothing is open."""
    return Status("idle", tr("No photo"))


def original() -> Status:
    """No effect is active."""
    return Status("idle", tr("Original"))


def opening(name: str) -> Status:
    """A file is being read."""
    return Status("loading", tr("Opening {name}").format(name=name))


def loading_model() -> Status:
    """Nothing can be computed yet."""
    return Status("loading", tr("Loading the model"))


def updating(*, shows_proxy: bool) -> Status:
    """The picture for these settings has not come yet; with `shows_proxy` a stand-in is on screen."""
    return proxy_preview() if shows_proxy else Status("preview", tr("Updating"))


def proxy_preview() -> Status:
    """A picture without the model is on screen."""
    return Status("preview", tr("Stand-in"))


def previewed(result: Result, zoom: float, *, shows_proxy: bool, eta: float | None) -> Status:
    """A part has come. With `shows_proxy` the rest of the screen is a proxy; eta: seconds to the last."""
    text = tr("Stand-in in part") if shows_proxy else _scaled(zoom)
    return Status("preview", text, result.number, result.of, result.progress, eta)


def done(zoom: float) -> Status:
    """All that is on screen has been computed; at `zoom` 1 it is what is exported."""
    return Status("final", tr("Exact") if zoom == 1.0 else _scaled(zoom), progress=1.0)


def stopped(*, shows_proxy: bool) -> Status:
    """The artist has stopped it."""
    return Status("stale", tr("Stopped: stand-in") if shows_proxy else tr("Stopped"))


def failed(*, shows_proxy: bool) -> Status:
    """It went wrong."""
    return Status("error", tr("Not computed: stand-in") if shows_proxy else tr("Not computed"))


def exporting(name: str, progress: float = 0.0, eta: float | None = None) -> Status:
    """A file is being made; once all is computed it is written."""
    text = tr("Exporting {name}") if progress < 1 else tr("Writing {name}")
    return Status("export", text.format(name=name), progress=progress, eta_seconds=eta)


def _scaled(zoom: float) -> str:
    if zoom == 1.0:
        return tr("Preview at full size")
    return tr("Preview at {percent} %").format(percent=f"{zoom * 100:.0f}")
