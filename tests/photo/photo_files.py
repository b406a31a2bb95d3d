"""Small picture files built by hand, so that every odd case is exact."""

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813
from numpy.typing import NDArray
from PIL import ImageCms

from fxdiffuse_gui.photo.codecs.segments import EXIF_MARK
from fxdiffuse_gui.photo.image import Metadata, Photo
from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.metadata.exif import Entry

XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6" '
    b'own:unknown="kept"/></x:xmpmeta><?xpacket end="w"?>'
)
IPTC = b"\x1c\x02\x78\x00\x07Caption"


def random_samples(height: int, width: int, dtype: Any = np.uint8, channels: int = 3) -> NDArray[Any]:
    top = np.iinfo(dtype).max
    return np.random.default_rng(7).integers(0, top, (height, width, channels), dtype=dtype, endpoint=True)


def photo_of(samples: NDArray[Any], metadata: Metadata | None = None) -> Photo:
    return Photo(samples[..., :3], None, samples.itemsize * 8, metadata=metadata or Metadata())


def save(path: Path, samples: NDArray[Any], **attributes: Any) -> Path:
    """Writes samples with OpenImageIO alone, as the format of the suffix."""
    height, width, channels = samples.shape
    spec = oiio.ImageSpec(width, height, channels, str(samples.dtype).removesuffix("32"))
    for name, value in attributes.items():
        spec.attribute(name.replace("__", ":"), value)
    if channels in (2, 4):
        spec.alpha_channel = channels - 1
        spec.attribute("oiio:UnassociatedAlpha", 1)
    output = oiio.ImageOutput.create(path.suffix[1:])
    assert output is not None and output.open(str(path), spec), oiio.geterror()
    assert output.write_image(samples) and output.close()
    return path


def load(path: Path) -> NDArray[Any]:
    """Reads samples with OpenImageIO alone."""
    source = oiio.ImageInput.open(str(path))
    assert source is not None, oiio.geterror()
    samples = source.read_image(0, 0, 0, source.spec().nchannels, source.spec().format)
    source.close()
    assert samples is not None
    return samples


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, depth: int, color: int, rows: bytes, extra: bytes = b"") -> bytes:
    """A PNG file with these header values, whatever the rows really hold."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra + body


def exif_block(orientation: int, order: str = "<") -> bytes:
    """An EXIF block with a camera, an ISO value, a maker note, a place and that orientation."""
    tree = {
        0: {
            271: Entry(2, 6, b"Maker\0"),
            274: Entry(3, 1, orientation.to_bytes(2, "little")),
        },
        exif.EXIF_POINTER: {
            34855: Entry(3, 1, (400).to_bytes(2, "little")),
            37500: Entry(7, 10, b"maker note"),
            0xA002: Entry(4, 1, (99).to_bytes(4, "little")),
        },
        exif.GPS_POINTER: {2: Entry(5, 3, struct.pack("<6I", 48, 1, 8, 1, 123, 10))},
    }
    body, first = exif.serialize(tree, 8, order)
    return (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", first) + body


def with_exif(jpeg: Path, block: bytes) -> Path:
    """Puts an EXIF segment into a JPEG file."""
    data = jpeg.read_bytes()
    payload = EXIF_MARK + block
    jpeg.write_bytes(data[:2] + struct.pack(">HH", 0xFFE1, len(payload) + 2) + payload + data[2:])
    return jpeg


def rgb_profile(size: int = 600) -> bytes:
    """Bytes that look like an RGB profile to everyone who only checks its header."""
    profile = bytearray(size)
    profile[0:4] = struct.pack(">I", size)
    profile[8:12] = b"\x02\x10\0\0"
    profile[12:24] = b"mntrRGB XYZ "
    profile[36:40] = b"acsp"
    profile[68:80] = struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    return bytes(profile)


def foreign_srgb() -> bytes:
    """An sRGB profile of another program: version 2 with sampled curves, unlike ours."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
