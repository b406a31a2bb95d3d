"""All checks of the machine, in the order of the report."""

import platform
from collections.abc import Iterator, Mapping
from functools import partial

from fxdiffuse_gui import __version__
from fxdiffuse_gui.doctor import machine, parts
from fxdiffuse_gui.doctor.finding import Finding, guarded
from fxdiffuse_gui.doctor.window import window


def examine(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yields the findings one by one, whatever is broken; takes a few seconds in all.

    environment: that of the process before OpenCV was imported, which changes it.
    """
    yield Finding("fxdiffuse", __version__)
    yield Finding("Python", f"{platform.python_version()} on {platform.platform()}")
    for name in parts.LIBRARIES:
        yield guarded(name, partial(parts.library, name))
    yield guarded("device", parts.compute_device)
    yield guarded("model", parts.model)
    yield guarded("trial edit", parts.trial_edit)
    yield guarded("memory", machine.memory)
    yield guarded("threads", machine.threads)
    yield guarded("window", partial(window, environment))
    yield guarded("settings", machine.settings_folder)
