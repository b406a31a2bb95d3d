"""`ProjectInputs`: what a project file has of the inputs of an edit that is to be made again."""

from functools import cached_property
from pathlib import Path

from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.document.project_file import KeptPictures, read_kept_pictures, read_project
from fxdiffuse_gui.engine.conditions.condition import FloatImage, mask_hash
from fxdiffuse_gui.photo.image import Photo


class ProjectInputs:
    """Masks and references by their hashes, those of the snapshots too: the edit may have gone on since.

    Every method raises ProjectError or PhotoError when the project at `path` is not one that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def photo(self, digest: str | None) -> Photo | None:
        """The photo, from where the project finds it or from inside, when its file has this SHA-256.

        None asks for a picture that never had a file, such as a pasted one.
        """
        photo = read_project(self.path).project.photo
        wanted = photo.path is None if digest is None else photo.sha256 == digest
        return photo if wanted else None

    def mask(self, digest: str) -> MaskImage | None:
        """The mask with this `mask_hash`, None when there is none."""
        return next((mask for mask in self._pictures.masks if mask_hash(mask) == digest), None)

    def reference(self, digest: str) -> FloatImage | None:
        """The reference with this `image_hash`, None when there is none."""
        return next((one.pixels for one in self._pictures.references if one.digest == digest), None)

    @cached_property
    def _pictures(self) -> KeptPictures:
        return read_kept_pictures(self.path)
