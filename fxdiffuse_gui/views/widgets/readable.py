"""Numbers as text: times, sizes of files."""

from fxdiffuse_gui.core.i18n import tr

SHORTEST_WAIT_SECONDS = 3.0
"""A shorter wait is not worth a number."""


def time_left(seconds: float | None) -> str:
    """How long the rest will take; empty when that is not known or short."""
    if seconds is None or seconds <= SHORTEST_WAIT_SECONDS:
        return ""
    if seconds < 60:
        return tr("{seconds} s left", seconds=f"{seconds:.0f}")
    minutes, rest = divmod(seconds, 60)
    return tr("{minutes} min {seconds} s left", minutes=f"{minutes:.0f}", seconds=f"{rest:.0f}")


def file_size(size: int) -> str:
    """A number of bytes, in powers of 1000."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}" if size < 100 * factor else f"{size / factor:.0f} {unit}"
    return tr("{size} bytes", size=size)
