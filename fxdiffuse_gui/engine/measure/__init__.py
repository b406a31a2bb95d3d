"""How much of an effect a picture shows: estimators that invert the reference operators.

`pairs` and `motion` compare a photo with its edit; `blind` looks at one photo alone,
`rough` guesses where that is not enough, `match` puts both together; `got` tells the effects
of an edit apart.
"""

from fxdiffuse_gui.engine.measure.blind import BlindBlur, BlindGrain, blind_blur, blind_grain
from fxdiffuse_gui.engine.measure.got import measured_strengths
from fxdiffuse_gui.engine.measure.grain import grain_radius, grain_statistics
from fxdiffuse_gui.engine.measure.match import estimate_look
from fxdiffuse_gui.engine.measure.motion import blur_extent, blur_path
from fxdiffuse_gui.engine.measure.pairs import color_strength, linear_fit, sharpen_amount

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
