"""Project files (`.fxd`): a zip of a manifest, the masks, the references and, if wanted, the photo.

A crash journal is the same without what hardly ever changes: references and photo lie beside it, in
`parts`, as files named by their SHA-256, and are written once.
"""

import hashlib
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.core.strict_json import FieldError, Fields, to_json
from fxdiffuse_gui.document.archive import (
    MANIFEST,
    PHOTO,
    Members,
    ProjectError,
    add,
    damaged,
    new_archive,
    open_members,
)
from fxdiffuse_gui.document.edit_state import MaskImage, Reference
from fxdiffuse_gui.document.embedded_photo import SUFFIX, photo_to_keep, read_kept_photo
from fxdiffuse_gui.document.photo_link import PhotoLink, is_file
from fxdiffuse_gui.document.picture_bytes import (
    Encoded,
    mask_from_png,
    mask_to_png,
    pixels_of,
    reference_to_bytes,
)
from fxdiffuse_gui.document.project import (
    Manifest,
    NewerVersionError,
    Project,
    ReferenceEntry,
    manifest_of,
    read_manifest,
    with_pictures,
)
from fxdiffuse_gui.document.snapshots import MAX_MASK_PIXELS, MAX_REFERENCE_PIXELS, Snapshot
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.photo.image import PhotoError

__all__ = [
    "SUFFIX",
    "KeptPictures",
    "Loaded",
    "check_project",
    "read_kept_pictures",
    "read_project",
    "write_project",
]


@dataclass(frozen=True, eq=False)
class Loaded:
    """A project that has been read; `notices` are sentences for the artist."""

    project: Project
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class KeptPictures:
    """The masks and references of a project and of its snapshots, each once."""

    masks: tuple[MaskImage, ...]
    references: tuple[Reference, ...]


