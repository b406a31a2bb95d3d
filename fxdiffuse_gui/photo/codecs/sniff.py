"""Says what a file is by its first bytes, before any decoder touches it."""

import stat
from pathlib import Path

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.photo.image import PhotoError

_HEAD = 64

RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mos", ".mrw", ".nef", ".nrw",
    ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw", ".x3f",
})  # fmt: skip

PHOTO_SUFFIXES = RAW_SUFFIXES | {
    ".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".jxl", ".png", ".tif", ".tiff", ".webp",
}  # fmt: skip
"""What marks a file as a photo before anyone looks inside; whether it can be opened shows then."""

_READABLE = Message("JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP or camera RAW")


def sniff_format(path: Path) -> str:
    """The format of the picture at `path`: as OpenImageIO names it, or "avif", "heic", "raw".

    The content decides. Only where RAW files have nothing of their own to be told by, most being a kind of
    TIFF, one of `RAW_SUFFIXES` does.

    Raises PhotoError when nothing is there, it is no regular file, it cannot be read, it is empty, or its
    first bytes belong to no format that is read here.
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
        reason = getattr(error, "strerror", None) or Message("the path is not valid")
        raise PhotoError(
            "{name} cannot be opened ({reason}); check the path.", name=name, reason=reason
        ) from None


def _match(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _match_brands(head)
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else None
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def _match_brands(head: bytes) -> str | None:
    """The kind of an ISO media file by its brands; the general ones leave it to those that follow."""
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
