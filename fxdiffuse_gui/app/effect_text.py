"""The words for the effects. The task table has them in English, for this and for the command line."""

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task


def effect_name(task: Task) -> str:
    """The effect as a title: "Film grain"."""
    return tr(SPECS[task].label)


def effect_within(task: Task) -> str:
    """The effect inside a sentence: "film grain"."""
    return tr(SPECS[task].label.lower())


def effect_value(task: Task, value: float) -> str:
    """The effect with an intensity, in its unit and with its usual decimals: "Film grain 0.050 px"."""
    return f"{effect_name(task)} {SPECS[task].value_text(value)}"


def effect_help(task: Task) -> str:
    """One sentence that says what the effect does, or what its number means."""
    return tr(SPECS[task].help)
