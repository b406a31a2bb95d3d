"""The photo of a project: which bytes the file keeps, and where the photo is read from when it is opened."""

import hashlib
import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.archive import PHOTO, Members, ProjectError, damaged, open_members
from fxdiffuse_gui.document.photo_link import PhotoLink, find_photo, not_found
from fxdiffuse_gui.document.picture_bytes import Encoded, photo_to_png
from fxdiffuse_gui.photo.image import Photo

SUFFIX = ".fxd"


def photo_to_keep(
    link: PhotoLink,
    photo: Photo,
    temporary: ExitStack,
    encoded: Encoded,
    *,
    with_photo: bool,
    parts: Path | None,
) -> tuple[PhotoLink, bytes | Path | None]:
    """The link to save, and the bytes of the photo (or a file of them) when the project has to keep them.

    It keeps them `with_photo`, and when the photo's own file is gone. `parts` is a folder that may have them
    already. They are the file's own bytes where these can be read; else the photo is encoded again, as a PNG
    with the same samples. Temporary files are removed when `temporary` closes. Raises OSError, PhotoError.
    """
    if link.path is not None:
        if link.is_in_place and not with_photo:
            return link, None
        if parts is not None and (parts / link.sha256).is_file():
            return link, None
        if _is_unchanged(link, link.path):
            return link, link.path
        if link.inside is not None:
            folder = temporary.enter_context(tempfile.TemporaryDirectory(prefix="fxdiffuse-"))
            extracted = Path(folder) / "photo"
            if _extract(link, link.inside, extracted):
                return link, extracted
    data = encoded.bytes_of(photo, photo_to_png)
    return replace(link, sha256=hashlib.sha256(data).hexdigest(), size=len(data)), data


def read_kept_photo(
    members: Members, link: PhotoLink, relative: Path | None, path: Path, parts: Path | None, folder: Path
) -> tuple[Photo, PhotoLink, tuple[Message, ...]]:
    """The photo of the project at `path`, the link to it as it is now, and notices for the artist.

    Its own file is preferred, then the bytes in the project or in `parts`, then a file of the same name and
    size with other content. Raises ProjectError, PhotoError, OSError.
    """
    from fxdiffuse_gui.photo.reader import read_photo

    name = display_name(path)
    found, matches = find_photo(link, relative, path)
    embedded = None if matches else _embedded_photo(members, link, path, parts, folder)
    if found is not None and matches:
        inside = path.absolute() if PHOTO in members else None
        link = replace(link, path=found.absolute(), name=found.name, inside=inside)
        return _checked_size(read_photo(found), link, name), link, ()
    if embedded is not None:
        # Where the photo would be: an export is offered there, under the photo's name.
        place = link.path if link.path is None or parts is not None else path.absolute().parent / link.name
        link = replace(link, path=place, inside=path.absolute() if parts is None else parts / link.sha256)
        return replace(_checked_size(read_photo(embedded), link, name), path=place), link, ()
    if found is None:
        raise not_found(link, path if parts is None else None)
    photo = _checked_size(read_photo(found), link, name)
    notice = Message(
        "{photo} is not the file that {name} was made with; check that it is the right one.",
        {"photo": display_name(found), "name": name},
    )
    return photo, PhotoLink.of_file(found, photo), (notice,)


def _extract(link: PhotoLink, source: Path, target: Path) -> bool:
    """Copies the photo's bytes from the project or file `source` to `target`; False when it has others."""
    try:
        if source.suffix.lower() == SUFFIX:
            with open_members(source) as members, target.open("wb") as file:
                members.copy(PHOTO, file)
        else:
            shutil.copyfile(source, target)
    except (ProjectError, OSError):
        return False
    return _is_unchanged(link, target)


def _embedded_photo(
    members: Members, link: PhotoLink, path: Path, parts: Path | None, folder: Path
) -> Path | None:
    """A file of the photo's own bytes, from the project or from a journal's `parts`; None without them."""
    target = folder / "photo"
    if parts is not None:
        if not (parts / link.sha256).is_file():
            return None
        shutil.copyfile(parts / link.sha256, target)
    elif PHOTO in members:
        with target.open("wb") as file:
            members.copy(PHOTO, file)
    else:
        return None
    if not _is_unchanged(link, target):
        raise damaged(display_name(path), Message("the photo in it is not the right one"))
    return target


def _checked_size(photo: Photo, link: PhotoLink, name: str) -> Photo:
    if (photo.width, photo.height) != (link.width, link.height):
        raise ProjectError(
            "{photo} is {size} pixels but {name} was made for {wanted}; put the photo "
            "back that it was made for.",
            photo=link.shown_name,
            size=f"{photo.width} × {photo.height}",
            name=name,
            wanted=f"{link.width} × {link.height}",
        )
    return photo


def _is_unchanged(link: PhotoLink, path: Path) -> bool:
    with suppress(OSError):
        return file_sha256(path) == (link.sha256, link.size)
    return False
