"""Model files taken apart, put together, and refused."""

import json
import struct
import time
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.engine.checkpoint import ModelError, load_model

Header = dict[str, Any]


def split(data: bytes) -> tuple[Header, bytes]:
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def join(header: Header, body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def refuse(path: Path, data: bytes | None = None) -> str:
    """Asserts that loading fails as it should; returns the message."""
    if data is not None:
        path.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        load_model(path, "cpu")
    assert time.monotonic() - started < 1.0
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert len(message) < 300
    return message
