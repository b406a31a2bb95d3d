"""Makes an edit that a file describes: a project, or an export with its receipt. Without a window."""

import time
from collections.abc import Callable
from pathlib import Path

from fxdiffuse_gui.batch.export_edit import USUAL_SAMPLER, Export
from fxdiffuse_gui.batch.job import check_not_an_input, check_steps
from fxdiffuse_gui.batch.receipt_inputs import ReceiptInputs, ReplayError
from fxdiffuse_gui.batch.runner import Result, Runner
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.project_file import read_project
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.receipt import Receipt
from fxdiffuse_gui.photo.writer import ExportOptions, check_target


def export_project(
    path: Path,
    output: Path,
    steps: int | None,
    sampler: SamplerName | None,
    runner: Runner,
    on_progress: Callable[[float], None],
) -> tuple[Result, tuple[Message, ...]]:
    """Writes to `output` what the app would export from the project at `path`; snapshots do not matter.

    The photo is found as the app finds it: where it was, next to the project, or inside it. Returns what was
    done, and notices for the artist. Raises ProjectError, PhotoError, and what `Runner.run` raises.
    """
    start = time.monotonic()
    check_target(output)
    check_steps(steps)
    loaded = read_project(path)
    photo, state = loaded.project.photo, loaded.project.state
    reference = None if state.reference is None else state.reference.path
    check_not_an_input(output, photo=photo.path, reference=reference, project=path)
    condition = state.condition()
    export = Export(output, photo, condition, runner.options, reference=reference, project=path)
    runner.export(export, steps, sampler, on_progress)
    sampling = runner.sampling(condition, steps, sampler)
    seconds = time.monotonic() - start
    notices, expected = loaded.notices, loaded.project.model
    if sampling is not None and expected not in (None, sampling.model):
        text = (
            "{name} was made with another model ({model}…), and the picture may look"
            " different; give that one with --model."
        )
        notices += (Message(text, {"name": display_name(path), "model": expected[:12]}),)
    model = None if sampling is None else sampling.model
    return Result(photo.path or path, output, seconds, condition, steps, sampler, model), notices


def replay(found: ReceiptInputs, target: Path, device: str, on_progress: Callable[[float], None]) -> None:
    """Writes the edit of a receipt to `target`, in the recorded color space, with the recorded quality or
    depth where `target` has that format.

    Raises ReplayError when a part is missing or the model is another one, JobError when the target is one of
    the inputs or the export itself, and what `Runner.run` raises.
    """
    for error in found.missing.values():
        raise error
    check_not_an_input(
        target, export=found.made, photo=found.source, mask=found.mask_file, reference=found.reference_file
    )
    receipt = found.receipt
    check_steps(receipt.steps)
    runner = Runner(found.inputs.model, device, _options(receipt))
    sampler = _sampler(found.made, receipt)
    sampling = runner.sampling(found.condition, receipt.steps, sampler)
    if sampling is not None and sampling.model != receipt.model:
        model = found.inputs.model
        raise ReplayError(
            "{name} was made with another model than {model} (SHA-256 {digest}…);"
            " give the right one with --model.",
            name=display_name(found.made),
            model=Message("the bundled one") if model is None else display_name(model),
            digest=(receipt.model or "unknown")[:12],
        )
    export = Export(
        target,
        found.photo,
        found.condition,
        runner.options,
        found.mask_file or _path(receipt.mask_name),
        found.reference_file or _path(receipt.reference_name),
        found.project or _path(receipt.project_name),
    )
    runner.export(export, receipt.steps, sampler, on_progress)


def _sampler(made: Path, receipt: Receipt) -> SamplerName:
    try:
        return SamplerName(receipt.sampler or USUAL_SAMPLER)
    except ValueError:
        raise ReplayError(
            "{name} was made with a sampler that this version does not have ({sampler}).",
            name=display_name(made),
            sampler=receipt.sampler,
        ) from None


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _options(receipt: Receipt) -> ExportOptions:
    output, space = receipt.output, ColorSpace(receipt.color_space or ColorSpace.KEEP)
    if output is None:
        return ExportOptions(color_space=space)
    if output.quality is not None:
        return ExportOptions(quality=output.quality, color_space=space)
    return ExportOptions(bit_depth=output.bit_depth, color_space=space)
