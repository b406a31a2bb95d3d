"""The few figures of an evaluation that a model file carries, for the app to show."""

from pathlib import Path
from typing import Any

from fxdiffuse_gui.engine.conditions.tasks import Task
from trainer.errors import TrainerError
from trainer.evaluation.compare import load_report


def quality(report: Path, digest: str) -> dict[str, Any]:
    """crops, size: how many squares of how many px were measured. psnr: dB to the exact effect by task, or
    for fills to what was there. grain: its deviation over the exact effect's.

    report: a report.json with single effects. digest: SHA-256 of the model that is to carry the figures.
    Raises TrainerError when the report is of another model, or lacks them.
    """
    document = load_report(report)
    if document.get("model") != digest:
        raise TrainerError(f"{report} was measured with another model; evaluate this one first.")
    try:
        single = document["summary"]["single"]
        exact = (Task.INPAINT, Task.COLOR, Task.BLUR, Task.SHARPEN)
        return {
            "crops": int(document["crops"]),
            "size": int(document["size"]),
            "psnr": {task.value: float(single[task.value]["model"]["psnr"][0]) for task in exact},
            "grain": float(single[Task.GRAIN.value]["grain"]["std_over_operator"][0]),
        }
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise TrainerError(f"{report} holds no figures of single effects; evaluate them first.") from error
