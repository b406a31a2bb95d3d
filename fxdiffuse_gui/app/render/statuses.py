"""What the state chip shows: every `Status` that there is, and which of them now."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render.pass_plan import PassPlan
from fxdiffuse_gui.core.i18n import tr

StatusKind = Literal["idle", "loading", "preview", "final", "stale", "export", "error"]


@dataclass(frozen=True)
class Status:
    """What the state chip shows.

    `step` of `of` evaluations are done; `progress` is 0..1 over everything that is being computed now;
    `eta_seconds` is None while it is not known. `text` is a short phrase for the artist.
    """

    kind: StatusKind
    text: str
    step: int = 0
    of: int = 0
    progress: float = 0.0
    eta_seconds: float | None = None


class StatusDisplay(QObject):
    """The status of preview and exports; that of a file being opened hides it."""

    changed = Signal(object)
    """Status that is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = no_photo()
        self.current = no_photo()
        """What is shown unless a file is being opened."""
        self._is_opening = False

    def set(self, status: Status) -> None:
        """Shows `status`, at the latest once the file is open."""
        if status != self.current:
            self.current = status
            self._show(status)

    def follow(
        self,
        plan: PassPlan,
        *,
        has_photo: bool,
        has_effects: bool,
        is_stopped: bool,
        is_loading: bool,
        keeps_preview: bool,
        shows_proxy: bool,
    ) -> None:
        """Shows what follows from what `plan` has done, and from the rest.

        is_stopped: nothing for the screen is being computed. keeps_preview: a status that counts parts
        stays. shows_proxy: a proxy preview is on screen.
        """
        if not has_photo:
            self.set(no_photo())
        elif not has_effects:
            self.set(original())
        elif plan.is_visible_done:
            self.set(done(plan.shown_zoom(plan.zoom)))
        elif is_stopped:
            self.set(stopped(shows_proxy=shows_proxy))
        elif is_loading:
            self.set(loading_model())
        elif self.current.kind != "preview" or not keeps_preview:
            self.set(updating(shows_proxy=shows_proxy))

    def begin_opening(self, name: str) -> None:
        """Shows that the file `name` is being read, until `end_opening`."""
        self._show(opening(name))
        self._is_opening = True

    def end_opening(self) -> None:
        """Shows the current status again."""
        self._is_opening = False
        self._show(self.current)

    def _show(self, status: Status) -> None:
        if not self._is_opening:
            self.shown = status
            self.changed.emit(status)


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
    """The picture for these settings has not come yet; with `shows_proxy` a proxy preview is on screen."""
    return proxy_preview() if shows_proxy else Status("preview", tr("Updating"))


def proxy_preview() -> Status:
    """A picture without the model is on screen."""
    return Status("preview", tr("Stand-in"))


def previewed(
    number: int, of: int, progress: float, zoom: float, *, shows_proxy: bool, eta: float | None
) -> Status:
    """Part `number` of `of` has come. With `shows_proxy` the rest of the screen is a proxy preview; eta:
    seconds to the last part."""
    text = tr("Stand-in in part") if shows_proxy else _scaled(zoom)
    return Status("preview", text, number, of, progress, eta)


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
