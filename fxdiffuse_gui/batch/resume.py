"""Tells which jobs of a batch were done before, by the receipts of what lies in the output folder."""

from functools import cached_property
from typing import Any

from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.batch.receipt import MadeWith
from fxdiffuse_gui.batch.runner import Runner
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.decode import stored_depth
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.formats import FORMATS
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.receipt import read_receipt


class Resume:
    """For jobs of `runner` that differ in their files alone; `template` is any one of them.

    Receipts travel with the files and name the source by its content, so neither a moved folder nor a file
    that was touched misleads them. overwrite: whether anything else in the way may be replaced. advice: what
    to do about it otherwise, the end of a sentence.
    """

    def __init__(
        self,
        runner: Runner,
        template: Job,
        *,
        overwrite: bool,
        advice: str = "move it away or give --overwrite",
    ) -> None:
        self._runner = runner
        self._template = template
        self._overwrite = overwrite
        self._advice = advice

    def is_done(self, job: Job) -> bool:
        """Whether the output was made from the input with the settings and the model of the job.

        Raises JobError when something else is there and may not be replaced, ValueError as `Runner.run` does.
        """
        if not job.output.exists():
            return False
        if self._was_made(job):
            return True
        if not self._overwrite:
            raise JobError(
                f"{display_name(job.output)} is there already and was not made from this photo with these"
                f" settings; {self._advice}."
            )
        return False

    def _was_made(self, job: Job) -> bool:
        condition, made_with = self._wanted
        space = self._runner.options.color_space
        try:
            receipt = read_receipt(job.output)
        except PhotoError:
            # What nothing was done to may have been copied as it is.
            plain = made_with is None and space is ColorSpace.KEEP
            return plain and file_digest(job.output) == file_digest(job.input)
        output = receipt.output
        if output is None or output.format != FORMATS.get(job.output.suffix.lower()):
            return False
        found = None if receipt.model is None else MadeWith(receipt.model, receipt.steps or 0)
        return (
            (receipt.condition, found) == (condition, made_with)
            and ColorSpace(receipt.color_space or ColorSpace.KEEP) is space
            and output.quality in (None, self._runner.options.quality)
            and receipt.source == file_digest(job.input)
            # Last: it opens the photo.
            and (output.quality is not None or output.bit_depth == self._depth_of(job))
        )

    def _depth_of(self, job: Job) -> int:
        return self._runner.options.bit_depth or stored_depth(job.input)

    @cached_property
    def _wanted(self) -> tuple[dict[str, Any], MadeWith | None]:
        condition = self._runner.condition(self._template, None)
        return condition.to_json(), self._runner.made_with(self._template, condition)
