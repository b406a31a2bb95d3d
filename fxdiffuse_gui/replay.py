"""Makes an edit again from the receipt in the file that it gave."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fxdiffuse_gui.engine.condition import (
    ConditionError,
    EditCondition,
    FloatImage,
    Mask,
    image_hash,
    mask_hash,
)
from fxdiffuse_gui.jobs import Job
from fxdiffuse_gui.photo.color_space import ColorSpace
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.image import display_name
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from fxdiffuse_gui.photo.receipt import Receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.runner import Runner


class ReplayError(ValueError):
    """An edit cannot be made again; the message is one sentence that says what is missing or another one."""


@dataclass(frozen=True)
class Inputs:
    """Files that the user names instead of having them found. source: a photo, or a folder to look in."""

    source: Path | None = None
    mask: Path | None = None
    reference: Path | None = None
    model: Path | None = None


class Replay:
    """The edit that `receipt` tells of, found in the file `made`; ready to be run once all inputs are there.

    What the inputs do not name is looked for beside `made` and in the folder above it. Raises ReplayError
    or PhotoError when an input is missing or is not the one of which the receipt holds the hash.
    """

    def __init__(self, made: Path, receipt: Receipt, inputs: Inputs) -> None:
        self.receipt = receipt
        self._name = display_name(made)
        self._inputs = inputs
        self._folders = [made.absolute().parent, made.absolute().parent.parent]
        self.source = self._find_source(made)
        self._photo = read_photo(self.source)
        self._mask_file, mask = self._find_mask()
        self._reference_file, reference = self._find_reference()
        self._condition = self._restore(mask, reference)

    def run(self, target: Path, device: str, on_progress: Callable[[float], None]) -> None:
        """Writes the edit to `target`, in the recorded color space, with quality and depth where they
        apply to its format.

        Raises ReplayError when the model is another one or the target is the original, and what `Runner.run`
        raises.
        """
        if target.exists() and target.samefile(self.source):
            raise ReplayError(f"{display_name(target)} is the original photo; choose another name.")
        runner = Runner(self._inputs.model, device, _options(self.receipt))
        job = Job(
            self.source,
            target,
            mask=self._mask_file,
            reference=self._reference_file,
            steps=self.receipt.steps,
        )
        made_with = runner.made_with(job, self._condition)
        if made_with is not None and made_with.model != self.receipt.model:
            model = "the bundled one" if self._inputs.model is None else display_name(self._inputs.model)
            digest = (self.receipt.model or "unknown")[:12]
            raise ReplayError(
                f"{self._name} was made with another model than {model} (SHA-256 {digest}…);"
                " give the right one with --model."
            )
        runner.export(job, self._photo, self._condition, on_progress)

    def _find_source(self, made: Path) -> Path:
        given, wanted = self._inputs.source, self.receipt.source
        if given is not None and not given.is_dir():
            if wanted is not None and file_digest(given) != wanted:
                raise ReplayError(
                    f"{display_name(given)} is not the photo that {self._name} was made from, or has changed"
                    " since; give the original with --source."
                )
            return given
        if wanted is None or self.receipt.source_name is None:
            raise ReplayError(
                f"The receipt in {self._name} names no file that it was made from; give it with --source."
            )
        folders = self._folders if given is None else [given]
        candidates = [folder / self.receipt.source_name for folder in folders]
        found = [path for path in candidates if path.is_file() and not path.samefile(made)]
        for path in found:
            if file_digest(path) == wanted:
                return path
        what = "is another photo or has changed since" if found else "is not found"
        raise ReplayError(
            f"The photo {self.receipt.source_name} that {self._name} was made from {what};"
            " give the original with --source."
        )

    def _find_mask(self) -> tuple[Path | None, Mask | None]:
        wanted = self.receipt.condition.get("mask")
        if wanted is None:
            return None, None
        path = self._find_picture("mask", self._inputs.mask, self.receipt.mask_name)
        mask = read_mask(path, (self._photo.height, self._photo.width))
        if mask_hash(mask) != wanted:
            raise self._another("mask", path)
        return path, mask

    def _find_reference(self) -> tuple[Path | None, FloatImage | None]:
        wanted = self.receipt.condition.get("reference")
        if wanted is None:
            return None, None
        path = self._find_picture("reference", self._inputs.reference, self.receipt.reference_name)
        reference = read_pixels(path)
        if image_hash(reference) != wanted:
            raise self._another("reference", path)
        return path, reference

    def _find_picture(self, what: str, given: Path | None, name: str | None) -> Path:
        if given is not None:
            return given
        folders = [*self._folders, self.source.absolute().parent]
        found = [] if name is None else [path for folder in folders if (path := folder / name).is_file()]
        if not found:
            called = "" if name is None else f" {name}"
            raise ReplayError(
                f"The {what}{called} that {self._name} was made with is not found; give it with --{what}."
            )
        return found[0]

    def _another(self, what: str, path: Path) -> ReplayError:
        return ReplayError(
            f"{display_name(path)} is not the {what} that {self._name} was made with, or has changed since;"
            f" give the right one with --{what}."
        )

    def _restore(self, mask: Mask | None, reference: FloatImage | None) -> EditCondition:
        try:
            condition = EditCondition.from_json(self.receipt.condition, mask=mask, reference=reference)
        except ConditionError as error:
            raise ReplayError(f"The receipt in {self._name} is refused: {error}") from None
        if condition.to_json() != dict(self.receipt.condition):
            raise ReplayError(
                f"The receipt in {self._name} has settings that this version of fxdiffuse does not know."
            )
        return condition


def _options(receipt: Receipt) -> ExportOptions:
    output, space = receipt.output, ColorSpace(receipt.color_space or ColorSpace.KEEP)
    if output is None:
        return ExportOptions(color_space=space)
    if output.quality is not None:
        return ExportOptions(quality=output.quality, color_space=space)
    return ExportOptions(bit_depth=output.bit_depth, color_space=space)
