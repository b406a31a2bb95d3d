"""The metadata of a model file as rows to show. Anyone may have written it, so nothing is trusted."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from fxdiffuse_gui.app.effect_text import effect_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.checkpoint import ModelCard

_LONGEST = 200
_MOST_LICENSES = 12


def training_facts(card: "ModelCard") -> list[tuple[str, str]]:
    """(caption, text) of what the card of a model says about its training; missing facts are left out."""
    data = _mapping(card.data)
    facts = [
        (tr("Recipe"), _text(card.name)),
        (tr("Steps"), _count(card.steps)),
        (tr("Started from"), _text(data.get("started_from"))),
        (tr("Photos"), _count(data.get("photos"))),
        (tr("Tiles cut from them"), _count(data.get("tiles"))),
        (tr("Pairs with real motion blur"), _count(data.get("real_pairs"))),
        (tr("Licenses of the photos"), _licenses(_mapping(data.get("licenses")))),
        (tr("Pack, SHA-256"), _text(data.get("pack"))),
        (tr("Trained by the program's commit"), _text(card.commit)),
    ]
    return [(caption, text) for caption, text in facts if text]


def quality_facts(card: "ModelCard") -> list[tuple[str, str]]:
    """(caption, text) of the quality of the model, as far as its evaluation was exported with it."""
    quality = _mapping(_mapping(card.data).get("quality"))
    psnr = _mapping(quality.get("psnr"))
    facts = [(tr("Crops it was measured on"), _count(quality.get("crops")))]
    for task in (Task.INPAINT, Task.COLOR, Task.BLUR, Task.SHARPEN):
        caption = tr("{effect}, PSNR").format(effect=effect_name(task))
        facts.append((caption, _decimal(psnr.get(task.value), "{:.1f} dB")))
    caption = tr("{effect}, strength over what was asked").format(effect=effect_name(Task.GRAIN))
    facts.append((caption, _decimal(quality.get("grain"), "{:.3f} ×")))
    return [(caption, text) for caption, text in facts if text]


def _licenses(licenses: Mapping[Any, Any]) -> str:
    """One per line, those of most photos first."""
    counted = [(count, _text(name)) for name, count in licenses.items() if _count(count)]
    counted.sort(key=lambda one: -one[0])
    lines = [f"{_count(count)} × {name}" for count, name in counted[:_MOST_LICENSES]]
    if len(counted) > _MOST_LICENSES:
        lines.append(tr("and {count} more").format(count=len(counted) - _MOST_LICENSES))
    return "\n".join(lines)


def _text(value: object) -> str:
    """A short printable line; empty for anything that is not a text."""
    if not isinstance(value, str):
        return ""
    shown = "".join(char if char.isprintable() else "�" for char in value[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def _count(value: object) -> str:
    """A positive integer with a thousands separator; empty for anything else."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**15
    return f"{value:,}" if is_count else ""


def _decimal(value: object, form: str) -> str:
    """A number in a plausible range; empty for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1000:
        return form.format(value)
    return ""


def _mapping(value: object) -> Mapping[Any, Any]:
    return cast("Mapping[Any, Any]", value) if isinstance(value, Mapping) else {}
