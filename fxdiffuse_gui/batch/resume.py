"""Tells which jobs of a folder were done before, by the receipts of the files in the output folder."""

from dataclasses import astuple
from functools import cached_property
from typing import Any

from fxdiffuse_gui.batch.export_edit import USUAL_SAMPLER, Sampling
from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.batch.runner import Runner
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.photo.codecs.decode import stored_depth
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.formats import FORMATS
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.receipt import read_receipt

_ADVICE = Message("move it away or give --overwrite")


class Resume:
    """For jobs of `runner` that differ only in their files; `template` is any one of them.

    Receipts travel with the files and name the source by its content, so moved folders and touched files make
    no difference. overwrite: whether other files in the way may be replaced. advice: what to do about them
    otherwise, the end of a sentence.
    """

    def __init__(
        self,
        runner: Runner,
        template: Job,
        *,
        overwrite: bool,
        advice: Message = _ADVICE,
    ) -> None:
        self._runner = runner
        self._template = template
        self._overwrite = overwrite
        self._advice = advice

    def is_done(self, job: Job) -> bool:
        """Whether the output was made from the input with the settings and the model of the job.

        Raises JobError when another file is in the way and may not be replaced, UserError as `Runner.run`.
        """
        if not job.output.exists():
            return False
        if self._was_made(job):
            return True
        if not self._overwrite:
            raise JobError(
                "{name} is there already and was not made from this photo with these settings; {advice}.",
                name=display_name(job.output),
                advice=self._advice,
            )
        return False

    def _was_made(self, job: Job) -> bool:
        condition, sampling = self._expected
        options = self._runner.options
        try:
            receipt = read_receipt(job.output)
        except PhotoError:
            # Without an effect the photo may have been copied as it is.
            is_copy = sampling is None and options.color_space is ColorSpace.KEEP
            return is_copy and file_digest(job.output) == file_digest(job.input)
        output = receipt.output
        if output is None or output.format != FORMATS.get(job.output.suffix.lower()):
            return False
        found = (receipt.model, receipt.steps, receipt.sampler or USUAL_SAMPLER)
        return (
            receipt.condition == condition
            and (None if receipt.model is None else found) == (sampling and astuple(sampling))
            and ColorSpace(receipt.color_space or ColorSpace.KEEP) is options.color_space
            and output.quality in (None, options.quality)
            and receipt.source == file_digest(job.input)
            # Last, because it opens the photo.
            and (output.quality is not None or output.bit_depth == self._depth_of(job))
        )

    def _depth_of(self, job: Job) -> int:
        return self._runner.options.bit_depth or stored_depth(job.input)

    @cached_property
    def _expected(self) -> tuple[dict[str, Any], Sampling | None]:
        condition = self._runner.condition(self._template, None)
        return condition.to_json(), self._runner.sampling(
            condition, self._template.steps, self._template.sampler
        )
