"""Checks of the parts of fxdiffuse: the libraries, the device, the model, and a small edit with all of them.

Each check imports the libraries that it needs, so that a broken one does not stop the other checks.
"""

import importlib
import platform
import threading
import time

from fxdiffuse_gui.doctor.finding import Finding, one_line
from fxdiffuse_gui.doctor.libraries import advice_for, missing_in

LIBRARIES = {
    "PyTorch": ("torch", "torch"),
    "Qt": ("PySide6", "PySide6-Essentials"),
    "OpenCV": ("cv2", "opencv-python"),
    "OpenImageIO": ("OpenImageIO", "OpenImageIO"),
    "HEIC": ("pillow_heif", "pillow-heif"),
    "Camera RAW": ("rawpy", "rawpy"),
}
"""Name in the report → module, and the distribution that contains it."""

_TRIAL_SIDE = 64
_REINSTALL = "Install fxdiffuse again; the model comes with it."


def library(name: str) -> Finding:
    """Imports one of `LIBRARIES`."""
    module, distribution = LIBRARIES[name]
    try:
        version = str(importlib.import_module(module).__version__)
    except (ImportError, OSError) as error:
        missing = missing_in(str(error))
        reinstall = f"Install it again: pip install --force-reinstall {distribution}"
        return Finding(
            name,
            f"cannot be loaded ({one_line(error)})",
            "broken",
            advice_for(missing) if missing else reinstall,
        )
    return Finding(name, version)


def compute_device() -> Finding:
    """Computes something on the device on which edits run by default."""
    import torch

    from fxdiffuse_gui.engine.checkpoint import pick_device

    device = pick_device("auto")
    device_name = platform.processor() or platform.machine()
    try:
        if device.type == "cuda":
            device_name = torch.cuda.get_device_name(device)
        torch.ones(8, 8, device=device).matmul(torch.ones(8, 8, device=device)).sum().item()
    except RuntimeError as error:
        value = f"{device.type} ({device_name}) does not compute: {one_line(error)}"
        return Finding(
            "device", value, "broken", "Update its driver or PyTorch; edit with --device cpu until then."
        )
    return Finding("device", f"{device.type} ({device_name})")


def model() -> Finding:
    """Loads the bundled model."""
    from fxdiffuse_gui.batch.runner import load_model

    try:
        found = load_model(None, "cpu")
    except (ValueError, OSError) as error:
        return Finding("model", one_line(error), "broken", _REINSTALL)
    size = found.path.stat().st_size / 1e6
    return Finding("model", f"{found.path} ({size:.1f} MB, SHA-256 {found.digest})")


def trial_edit() -> Finding:
    """Edits a small gray picture like a photo."""
    import numpy as np

    from fxdiffuse_gui.batch.runner import edit_tiles, load_model
    from fxdiffuse_gui.engine.conditions.condition import EditCondition
    from fxdiffuse_gui.photo.image import Photo

    photo = Photo(np.full((_TRIAL_SIDE, _TRIAL_SIDE, 3), 128, np.uint8), None, 8)
    start = time.monotonic()
    found = load_model(None, "auto")
    *_, last = edit_tiles(
        photo, EditCondition(grain=0.05), found, None, None, lambda _: None, threading.Event()
    )
    seconds = time.monotonic() - start
    if not np.isfinite(last.image).all() or np.array_equal(last.image, photo.pixels):
        return Finding("trial edit", "gives no grain", "broken", _REINSTALL)
    size = f"{_TRIAL_SIDE} × {_TRIAL_SIDE} pixels"
    return Finding("trial edit", f"grain on {size} in {seconds:.1f} s, loading of the model included")
