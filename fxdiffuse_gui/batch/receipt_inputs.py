"""`ReceiptInputs`: what an edit was made from, found again by the receipt in the file that it gave."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from fxdiffuse_gui.batch.job import is_same_file
from fxdiffuse_gui.batch.project_inputs import ProjectInputs
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.project_file import SUFFIX
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

Part = Literal["mask", "reference"]
"""The inputs besides the photo, each a picture that a task cannot do without."""

_Picture = TypeVar("_Picture")
_TASKS: dict[Part, Task] = {"mask": Task.INPAINT, "reference": Task.COLOR}


class ReplayError(ValueError):
    """An edit cannot be made again; the message is one sentence that says what is missing or another one."""


class PhotoMissingError(ReplayError):
    """There is no photo to make the edit from. other: a file of its name that is another photo or has changed
    since; None when there is none."""

    def __init__(self, sentence: str, other: Path | None = None) -> None:
        super().__init__(sentence)
        self.other = other


class SettingsError(ReplayError):
    """The receipt asks for settings that this version of fxdiffuse does not have."""


@dataclass(frozen=True)
class Inputs:
    """Files that the user names instead of having them found. source: a photo, or a folder to look in.
    project: has mask, reference and, where it is not found otherwise, the photo."""

    source: Path | None = None
    mask: Path | None = None
    reference: Path | None = None
    model: Path | None = None
    project: Path | None = None


class ReceiptInputs:
    """The edit that `receipt` tells of, found in the file `made`; ready to be made again when nothing is
    `missing`.

    What the inputs do not name is looked for beside `made`, in the folder above it and beside the photo: by
    the names in the receipt, and in the project that the receipt names or that is named after the photo.
    An input of which the receipt does not hold the hash is another one and does not count. Raises
    PhotoMissingError without the photo, SettingsError, and PhotoError or ProjectError for what was named and
    cannot be read.

    `source` is the file of `photo`, or the project that has it inside; `condition` has mask and reference,
    as far as they are not `missing`, and `mask_file` and `reference_file` are where these lie, None when that
    is nowhere or in a project, which then is `project`. `missing` holds, for each part that is not found, the
    sentence that says so.
    """

    def __init__(self, made: Path, receipt: Receipt, inputs: Inputs) -> None:
        self.receipt = receipt
        self.made, self._name = made, display_name(made)
        self.inputs = inputs
        self._folders = [made.absolute().parent, made.absolute().parent.parent]
        self._projects: dict[Path, ProjectInputs] = {}
        self.project: Path | None = None
        # What was found and not given may be something else.
        self._passed_over = () if inputs.project is not None else (ProjectError, PhotoError)
        self.missing: dict[Part, str] = {}
        self.source, self.photo = self._find_photo(made)
        self._folders.append(self.source.absolute().parent)
        self.mask_file, mask = self._find_mask()
        self.reference_file, reference = self._find_reference()
        self.condition = self._restore(mask, reference)

    def _find_photo(self, made: Path) -> tuple[Path, Photo]:
        try:
            source = self._find_source(made)
        except PhotoMissingError:
            # A project may know where the photo is, or have it inside.
            kept = [] if self.inputs.source is not None else self._find_projects()
            for project in kept:
                if self.receipt.source is None and self.inputs.project is None:
                    continue
                with suppress(*self._passed_over):
                    photo = project.photo(self.receipt.source)
                    if photo is not None:
                        self.project = project.path
                        return photo.path or project.path, photo
            raise
        return source, read_photo(source)

    def _find_source(self, made: Path) -> Path:
        given, wanted = self.inputs.source, self.receipt.source
        if given is not None and not given.is_dir():
            if wanted is not None and file_digest(given) != wanted:
                raise PhotoMissingError(
                    f"{display_name(given)} is not the photo that {self._name} was made from, or has changed"
                    " since; give the original with --source.",
                    given,
                )
            return given
        if wanted is None or self.receipt.source_name is None:
            raise PhotoMissingError(
                f"The receipt in {self._name} names no file that it was made from; give it with --source."
            )
        folders = self._folders if given is None else [given]
        candidates = [folder / self.receipt.source_name for folder in folders]
        found = [path for path in candidates if path.is_file() and not is_same_file(path, made)]
        for path in found:
            if file_digest(path) == wanted:
                return path
        what = "is another photo or has changed since" if found else "is not found"
        raise PhotoMissingError(
            f"The photo {self.receipt.source_name} that {self._name} was made from {what};"
            " give the original with --source.",
            found[0] if found else None,
        )

    def _find_mask(self) -> tuple[Path | None, Mask | None]:
        wanted = self.receipt.condition.get("mask")
        if wanted is None:
            return None, None
        shape = (self.photo.height, self.photo.width)
        return self._find_picture(
            "mask",
            self.inputs.mask,
            self.receipt.mask_name,
            lambda path: read_mask(path, shape),
            lambda mask: mask_hash(mask) == wanted,
            lambda project: project.mask(wanted),
        )

    def _find_reference(self) -> tuple[Path | None, FloatImage | None]:
        wanted = self.receipt.condition.get("reference")
        if wanted is None:
            return None, None
        return self._find_picture(
            "reference",
            self.inputs.reference,
            self.receipt.reference_name,
            read_pixels,
            lambda reference: image_hash(reference) == wanted,
            lambda project: project.reference(wanted),
        )

    def _find_picture(
        self,
        what: Part,
        given: Path | None,
        name: str | None,
        read: Callable[[Path], _Picture],
        is_wanted: Callable[[_Picture], bool],
        kept: Callable[[ProjectInputs], _Picture | None],
    ) -> tuple[Path | None, _Picture | None]:
        """The picture, and its file if it has one: given, by its name, or out of a project."""
        if given is not None:
            picture = read(given)
            if is_wanted(picture):
                return given, picture
            self.missing[what] = self._another(what, given)
            return None, None
        files = self._named(name) if self.inputs.project is None else []
        for path in files:
            with suppress(PhotoError):
                picture = read(path)
                if is_wanted(picture):
                    return path, picture
        projects = self._find_projects()
        for project in projects:
            with suppress(*self._passed_over):
                picture = kept(project)
                if picture is not None:
                    self.project = project.path
                    return None, picture
        self.missing[what] = self._another(what, files[0]) if files else self._nowhere(what, name, projects)
        return None, None

    def _named(self, name: str | None) -> list[Path]:
        return [] if name is None else [path for folder in self._folders if (path := folder / name).is_file()]

    def _find_projects(self) -> list[ProjectInputs]:
        """The project that was given; else those that the receipt or the photo's name leads to."""
        if self.inputs.project is not None:
            paths = [self.inputs.project]
        else:
            source = self.receipt.source_name
            names = [self.receipt.project_name, None if source is None else Path(source).stem + SUFFIX]
            paths = list(dict.fromkeys(path for name in names for path in self._named(name)))
        return [self._projects.setdefault(path, ProjectInputs(path)) for path in paths]

    def _nowhere(self, what: Part, name: str | None, projects: list[ProjectInputs]) -> str:
        called = "" if name is None else f" {name}"
        names = " and ".join(dict.fromkeys(display_name(project.path) for project in projects))
        looked = f", nor does {names} have it" if names else ""
        return (
            f"The {what}{called} that {self._name} was made with is not found{looked};"
            f" give it with --{what} or --project."
        )

    def _another(self, what: Part, path: Path) -> str:
        return (
            f"{display_name(path)} is not the {what} that {self._name} was made with, or has changed since;"
            f" give the right one with --{what}."
        )

    def _restore(self, mask: Mask | None, reference: FloatImage | None) -> EditCondition:
        try:
            condition = EditCondition.from_json(self.receipt.condition, mask=mask, reference=reference)
        except ConditionError as error:
            raise SettingsError(f"The receipt in {self._name} is refused: {error}") from None
        left_out = {key for part in self.missing for key in (part, _TASKS[part].value)}
        known = {key: value for key, value in self.receipt.condition.items() if key not in left_out}
        if condition.to_json() != known:
            raise SettingsError(
                f"The receipt in {self._name} has settings that this version of fxdiffuse does not know."
            )
        return condition
