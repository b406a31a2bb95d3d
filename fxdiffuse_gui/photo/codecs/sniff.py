"""Detects the format of a file by its first bytes, before any decoder reads it."""

import stat
from pathlib import Path

from fxdiffuse_gui.core.errors import os_reason
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.photo.formats import RAW_SUFFIXES
from fxdiffuse_gui.photo.image import PhotoError

_HEAD = 64

_READABLE = Message("JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP or camera RAW")


def sniff_format(path: Path) -> str:
    """The format of the picture at `path`: as OpenImageIO names it, or "avif", "heic", "raw".

    The content decides. Most RAW files are a kind of TIFF without a signature of their own; one of
    `RAW_SUFFIXES` marks these.

    Raises PhotoError when the file is missing, is no regular file, cannot be read, is empty, or has a format
    that is not supported.
    """
    head = _read_head(path)
    name = display_name(path)
    if not head:
        raise PhotoError("{name} is empty (0 bytes); copy it again from where it came from.", name=name)
    found = _match(head)
    if path.suffix.lower() in RAW_SUFFIXES and found in (None, "tiff"):
        return "raw"
    if found is None:
        raise PhotoError(
            "{name} is not a picture that can be read; choose a {readable} file.",
            name=name,
            readable=_READABLE,
        )
    return found


def _read_head(path: Path) -> bytes:
    name = display_name(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise PhotoError("{name} is a folder; choose a picture inside it.", name=name)
        if not stat.S_ISREG(mode):
            raise PhotoError("{name} is not a regular file; choose a picture file.", name=name)
        with path.open("rb") as file:
            return file.read(_HEAD)
    except PhotoError:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise PhotoError("{name} does not exist; check the path.", name=name) from None
    except PermissionError:
        raise PhotoError("{name} may not be read; check its permissions.", name=name) from None
    except (OSError, ValueError) as error:
        raise PhotoError(
            "{name} cannot be opened ({reason}); check the path.", name=name, reason=os_reason(error)
        ) from None


def _match(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _match_brands(head)
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else None
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def _match_brands(head: bytes) -> str | None:
    """The format of an ISO media file by its brands; a general major brand defers to the compatible ones."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[start : start + 4] for start in range(16, size - 3, 4))]
    known = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    return known[0] if known else "heic" if brands[0] in (b"mif1", b"msf1") else None


_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "avif"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "heic"),
    b"crx ": "raw",
}

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
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"II\x1a\0\0\0HEAPCCDR", "raw"),
    (b"IIU\0", "raw"),
    (b"IIRO", "raw"),
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"\0MRM", "raw"),
    (b"FOVb", "raw"),
)
