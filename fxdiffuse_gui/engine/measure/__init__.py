"""Estimators that invert the reference operators: how strong an effect is in a photo.

`pairs` and `grain` compare a photo with its edit; `blind` and `rough` look at one photo alone, `match` joins
both; `measured_strength` separates the effects of one edit. May import `effects` and `conditions`.
"""

from fxdiffuse_gui.engine.measure.blind import BlindBlur, BlindGrain, blind_blur, blind_grain
from fxdiffuse_gui.engine.measure.grain import grain_radius, grain_statistics
from fxdiffuse_gui.engine.measure.match import estimate_look
from fxdiffuse_gui.engine.measure.measured_strength import measured_strengths
from fxdiffuse_gui.engine.measure.pairs import (
    blur_extent,
    blur_path,
    color_strength,
    linear_fit,
    sharpen_amount,
)

__all__ = [
    "BlindBlur",
    "BlindGrain",
    "blind_blur",
    "blind_grain",
    "blur_extent",
    "blur_path",
    "color_strength",
    "estimate_look",
    "grain_radius",
    "grain_statistics",
    "linear_fit",
    "measured_strengths",
    "sharpen_amount",
]
