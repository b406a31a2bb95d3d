"""`fxdiffuse-train search`: short comparable runs that each differ from the default recipe in one setting.

Every variant is trained on the same crops in the same order from the same seed, and measured on photos that
were not used in training. Such a short run shows what helps early, not what is best after hours.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.effects import free_form_mask
from fxdiffuse_gui.engine.pipeline import edit
from trainer.data.fingerprints import SeenPhotos
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.evaluation.cases import reference_for
from trainer.evaluation.evaluate import default_steps
from trainer.evaluation.metrics import psnr
from trainer.evaluation.operators import as_tensor, operator_output
from trainer.evaluation.photos import load_evaluation_photos
from trainer.files import write_file
from trainer.progress import Advance
from trainer.recipes import Phase, TrainConfig, default
from trainer.training.loop import train
from trainer.training.options import LoopOptions

_PHASES = (Phase(1.0, 96, 16),)


def _with_model(change: Callable[[ModelConfig], ModelConfig]) -> Callable[[TrainConfig], TrainConfig]:
    return lambda config: replace(config, model=change(config.model))


def _with_network(**changes: Any) -> Callable[[TrainConfig], TrainConfig]:
    return _with_model(lambda model: replace(model, network=replace(model.network, **changes)))


VARIANTS: dict[str, Callable[[TrainConfig], TrainConfig]] = {
    "default, bridged holes": lambda config: config,
    "fill head": _with_model(lambda model: replace(model, fill=True)),
    "no operator heads": _with_model(lambda model: replace(model, heads=False)),
    "epsilon, no heads": _with_model(
        lambda model: replace(model, heads=False, preconditioning=Preconditioning.EPSILON)
    ),
    "no noise filters": _with_network(filters=0),
    "branch of 8": _with_network(branch=8),
    "unshuffle 2": _with_network(unshuffle=2, widths=(32, 48, 96, 128, 160), attention=(3, 4)),
    "widths × ¾": _with_network(widths=(36, 72, 96, 120)),
    "attention at every level": _with_network(attention=(0, 1, 2, 3)),
    "labels by modulation alone": _with_network(cross_attention=False),
    "no activation labels": _with_model(
        lambda model: replace(model, labels=replace(model.labels, activation_labels=False))
    ),
    "single effects alone": lambda config: replace(config, single=1.0),
    "learning rate × ½": lambda config: replace(config, learning_rate=config.learning_rate / 2),
}
"""What is tried, by name: each function changes the default recipe."""


def search(
    pack: Pack, photos: list[Path], folder: Path, steps: int, names: list[str], report: Advance
) -> Path:
    """Trains and measures the named variants; those measured before are not run again.

    photos: folders of photos that are not in the pack. folder: for the runs and the table. Returns the path
    of a Markdown table: gains over the identity in dB on held-out crops, and the grain's standard deviation
    over the operator's. Raises TrainerError for an unknown name, when no photo has 256 px on both sides,
    or when the pack holds some of the photos.
    """
    if steps < 1:
        raise TrainerError("--steps must be at least 1.")
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise TrainerError(
            "There is no variant {name!r}; known are: {names}.", name=unknown[0], names=", ".join(VARIANTS)
        )
    held_out = load_evaluation_photos(photos, 8, 256)
    SeenPhotos.of_pack(pack.photos).check_held_out(held_out.sources)
    crops = held_out.crops
    rows: dict[str, dict[str, float]] = {}
    for name in names:
        run_folder = folder / name.replace(" ", "-").replace(",", "")
        figures = run_folder / "figures.json"
        known = _read_figures(figures)
        if known is None:
            config = VARIANTS[name](_base(steps))
            options = LoopOptions(run_folder, sample_seconds=float("inf"))
            path = train(config, pack, options, lambda p, name=name: report(p.step, p.of, name))
            known = _measure(load_model(path, "cpu"), crops)
            write_file(figures, json.dumps(known))
        rows[name] = known
    table = folder / "search.md"
    write_file(table, _table(rows, steps))
    return table


def _read_figures(path: Path) -> dict[str, float] | None:
    """What was measured before; None when nothing was, or by a version that gave `epsilon` too few steps."""
    figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures if "evaluations" in figures else None


def _base(steps: int) -> TrainConfig:
    """The default recipe, shorter, and without the fill head, which would take half of the time."""
    config = default()
    return replace(config, phases=_PHASES, steps=steps, model=replace(config.model, fill=False))


def _measure(model: Model, crops: list[FloatImage]) -> dict[str, float]:
    """Mean gain over the identity in dB by kind of edit, and the grain's standard deviation over the
    operator's."""
    generator = torch.Generator().manual_seed(0)
    steps = default_steps(model)
    gains: dict[str, list[float]] = {}
    for index, photo in enumerate(crops):
        mask = free_form_mask(*photo.shape[:2], generator=generator)[0].numpy()
        reference = reference_for(index, crops)
        grain = EditCondition(grain=0.05, seed=index)
        conditions = {
            "blur": EditCondition(blur=12.0, blur_angle=30.0),
            "sharpen": EditCondition(sharpen=2.0),
            "color": EditCondition(color=1.0, reference=reference),
            "inpaint": EditCondition(mask=mask, seed=index),
            "all five": EditCondition(
                blur=8.0, blur_angle=30.0, sharpen=1.5, grain=0.05, color=1.0, reference=reference, mask=mask
            ),
        }
        source = as_tensor(photo)
        for group, condition in conditions.items():
            _, expected = operator_output(photo, condition)
            identity = source
            if condition.mask is not None:
                identity = torch.where(torch.from_numpy(condition.mask) > 0, 0.5, source)
            result = as_tensor(edit(photo, condition, model, steps=steps))
            gains.setdefault(group, []).append(psnr(result, expected) - psnr(identity, expected))
        target, _ = operator_output(photo, grain)
        result = as_tensor(edit(photo, grain, model, steps=steps))
        ratio = float((result - source).std() / (target - source).std())
        gains.setdefault("grain std", []).append(ratio)
    parameters = sum(p.numel() for p in model.denoiser.parameters()) / 1e6
    sizes = {"M parameters": parameters, "evaluations": float(steps)}
    return sizes | {name: float(np.mean(values)) for name, values in gains.items()}


def _table(rows: dict[str, dict[str, float]], steps: int) -> str:
    names = list(next(iter(rows.values())))
    lines = [
        f"{steps} steps of {_PHASES[0].batch} crops of {_PHASES[0].crop}², 8 held-out crops of 256². Gains"
        " over the identity in dB; grain std over the operator's.",
        "",
        "| variant | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
    ]
    lines += [
        f"| {variant} | " + " | ".join(f"{row[name]:{_format(name)}}" for name in names) + " |"
        for variant, row in rows.items()
    ]
    return "\n".join(lines) + "\n"


def _format(name: str) -> str:
    return ".0f" if name == "evaluations" else ".2f"
