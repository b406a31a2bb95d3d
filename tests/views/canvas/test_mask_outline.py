"""The dashed line around the mask."""

import numpy as np
import pytest

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.views.canvas.mask_overlay import MaskOutline
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_outline_runs_around_what_is_painted(ratio: float) -> None:
    view = ViewTransform()
    view.set_view(100, 80, ratio)
    view.set_photo(100, 80)
    view.zoom_to(ratio)
    mask = np.zeros((80, 100), np.uint8)
    mask[Region(20, 30, 40, 20).slices] = 255
    image = MaskOutline().image(mask, view)
    assert (image.width(), image.height()) == (100 * ratio, 80 * ratio)

    def is_drawn(x: float, y: float) -> bool:
        return image.pixelColor(int(x * ratio), int(y * ratio)).alpha() > 0

    assert is_drawn(20, 40) and is_drawn(60, 40) and is_drawn(40, 30) and is_drawn(40, 50)
    assert not is_drawn(40, 40) and not is_drawn(10, 10)


def test_the_outline_is_traced_anew_only_for_another_mask_or_view() -> None:
    view = ViewTransform()
    view.set_view(50, 50, 1.0)
    view.set_photo(50, 50)
    outline, mask = MaskOutline(), np.zeros((50, 50), np.uint8)
    first = outline.image(mask, view)
    assert outline.image(mask, view) is first
    assert outline.image(mask.copy(), view) is not first
    view.zoom_to(2.0)
    assert outline.image(mask, view).cacheKey() != first.cacheKey()
