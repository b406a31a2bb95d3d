"""Project files (`.fxd`): a zip of a manifest, the masks, the references and, on request, the photo.

A crash journal is the same without what rarely changes: references and photo are files of their own, in the
folder `parts`, named by their SHA-256 and written once.
"""

import hashlib
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.core.strict_json import to_json
from fxdiffuse_gui.document.archive import (
    MANIFEST,
    PHOTO,
    ProjectError,
    add,
    cannot_be_read,
    damaged,
    new_archive,
    open_members,
)
from fxdiffuse_gui.document.embedded_photo import SUFFIX, photo_to_keep, read_kept_photo
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.picture_bytes import Encoded, mask_to_png, reference_to_bytes
from fxdiffuse_gui.document.project import Manifest, Project, manifest_of, with_pictures
from fxdiffuse_gui.document.project_pictures import (
    manifest_in,
    memory_is_full,
    read_masks,
    read_references,
)
from fxdiffuse_gui.document.snapshots import Snapshot

__all__ = ["SUFFIX", "Loaded", "check_project", "read_project", "write_project"]


@dataclass(frozen=True, eq=False)
class Loaded:
    """A project that has been read; `notices` are sentences for the artist."""

    project: Project
    notices: tuple[Message, ...] = ()


def write_project(
    target: Path,
    project: Project,
    *,
    with_photo: bool = False,
    parts: Path | None = None,
    encoded: Encoded | None = None,
) -> PhotoLink:
    """Writes `project` to `target`, atomically, and returns the link to its photo as it is from now on.

    The photo goes into the file `with_photo`, and when its own file is gone. `encoded` keeps what pictures
    are as bytes from one save to the next. Raises ProjectError or PhotoError; then `target` is unchanged.
    """
    name, encoded = display_name(target), encoded or Encoded()
    try:
        masks = [encoded.bytes_of(mask, mask_to_png) for mask in project.masks]
        references = [encoded.bytes_of(one, reference_to_bytes) for one in project.references]
        hashes = [hashlib.sha256(data).hexdigest() for data in references]
        with ExitStack() as temporary_files:
            link, photo = photo_to_keep(
                project.link, project.photo, temporary_files, encoded, with_photo=with_photo, parts=parts
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
            "{name} cannot be written: memory is full; close other programs.", name=name
        ) from None
    except OSError as error:
        raise ProjectError(
            "{name} cannot be written ({reason}); save it to another folder.",
            name=name,
            reason=error.strerror or error,
        ) from None
    return link if photo is None else replace(link, inside=target.absolute())


def read_project(path: Path, *, parts: Path | None = None) -> Loaded:
    """Reads the project at `path` and its photo; nothing in the file is trusted.

    Raises ProjectError, and PhotoError when the photo cannot be read.
    """
    name = display_name(path)
    try:
        with open_members(path) as members, tempfile.TemporaryDirectory(prefix="fxdiffuse-") as folder:
            manifest = manifest_in(members, name)
            photo, link, notices = read_kept_photo(
                members, manifest.link, manifest.relative, path, parts, Path(folder)
            )
            masks = read_masks(members, manifest, (photo.height, photo.width), name)
            references = read_references(members, manifest, parts, name)
    except MemoryError:
        raise memory_is_full(name) from None
    except OSError as error:
        raise cannot_be_read(name, error) from None
    states = [with_pictures(entry, masks, references) for entry in manifest.states]
    snapshots = [
        Snapshot(entry.name, state) for entry, state in zip(manifest.states[1:], states[1:], strict=True)
    ]
    saved_as = manifest.path if parts is not None else path.absolute()
    return Loaded(Project(photo, link, states[0], tuple(snapshots), saved_as, manifest.model), notices)


def check_project(path: Path, *, parts: Path | None = None) -> Manifest:
    """Reads all of the project at `path` except its photo, without decoding anything. Raises ProjectError."""
    name = display_name(path)
    try:
        with open_members(path) as members:
            manifest = manifest_in(members, name)
            for number in manifest.masks:
                members.read(f"mask-{number}")
            for number, entry in enumerate(manifest.references):
                if parts is None:
                    members.read(f"reference-{number}")
                elif not (parts / entry.sha256).is_file():
                    raise damaged(name, Message("a reference is missing"))
    except OSError as error:
        raise cannot_be_read(name, error) from None
    return manifest


def _write_part(target: Path, content: bytes | Path) -> None:
    if not target.exists():
        with atomic_path(target) as temporary:
            if isinstance(content, bytes):
                temporary.write_bytes(content)
            else:
                shutil.copyfile(content, temporary)
