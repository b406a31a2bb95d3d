"""All looks at the machine, in the order in which they are told."""

import platform
from collections.abc import Iterator, Mapping
from functools import partial

from fxdiffuse_gui import __version__
from fxdiffuse_gui.doctor import machine, parts
from fxdiffuse_gui.doctor.finding import Finding, guarded
from fxdiffuse_gui.doctor.window import window


def examine(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yields one finding after the other, whatever is broken; takes some seconds in all.

    environment: the process's, as it was before OpenCV was imported, which changes it.
    """
    yield Finding("fxdiffuse", __version__)
    yield Finding("Python", f"{platform.python_version()} on {platform.platform()}")
    for name in parts.LIBRARIES:
        yield guarded(name, partial(parts.library, name))
    yield guarded("device", parts.device)
    yield guarded("model", parts.model)
    yield guarded("trial edit", parts.trial_edit)
    yield guarded("memory", machine.memory)
    yield guarded("threads", machine.threads)
    yield guarded("window", partial(window, environment))
    yield guarded("settings", machine.settings_folder)
