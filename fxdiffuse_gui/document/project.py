"""`Project`: an edit as a file keeps it, and the manifest that describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fxdiffuse_gui import __version__
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink, local_path, relative_path, sha256_of
from fxdiffuse_gui.document.snapshots import MAX_NAME, MAX_SNAPSHOTS, Snapshot
from fxdiffuse_gui.photo.image import Photo

FORMAT = "fxdiffuse project"
VERSION = 1
_MAX_PICTURES = MAX_SNAPSHOTS + 1


@dataclass(frozen=True, eq=False)
class Project:
    """Everything that a project file keeps. `path` is the file that was saved last, None before. `model` is
    the SHA-256 of the model whose result the artist saw, None if that is not known."""

    photo: Photo
    link: PhotoLink
    state: EditState
    snapshots: tuple[Snapshot, ...] = ()
    path: Path | None = None
    model: str | None = None

    @property
    def states(self) -> tuple[EditState, ...]:
        """The edit and its snapshots."""
        return (self.state, *(snapshot.state for snapshot in self.snapshots))

    @property
    def masks(self) -> list[Any]:
        """The masks of all states, each once; their places are the numbers in the manifest."""
        return list({id(s.mask): s.mask for s in self.states if s.mask is not None}.values())

    @property
    def references(self) -> list[Reference]:
        """The references of all states, each once; their places are the numbers in the manifest."""
        return list({id(s.reference): s.reference for s in self.states if s.reference is not None}.values())


@dataclass(frozen=True)
class ReferenceEntry:
    """A reference in a manifest; `sha256` is that of the bytes that are kept."""

    name: str
    path: Path | None
    sha256: str


@dataclass(frozen=True)
class StateEntry:
    """An edit in a manifest; its mask and reference are numbers."""

    name: str
    state: EditState
    mask: int | None
    reference: int | None


@dataclass(frozen=True)
class Manifest:
    """A manifest that has been checked. The first of `states` is the edit, the rest are snapshots."""

    link: PhotoLink
    relative: Path | None
    states: tuple[StateEntry, ...]
    references: tuple[ReferenceEntry, ...]
    path: Path | None
    model: str | None

    @property
    def masks(self) -> list[int]:
        """The numbers of the masks that are needed."""
        return sorted({entry.mask for entry in self.states if entry.mask is not None})


def manifest_of(project: Project, folder: Path, reference_hashes: list[str]) -> dict[str, Any]:
    """The manifest of `project` for a file in `folder`; the hashes are those of the references' bytes."""
    references = project.references
    masks = {id(mask): number for number, mask in enumerate(project.masks)}
    places = {id(reference): number for number, reference in enumerate(references)}

    def edit(state: EditState) -> dict[str, Any]:
        return {
            **state.to_json(seeds=True),
            "seed_locked": state.seed_locked,
            "mask": None if state.mask is None else masks[id(state.mask)],
            "reference": None if state.reference is None else places[id(state.reference)],
        }

    return {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "model": project.model,
        "photo": project.link.to_json(folder),
        "edit": edit(project.state),
        "snapshots": [{"name": one.name, **edit(one.state)} for one in project.snapshots],
        "references": [
            {
                "name": one.name,
                "path": None if one.path is None else str(one.path.absolute()),
                "sha256": sha256,
            }
            for one, sha256 in zip(references, reference_hashes, strict=True)
        ],
        "project": None if project.path is None else str(project.path),
    }


def read_manifest(fields: Fields) -> Manifest:
    """Checks every field. Raises FieldError."""
    if fields.text("format") != FORMAT:
        raise FieldError("it is of another kind")
    version = fields.whole("version", 1, 10**6)
    if version > VERSION:
        raise NewerVersionError(fields.text("program")[:20] if "program" in fields else Message("unknown"))
    references = tuple(_reference(one) for one in fields.objects("references", _MAX_PICTURES))
    snapshots = fields.objects("snapshots", MAX_SNAPSHOTS)
    states = [_state(fields.object("edit"), "", len(references))]
    states += [_state(one, one.text("name")[:MAX_NAME], len(references)) for one in snapshots]
    photo = fields.object("photo")
    return Manifest(
        link=PhotoLink.from_json(photo),
        relative=relative_path(photo),
        states=tuple(states),
        references=references,
        path=local_path(fields, "project"),
        model=sha256_of(fields, "model") if "model" in fields else None,
    )


class NewerVersionError(FieldError):
    """The manifest was written by a newer program of this `version`."""

    def __init__(self, version: str | Message) -> None:
        super().__init__("{version}", version=version)
        self.version = version


def with_pictures(
    entry: StateEntry, masks: Mapping[int, Any], references: Mapping[int, Reference]
) -> EditState:
    """The state of `entry` with its mask and reference; an empty mask counts as none."""
    mask = None if entry.mask is None else masks[entry.mask]
    reference = None if entry.reference is None else references[entry.reference]
    return replace(entry.state, mask=mask if mask is not None and mask.any() else None, reference=reference)


def _state(fields: Fields, name: str, reference_count: int) -> StateEntry:
    settings = EditSettings.from_json(fields, seeds=True)
    state = EditState.of(settings, seed_locked=fields.flag("seed_locked"))
    mask = fields.whole("mask", 0, _MAX_PICTURES - 1) if "mask" in fields else None
    reference = fields.whole("reference", 0, reference_count - 1) if "reference" in fields else None
    return StateEntry(name, state, mask, reference)


def _reference(fields: Fields) -> ReferenceEntry:
    return ReferenceEntry(
        name=fields.path("name"),
        path=local_path(fields, "path"),
        sha256=sha256_of(fields, "sha256"),
    )
