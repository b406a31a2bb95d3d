"""Says what a file is by its first bytes, before any decoder touches it."""

import stat
from pathlib import Path

from fxdiffuse_gui.photo.image import PhotoError, display_name

_HEAD = 32

RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mos", ".mrw", ".nef", ".nrw",
    ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw", ".x3f",
})  # fmt: skip

_READABLE = "JPEG, PNG, TIFF, WebP, GIF, BMP or JPEG XL"


def sniff_format(path: Path) -> str:
    """The OpenImageIO format name of the picture at `path`, from its content and never from its suffix.

    Raises PhotoError when nothing is there, it is no regular file, it cannot be read, it is empty, or its
    first bytes belong to no format that is read here.
    """
    head = _read_head(path)
    name = display_name(path)
    if not head:
        raise PhotoError(f"{name} is empty (0 bytes); copy it again from where it came from.")
    if path.suffix.lower() in RAW_SUFFIXES:
        raise PhotoError(f"{name} is a camera RAW file; develop it to a TIFF or JPEG first.")
    found = _match(head)
    if found is None:
        raise PhotoError(f"{name} is not a picture that can be read; choose a {_READABLE} file.")
    return found


def _read_head(path: Path) -> bytes:
    name = display_name(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise PhotoError(f"{name} is a folder; choose a picture inside it.")
        if not stat.S_ISREG(mode):
            raise PhotoError(f"{name} is not a regular file; choose a picture file.")
        with path.open("rb") as file:
            return file.read(_HEAD)
    except PhotoError:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise PhotoError(f"{name} does not exist; check the path.") from None
    except PermissionError:
        raise PhotoError(f"{name} may not be read; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise PhotoError(f"{name} cannot be opened ({reason}); check the path.") from None


def _match(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return "heif" if head[8:12] in _HEIF_BRANDS else None
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else None
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


_HEIF_BRANDS = frozenset({b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"\xff\x0a", "jpegxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jpegxl"),
)
