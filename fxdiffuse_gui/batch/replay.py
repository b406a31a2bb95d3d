"""Makes an edit again from the receipt in the file that it gave."""

from collections.abc import Callable
from pathlib import Path

from fxdiffuse_gui.batch.job import Job, check_spared
from fxdiffuse_gui.batch.receipt_inputs import ReceiptInputs, ReplayError
from fxdiffuse_gui.batch.runner import Runner
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.receipt import Receipt
from fxdiffuse_gui.photo.writer import ExportOptions


def replay(found: ReceiptInputs, target: Path, device: str, on_progress: Callable[[float], None]) -> None:
    """Writes the edit to `target`, in the recorded color space, with quality and depth where they
    apply to its format.

    Raises ReplayError when a part is missing or the model is another one, JobError when the target is one
    of the inputs or the file that tells of the edit, and what `Runner.run` raises.
    """
    if found.missing:
        raise ReplayError(next(iter(found.missing.values())))
    inputs = {"photo": found.source, "mask": found.mask_file, "reference": found.reference_file}
    check_spared(target, export=found.made, **inputs)
    runner = Runner(found.inputs.model, device, _options(found.receipt))
    job = Job(
        found.source,
        target,
        mask=found.mask_file or _path(found.receipt.mask_name),
        reference=found.reference_file or _path(found.receipt.reference_name),
        steps=found.receipt.steps,
    )
    made_with = runner.made_with(job, found.condition)
    if made_with is not None and made_with.model != found.receipt.model:
        model = "the bundled one" if found.inputs.model is None else display_name(found.inputs.model)
        digest = (found.receipt.model or "unknown")[:12]
        raise ReplayError(
            f"{display_name(found.made)} was made with another model than {model} (SHA-256 {digest}…);"
            " give the right one with --model."
        )
    project = found.project or _path(found.receipt.project_name)
    runner.export(job, found.photo, found.condition, on_progress, project=project)


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _options(receipt: Receipt) -> ExportOptions:
    output, space = receipt.output, ColorSpace(receipt.color_space or ColorSpace.KEEP)
    if output is None:
        return ExportOptions(color_space=space)
    if output.quality is not None:
        return ExportOptions(quality=output.quality, color_space=space)
    return ExportOptions(bit_depth=output.bit_depth, color_space=space)
