"""What the state chip says, and of which kind that is: every `Status` there is."""

from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.app.state import Status
from fxdiffuse_gui.app.words import tr


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


def updating(*, stands_in: bool) -> Status:
    """The picture for these settings has not come yet; with `stands_in` a stand-in is on screen."""
    return stand_in() if stands_in else Status("preview", tr("Updating"))


def stand_in() -> Status:
    """A picture without the model is on screen."""
    return Status("preview", tr("Stand-in"))


def previewed(result: Result, zoom: float, *, stands_in: bool, eta: float | None) -> Status:
    """A part has come. With `stands_in` what it leaves on screen is a stand-in; eta: seconds to the last."""
    text = tr("Stand-in in part") if stands_in else _scaled(zoom)
    return Status("preview", text, result.number, result.of, result.progress, eta)


def done(zoom: float) -> Status:
    """All that is on screen has been computed; at `zoom` 1 it is what is exported."""
    return Status("final", tr("Exact") if zoom == 1.0 else _scaled(zoom), progress=1.0)


def stopped(*, stands_in: bool) -> Status:
    """The artist has stopped it."""
    return Status("stale", tr("Stopped: stand-in") if stands_in else tr("Stopped"))


def failed(*, stands_in: bool) -> Status:
    """It went wrong."""
    return Status("error", tr("Not computed: stand-in") if stands_in else tr("Not computed"))


def exporting(name: str, progress: float = 0.0, eta: float | None = None) -> Status:
    """A file is being made; once all is computed it is written."""
    text = tr("Exporting {name}") if progress < 1 else tr("Writing {name}")
    return Status("export", text.format(name=name), progress=progress, eta_seconds=eta)


def _scaled(zoom: float) -> str:
    if zoom == 1.0:
        return tr("Preview at full size")
    return tr("Preview at {percent} %").format(percent=f"{zoom * 100:.0f}")