def write_project(
    target: Path,
    project: Project,
    *,
    with_photo: bool = False,
    parts: Path | None = None,
    encoded: Encoded | None = None,
) -> PhotoLink:
    """Writes `project` to `target`, atomically, and returns the link to its photo as it is from now on.

    The photo goes into the file when asked for, and when its own file is gone. `encoded` saves work when
    much is saved again. Raises ProjectError or PhotoError; then `target` is as it was before.
    """
    name, encoded = display_name(target), encoded or Encoded()
    try:
        masks = [encoded.bytes_of(mask, mask_to_png) for mask in project.masks]
        references = [encoded.bytes_of(one, reference_to_bytes) for one in project.references]
        hashes = [hashlib.sha256(data).hexdigest() for data in references]
        with ExitStack() as scratch:
            link, photo = photo_to_keep(
                project.link, project.photo, scratch, encoded, wanted=with_photo, held=parts
            )
            encoded.forget_unused()
            members: dict[str, bytes | Path] = {f"mask-{n}": data for n, data in enumerate(masks)}
            if parts is None:
                members |= {f"reference-{n}": data for n, data in enumerate(references)}
                members |= {} if photo is None else {PHOTO: photo}
            else:
                for sha256, data in zip(hashes, references, strict=True):
                    _write_part(parts / sha256, data)
                if photo is not None:
                    _write_part(parts / link.sha256, photo)
            manifest = manifest_of(replace(project, link=link), target.parent, hashes)
            with atomic_path(target) as temporary, new_archive(temporary) as archive:
                add(archive, MANIFEST, to_json(manifest))
                for member, content in members.items():
                    add(archive, member, content)
    except MemoryError:
        raise ProjectError(
            tr("{name} cannot be written: memory is full; close other programs.").format(name=name)
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProjectError(
            tr("{name} cannot be written ({reason}); save it to another folder.").format(
                name=name, reason=reason
            )
        ) from None
    return link if photo is None else replace(link, inside=target.absolute())


def read_project(path: Path, *, parts: Path | None = None) -> Loaded:
    """Reads the project at `path` and its photo, as if somebody else had written it.

    Raises ProjectError, and PhotoError when the photo cannot be read; one sentence says what to do.
    """
    name = display_name(path)
    try:
        with open_members(path) as members, tempfile.TemporaryDirectory(prefix="fxdiffuse-") as folder:
            manifest = _manifest(members, name)
            photo, link, notices = read_kept_photo(
                members, manifest.link, manifest.relative, path, parts, Path(folder)
            )
            masks = _read_masks(members, manifest, (photo.height, photo.width), name)
            references = _read_references(members, manifest, parts, name)
    except MemoryError:
        raise ProjectError(
            tr("{name} does not fit into memory; close other programs.").format(name=name)
        ) from None
    except OSError as error:
        raise ProjectError(
            tr("{name} cannot be read ({reason}); try again.").format(
                name=name, reason=error.strerror or error
            )
        ) from None
    states = [with_pictures(entry, masks, references) for entry in manifest.states]
    snapshots = [
        Snapshot(entry.name, state) for entry, state in zip(manifest.states[1:], states[1:], strict=True)
    ]
    saved_as = manifest.path if parts is not None else path.absolute()
    return Loaded(Project(photo, link, states[0], tuple(snapshots), saved_as, manifest.model), notices)


def read_kept_pictures(path: Path) -> KeptPictures:
    """What the project at `path` keeps besides its photo, which need not be there. Raises ProjectError."""
    name = display_name(path)
    try:
        with open_members(path) as members:
            manifest = _manifest(members, name)
            masks = _read_masks(members, manifest, (manifest.link.height, manifest.link.width), name)
            references = _read_references(members, manifest, None, name)
    except MemoryError:
        raise ProjectError(f"{name} does not fit into memory; close other programs.") from None
    except OSError as error:
        raise ProjectError(f"{name} cannot be read ({error.strerror or error}); try again.") from None
    return KeptPictures(tuple(masks.values()), tuple(references.values()))


def check_project(path: Path, *, parts: Path | None = None) -> Manifest:
    """Reads all of the project at `path` but its photo; nothing is decoded. Raises ProjectError."""
    name = display_name(path)
    try:
        with open_members(path) as members:
            manifest = _manifest(members, name)
            for number in manifest.masks:
                members.read(f"mask-{number}")
            for number, entry in enumerate(manifest.references):
                if parts is None:
                    members.read(f"reference-{number}")
                elif not (parts / entry.sha256).is_file():
                    raise damaged(name, tr("a reference is missing"))
    except OSError as error:
        raise ProjectError(
            tr("{name} cannot be read ({reason}); try again.").format(
                name=name, reason=error.strerror or error
            )
        ) from None
    return manifest


def _write_part(target: Path, content: bytes | Path) -> None:
    if not target.exists():
        with atomic_path(target) as temporary:
            if isinstance(content, bytes):
                temporary.write_bytes(content)
            else:
                shutil.copyfile(content, temporary)


def _manifest(members: Members, name: str) -> Manifest:
    try:
        return read_manifest(Fields.parse(members.read(MANIFEST)))
    except NewerVersionError as newer:
        raise ProjectError(
            tr("{name} was made by a newer fxdiffuse ({newer}); update the program to open it.").format(
                name=name, newer=newer
            )
        ) from None
    except FieldError as error:
        raise damaged(name, str(error)) from None


def _read_masks(
    members: Members, manifest: Manifest, shape: tuple[int, int], name: str
) -> dict[int, MaskImage]:
    if len(manifest.masks) * shape[0] * shape[1] > 2 * MAX_MASK_PIXELS:
        raise damaged(name, tr("it unpacks to too much"))
    try:
        return {number: mask_from_png(members.read(f"mask-{number}"), shape) for number in manifest.masks}
    except ProjectError:
        raise
    except ValueError as error:
        raise damaged(name, str(error)) from None


def _read_references(
    members: Members, manifest: Manifest, parts: Path | None, name: str
) -> dict[int, Reference]:
    references: dict[int, Reference] = {}
    pixels = 0
    for number, entry in enumerate(manifest.references):
        references[number] = _read_reference(members, entry, number, parts, name)
        pixels += references[number].pixels.shape[0] * references[number].pixels.shape[1]
        if pixels > 2 * MAX_REFERENCE_PIXELS:
            raise damaged(name, tr("it unpacks to too much"))
    return references


def _read_reference(
    members: Members, entry: ReferenceEntry, number: int, parts: Path | None, name: str
) -> Reference:
    data = members.read(f"reference-{number}") if parts is None else (parts / entry.sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise damaged(name, tr("a reference in it is not the right one"))
    try:
        pixels = pixels_of(data)
    except PhotoError:
        raise damaged(name, tr("a reference in it cannot be read")) from None
    path = entry.path if entry.path is not None and is_file(entry.path) else None
    return Reference(entry.name, path, pixels, image_hash(pixels) or "")
