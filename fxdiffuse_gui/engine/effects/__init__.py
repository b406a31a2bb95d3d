"""The five effects as reference operators: pure, batched torch functions on any device.

Images are (B, 3 or 1, H, W), sRGB-encoded, in [0, 1]; parameters are floats or tensors of length B. The same
code makes training data, ground truth and proxy previews. May import `conditions` and `core`.
"""

from fxdiffuse_gui.engine.effects.blur import motion_blur, trajectory_blur
from fxdiffuse_gui.engine.effects.color import color_transfer, lab_statistics
from fxdiffuse_gui.engine.effects.color_levels import color_transfer_levels
from fxdiffuse_gui.engine.effects.compose import compose
from fxdiffuse_gui.engine.effects.fill import bridge_hole, nearest_known
from fxdiffuse_gui.engine.effects.grain import film_grain
from fxdiffuse_gui.engine.effects.masks import artist_mask, free_form_mask
from fxdiffuse_gui.engine.effects.sharpen import unsharp_mask

__all__ = [
    "artist_mask",
    "bridge_hole",
    "color_transfer",
    "color_transfer_levels",
    "compose",
    "film_grain",
    "free_form_mask",
    "lab_statistics",
    "motion_blur",
    "nearest_known",
    "trajectory_blur",
    "unsharp_mask",
]
