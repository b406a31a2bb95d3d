"""`InputSearch`: looks for what an edit was made from, next to its export and in project files."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from fxdiffuse_gui.batch.job import is_same_file
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.document.project_file import SUFFIX, read_project
from fxdiffuse_gui.document.project_pictures import KeptPictures, read_kept_pictures
from fxdiffuse_gui.engine.conditions.condition import FloatImage, mask_hash
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.receipt import Receipt

_Picture = TypeVar("_Picture")


@dataclass(frozen=True)
class Inputs:
    """Files that the user names, so that they are not searched for. source: a photo, or a folder to search.
    project: has mask, reference and, where it is not found otherwise, the photo."""

    source: Path | None = None
    mask: Path | None = None
    reference: Path | None = None
    model: Path | None = None
    project: Path | None = None


class ProjectInputs:
    """The pictures in the project file at `path`, each read when it is asked for.

    The methods raise ProjectError, and PhotoError for the photo, when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def photo(self, digest: str | None) -> Photo | None:
        """The photo, from where the project finds it or from inside, when its file has this SHA-256.

        None asks for a picture that never had a file, such as a pasted one.
        """
        photo = read_project(self.path).project.photo
        is_the_one = photo.path is None if digest is None else photo.sha256 == digest
        return photo if is_the_one else None

    def mask(self, digest: str) -> MaskImage | None:
        """The mask with this `mask_hash`, None when there is none."""
        return next((mask for mask in self._pictures.masks if mask_hash(mask) == digest), None)

    def reference(self, digest: str) -> FloatImage | None:
        """The reference with this `image_hash`, None when there is none."""
        return next((one.pixels for one in self._pictures.references if one.digest == digest), None)

    @cached_property
    def _pictures(self) -> KeptPictures:
        return read_kept_pictures(self.path)


class InputSearch:
    """Searches the folder of the export `made`, the folder above it and those that are added to `folders`.

    A file that was not named by the user may be another one of the same name, so its errors are ignored.
    `project` is the project that something was found in.
    """

    def __init__(self, made: Path, receipt: Receipt, inputs: Inputs) -> None:
        self._made, self._receipt, self._inputs = made, receipt, inputs
        self.folders = [made.absolute().parent, made.absolute().parent.parent]
        self.project: Path | None = None
        self._projects: dict[Path, ProjectInputs] = {}
        self._ignored = () if inputs.project is not None else (ProjectError, PhotoError)

    def files_named(self, name: str | None) -> list[Path]:
        """The files with this name in the folders."""
        return [] if name is None else [path for folder in self.folders if (path := folder / name).is_file()]

    def source_files(self) -> list[Path]:
        """The files that have the name of the photo in the receipt: in the folder that the user named, or in
        the folders of the search."""
        name, given = self._receipt.source_name, self._inputs.source
        if name is None:
            return []
        folders = self.folders if given is None else [given]
        return [
            path
            for folder in folders
            if (path := folder / name).is_file() and not is_same_file(path, self._made)
        ]

    def projects(self) -> list[ProjectInputs]:
        """The project that the user named; else those named in the receipt or after the photo."""
        if self._inputs.project is not None:
            paths = [self._inputs.project]
        else:
            source = self._receipt.source_name
            names = [self._receipt.project_name, None if source is None else Path(source).stem + SUFFIX]
            paths = list(dict.fromkeys(path for name in names for path in self.files_named(name)))
        return [self._projects.setdefault(path, ProjectInputs(path)) for path in paths]

    def photo_in_projects(self) -> tuple[Path, Photo] | None:
        """The photo of the receipt, which a project may find or have inside; and its file, or the project."""
        digest = self._receipt.source
        if digest is None and self._inputs.project is None:
            return None
        for project in self.projects():
            with suppress(*self._ignored):
                photo = project.photo(digest)
                if photo is not None:
                    self.project = project.path
                    return photo.path or project.path, photo
        return None

    def picture_in_projects(self, find: Callable[[ProjectInputs], _Picture | None]) -> _Picture | None:
        """What `find` gives for the first project that has it."""
        for project in self.projects():
            with suppress(*self._ignored):
                picture = find(project)
                if picture is not None:
                    self.project = project.path
                    return picture
        return None
