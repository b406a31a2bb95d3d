"""`ReceiptInputs`: what an edit was made from, found again by the receipt in its export."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeVar

from fxdiffuse_gui.batch.input_search import Inputs, InputSearch, ProjectInputs
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.engine.conditions.condition import (
    ConditionError,
    EditCondition,
    FloatImage,
    Mask,
    image_hash,
    mask_hash,
)
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from fxdiffuse_gui.photo.receipt import Receipt

__all__ = ["Inputs", "PhotoMissingError", "ReceiptInputs", "ReplayError", "SettingsError"]

Part = Literal["mask", "reference"]
"""The inputs besides the photo, each a picture that a task needs."""

_Picture = TypeVar("_Picture")
_TASKS: dict[Part, Task] = {"mask": Task.INPAINT, "reference": Task.COLOR}
_WORDS: dict[Part, Message] = {"mask": Message("mask"), "reference": Message("reference")}


class ReplayError(UserError):
    """An edit cannot be made again; the sentence says what is missing or is another file."""


class PhotoMissingError(ReplayError):
    """There is no photo to make the edit from. other: a file of its name that is another photo or has changed
    since; None when there is none."""

    def __init__(self, template: str, /, other: Path | None = None, **names: object) -> None:
        super().__init__(template, **names)
        self.other = other


class SettingsError(ReplayError):
    """The receipt asks for settings that this version of fxdiffuse does not have."""


class ReceiptInputs:
    """The edit that `receipt` describes, found in the file `made`; it can be made again when nothing is
    `missing`.

    What the inputs do not name is searched for next to `made`, in the folder above it and next to the photo:
    by the names in the receipt, and in the project that the receipt names or that is named after the photo.
    A file with another hash than the receipt's does not count. Raises PhotoMissingError without the photo,
    SettingsError, and PhotoError or ProjectError for a file that the user named and that cannot be read.

    `source` is the file of `photo`, or the project that has it inside. `condition` has mask and reference,
    unless they are `missing`; `mask_file` and `reference_file` are their files, None where they come from a
    project, which then is `project`. `missing` holds an error for each part that is not found.
    """

    def __init__(self, made: Path, receipt: Receipt, inputs: Inputs) -> None:
        self.receipt = receipt
        self.made, self._name = made, display_name(made)
        self.inputs = inputs
        self.missing: dict[Part, ReplayError] = {}
        self._search = InputSearch(made, receipt, inputs)
        self.source, self.photo = self._find_photo()
        self._search.folders.append(self.source.absolute().parent)
        self.mask_file, mask = self._find_mask()
        self.reference_file, reference = self._find_reference()
        self.condition = self._restore(mask, reference)

    @property
    def project(self) -> Path | None:
        """The project that mask, reference or photo were found in."""
        return self._search.project

    def _find_photo(self) -> tuple[Path, Photo]:
        try:
            source = self._find_source()
        except PhotoMissingError:
            found = None if self.inputs.source is not None else self._search.photo_in_projects()
            if found is None:
                raise
            return found
        return source, read_photo(source)

    def _find_source(self) -> Path:
        given, digest = self.inputs.source, self.receipt.source
        if given is not None and not given.is_dir():
            if digest is not None and file_digest(given) != digest:
                raise PhotoMissingError(
                    "{photo} is not the photo that {name} was made from, or has changed"
                    " since; give the original with --source.",
                    other=given,
                    photo=display_name(given),
                    name=self._name,
                )
            return given
        if digest is None or self.receipt.source_name is None:
            raise PhotoMissingError(
                "The receipt in {name} names no file that it was made from; give it with --source.",
                name=self._name,
            )
        found = self._search.source_files()
        for path in found:
            if file_digest(path) == digest:
                return path
        if found:
            raise PhotoMissingError(
                "The photo {photo} that {name} was made from is another photo or has changed since;"
                " give the original with --source.",
                other=found[0],
                photo=self.receipt.source_name,
                name=self._name,
            )
        raise PhotoMissingError(
            "The photo {photo} that {name} was made from is not found; give the original with --source.",
            photo=self.receipt.source_name,
            name=self._name,
        )

    def _find_mask(self) -> tuple[Path | None, Mask | None]:
        digest = self.receipt.condition.get("mask")
        if digest is None:
            return None, None
        shape = (self.photo.height, self.photo.width)
        return self._find_picture(
            "mask",
            self.inputs.mask,
            self.receipt.mask_name,
            lambda path: read_mask(path, shape),
            lambda mask: mask_hash(mask) == digest,
            lambda project: project.mask(digest),
        )

    def _find_reference(self) -> tuple[Path | None, FloatImage | None]:
        digest = self.receipt.condition.get("reference")
        if digest is None:
            return None, None
        return self._find_picture(
            "reference",
            self.inputs.reference,
            self.receipt.reference_name,
            read_pixels,
            lambda reference: image_hash(reference) == digest,
            lambda project: project.reference(digest),
        )

    def _find_picture(
        self,
        part: Part,
        given: Path | None,
        name: str | None,
        read: Callable[[Path], _Picture],
        is_the_one: Callable[[_Picture], bool],
        in_project: Callable[[ProjectInputs], _Picture | None],
    ) -> tuple[Path | None, _Picture | None]:
        """The picture, and its file if it has one: given, by its name, or from a project."""
        if given is not None:
            picture = read(given)
            if is_the_one(picture):
                return given, picture
            self.missing[part] = self._another(part, given)
            return None, None
        files = self._search.files_named(name) if self.inputs.project is None else []
        for path in files:
            with suppress(PhotoError):
                picture = read(path)
                if is_the_one(picture):
                    return path, picture
        picture = self._search.picture_in_projects(in_project)
        if picture is None:
            self.missing[part] = self._another(part, files[0]) if files else self._nowhere(part, name)
        return None, picture

    def _nowhere(self, part: Part, name: str | None) -> ReplayError:
        projects = " and ".join(dict.fromkeys(display_name(one.path) for one in self._search.projects()))
        called = "" if name is None else f" {name}"
        names = {"part": _WORDS[part], "called": called, "name": self._name, "flag": f"--{part}"}
        if projects:
            return ReplayError(
                "The {part}{called} that {name} was made with is not found, nor does {projects} have it;"
                " give it with {flag} or --project.",
                projects=projects,
                **names,
            )
        return ReplayError(
            "The {part}{called} that {name} was made with is not found; give it with {flag} or --project.",
            **names,
        )

    def _another(self, part: Part, path: Path) -> ReplayError:
        return ReplayError(
            "{file} is not the {part} that {name} was made with, or has changed since;"
            " give the right one with {flag}.",
            file=display_name(path),
            part=_WORDS[part],
            name=self._name,
            flag=f"--{part}",
        )

    def _restore(self, mask: Mask | None, reference: FloatImage | None) -> EditCondition:
        try:
            condition = EditCondition.from_json(self.receipt.condition, mask=mask, reference=reference)
        except ConditionError as error:
            raise SettingsError(
                "The receipt in {name} is refused: {reason}", name=self._name, reason=error
            ) from None
        left_out = {key for part in self.missing for key in (part, _TASKS[part].value)}
        known = {key: value for key, value in self.receipt.condition.items() if key not in left_out}
        if condition.to_json() != known:
            raise SettingsError(
                "The receipt in {name} has settings that this version of fxdiffuse does not know.",
                name=self._name,
            )
        return condition
