"""Fingerprints of photos: by them a model and a pack know which photos they were made from.

A photo has two: the first 8 bytes of its file's SHA-256, and a perceptual hash of 64 bits that survives
recompression and resizing. Both are kept in packs and, packed into base64, in the cards of models.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.image import FloatImage
from trainer.data.pack import PhotoRecord
from trainer.errors import TrainerError

MAX_DISTANCE = 8
"""Perceptual hashes that differ in at most so many bits belong to the same photo.

Measured on 1,223 photographs: copies at an eighth of the size to full size and JPEG qualities of 30 to 95
differ in at most 8 bits, nearly all in at most 4; two different photographs in at least 12, and a photograph
for validation or test and one for training in at least 14.
"""

_BYTES = 8
_SIDE = 32  # px, of the reduced picture
_LISTED = 5


@dataclass(frozen=True)
class Fingerprint:
    """sha256: the first 8 bytes of the file's SHA-256. phash: the perceptual hash, 8 bytes."""

    sha256: bytes
    phash: bytes

    @classmethod
    def of(cls, sha256: str, pixels: FloatImage) -> "Fingerprint":
        """sha256: of the file, in hex. pixels: (H, W, 3) in [0, 1]."""
        return cls(bytes.fromhex(sha256)[:_BYTES], perceptual_hash(pixels))


def perceptual_hash(pixels: FloatImage) -> bytes:
    """8 bytes: which of 64 low-frequency DCT coefficients of the gray picture lie above their median.

    pixels: (H, W, 3) in [0, 1]. This is the pHash of Zauner, "Implementation and Benchmarking of Perceptual
    Image Hash Functions", 2010, without the mean: coefficient (0, 0) is replaced by (8, 0).
    """
    gray = cv2.cvtColor(np.asarray(pixels, np.float32), cv2.COLOR_RGB2GRAY)
    coefficients = cv2.dct(cv2.resize(gray, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA))
    low = coefficients[:8, :8].ravel()
    low[0] = coefficients[8, 0]
    return np.packbits(low > np.median(low)).tobytes()


class SeenPhotos:
    """The photos that a model or pack was made from.

    is_complete: False when some have no perceptual hash or are not known at all.
    """

    def __init__(
        self, sha256: Iterable[bytes] = (), phashes: Iterable[bytes] = (), *, is_complete: bool = True
    ) -> None:
        self._sha256 = sorted(set(sha256))
        self._phashes = sorted(set(phashes))
        self._bits = _bits(self._phashes)
        self.is_complete = is_complete

    @classmethod
    def of_pack(cls, photos: Iterable[PhotoRecord]) -> "SeenPhotos":
        """Those of a pack's records. Packs before format 3 have no perceptual hashes."""
        records = list(photos)
        return cls(
            [bytes.fromhex(r.sha256)[:_BYTES] for r in records if _is_hex(r.sha256)],
            [bytes.fromhex(phash) for r in records for phash in r.phashes],
            is_complete=all(r.phashes for r in records),
        )

    @classmethod
    def of_card(cls, data: Mapping[str, Any]) -> "SeenPhotos":
        """Those of a model card's `data`; models before this field was added know none."""
        try:
            entry = data["seen"]
            return cls(_unpack(entry["sha256"]), _unpack(entry["phash"]), is_complete=bool(entry["complete"]))
        except (KeyError, TypeError, ValueError):
            return cls(is_complete=False)

    def card_entry(self) -> dict[str, Any]:
        """What `of_card` reads, as JSON values: some 22 bytes per photo."""
        return {
            "sha256": _pack(self._sha256), "phash": _pack(self._phashes), "complete": self.is_complete,
        }  # fmt: skip

    def union(self, other: "SeenPhotos") -> "SeenPhotos":
        """The photos of both."""
        return SeenPhotos(
            self._sha256 + other._sha256,
            self._phashes + other._phashes,
            is_complete=self.is_complete and other.is_complete,
        )

    def contains(self, photo: Fingerprint) -> bool:
        """Whether this is one of them, by either hash."""
        if photo.sha256 in self._sha256:
            return True
        if not self._phashes:
            return False
        distances = (self._bits != _bits([photo.phash])).sum(1)
        return int(distances.min()) <= MAX_DISTANCE

    def check_held_out(self, photos: Iterable[tuple[str, Fingerprint]]) -> None:
        """Raises TrainerError, with their names, when some of `photos` are among these."""
        seen = [name for name, fingerprint in photos if self.contains(fingerprint)]
        if seen:
            more = f" and {len(seen) - _LISTED} more" if len(seen) > _LISTED else ""
            raise TrainerError(
                "Training used {names}; measure on other photos. Recompressed and resized copies count as the"
                " same photo.",
                names=", ".join(seen[:_LISTED]) + more,
            )


def _bits(hashes: list[bytes]) -> NDArray[np.uint8]:
    """(N, 64) of 0 and 1."""
    return np.unpackbits(np.frombuffer(b"".join(hashes), np.uint8)).reshape(-1, 8 * _BYTES)


def _is_hex(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)


def _pack(hashes: list[bytes]) -> str:
    return base64.b64encode(b"".join(hashes)).decode()


def _unpack(text: str) -> list[bytes]:
    data = base64.b64decode(text, validate=True)
    if len(data) % _BYTES:
        raise ValueError("length")
    return [data[i : i + _BYTES] for i in range(0, len(data), _BYTES)]
