"""Which attributes of a file travel with the photo, and what is true of them after an edit."""

import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.photo.image import Metadata

# Attributes that describe how the source file was stored, not the photo: the writer decides those anew.
_STORAGE_PREFIXES = (
    "oiio:",
    "tiff:",
    "jpeg:",
    "png:",
    "webp:",
    "gif:",
    "bmp:",
    "heif:",
    "jpegxl:",
    "ICCProfile",
)
_STORAGE = frozenset({
    "Orientation", "planarconfig", "compression", "CompressionQuality", "FramesPerSecond", "CICP",
    "Exif:YCbCrSubsampling", "Exif:YCbCrPositioning",
    "thumbnail_width", "thumbnail_height", "thumbnail_nchannels", "thumbnail_image",
})  # fmt: skip


def read_metadata(spec: oiio.ImageSpec) -> Metadata:
    """EXIF, IPTC, XMP and text attributes of a decoded file, without its orientation and storage details."""
    kept: dict[str, tuple[str, object]] = {}
    for attribute in spec.extra_attribs:
        name = attribute.name
        if name not in _STORAGE and not name.startswith(_STORAGE_PREFIXES):
            kept[name] = (str(attribute.type), attribute.value)
    return kept


def read_icc_profile(spec: oiio.ImageSpec) -> bytes | None:
    """The embedded profile when it describes RGB; a gray or CMYK one would be wrong for expanded samples."""
    value = spec.getattribute("ICCProfile")
    if value is None:
        return None
    profile = bytes(value)
    return profile if profile[16:20] == b"RGB " and profile[36:40] == b"acsp" else None


def apply_metadata(spec: oiio.ImageSpec, metadata: Metadata) -> None:
    """Puts the kept attributes on the header of a file to be written; its picture is upright."""
    for name, (kind, value) in metadata.items():
        spec.attribute(name, kind, value)
    spec.attribute("Orientation", 1)
    for name, size in (("Exif:PixelXDimension", spec.width), ("Exif:PixelYDimension", spec.height)):
        if name in metadata:
            spec.attribute(name, size)
