"""The masks and references inside a project file: read, checked and within limits."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.archive import (
    MANIFEST,
    Members,
    ProjectError,
    cannot_be_read,
    damaged,
    open_members,
)
from fxdiffuse_gui.document.edit_state import MaskImage, Reference
from fxdiffuse_gui.document.photo_link import is_file
from fxdiffuse_gui.document.picture_bytes import PictureBytesError, mask_from_png, pixels_of
from fxdiffuse_gui.document.project import Manifest, NewerVersionError, ReferenceEntry, read_manifest
from fxdiffuse_gui.document.snapshots import MAX_MASK_PIXELS, MAX_REFERENCE_PIXELS
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.photo.image import PhotoError


@dataclass(frozen=True, eq=False)
class KeptPictures:
    """The masks and references of a project and of its snapshots, each once."""

    masks: tuple[MaskImage, ...]
    references: tuple[Reference, ...]


def read_kept_pictures(path: Path) -> KeptPictures:
    """The masks and references in the project at `path`, whose photo may be missing. Raises ProjectError."""
    name = display_name(path)
    try:
        with open_members(path) as members:
            manifest = manifest_in(members, name)
            masks = read_masks(members, manifest, (manifest.link.height, manifest.link.width), name)
            references = read_references(members, manifest, None, name)
    except MemoryError:
        raise memory_is_full(name) from None
    except OSError as error:
        raise cannot_be_read(name, error) from None
    return KeptPictures(tuple(masks.values()), tuple(references.values()))


def manifest_in(members: Members, name: str) -> Manifest:
    """The manifest of the open project `name`. Raises ProjectError."""
    try:
        return read_manifest(Fields.parse(members.read(MANIFEST)))
    except NewerVersionError as newer:
        raise ProjectError(
            "{name} was made by a newer fxdiffuse ({newer}); update the program to open it.",
            name=name,
            newer=newer.version,
        ) from None
    except FieldError as error:
        raise damaged(name, error) from None


def read_masks(
    members: Members, manifest: Manifest, shape: tuple[int, int], name: str
) -> dict[int, MaskImage]:
    """The masks by their numbers in the manifest, each of `shape` (H, W). Raises ProjectError."""
    if len(manifest.masks) * shape[0] * shape[1] > 2 * MAX_MASK_PIXELS:
        raise damaged(name, Message("it unpacks to too much"))
    try:
        return {number: mask_from_png(members.read(f"mask-{number}"), shape) for number in manifest.masks}
    except PictureBytesError as error:
        raise damaged(name, error) from None


def read_references(
    members: Members, manifest: Manifest, parts: Path | None, name: str
) -> dict[int, Reference]:
    """The references by their numbers in the manifest, from the file or from a journal's `parts`.

    Raises ProjectError, OSError.
    """
    references: dict[int, Reference] = {}
    pixels = 0
    for number, entry in enumerate(manifest.references):
        references[number] = _read_reference(members, entry, number, parts, name)
        pixels += references[number].pixels.shape[0] * references[number].pixels.shape[1]
        if pixels > 2 * MAX_REFERENCE_PIXELS:
            raise damaged(name, Message("it unpacks to too much"))
    return references


def memory_is_full(name: str) -> ProjectError:
    """The error for a project that is too large to open now."""
    return ProjectError("{name} does not fit into memory; close other programs.", name=name)


def _read_reference(
    members: Members, entry: ReferenceEntry, number: int, parts: Path | None, name: str
) -> Reference:
    data = members.read(f"reference-{number}") if parts is None else (parts / entry.sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise damaged(name, Message("a reference in it is not the right one"))
    try:
        pixels = pixels_of(data)
    except PhotoError:
        raise damaged(name, Message("a reference in it cannot be read")) from None
    path = entry.path if entry.path is not None and is_file(entry.path) else None
    return Reference(entry.name, path, pixels, image_hash(pixels) or "")
