"""`MaskEditor`: the mask on one canvas: what is painted, the tools that paint, and how it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QRect

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.mask_overlay import MaskOverlay
from fxdiffuse_gui.views.canvas.shape_tool import ShapeTool
from fxdiffuse_gui.views.canvas.stroke_tool import StrokeTool
from fxdiffuse_gui.views.canvas.view_transform import CanvasState
from fxdiffuse_gui.views.mask_tools.brush import Brush

BRUSH_SHARE = 0.06
"""A new photo's brush, as a share of its shorter side."""


class MaskEditor:
    """Puts the parts together; `update` repaints a part of the canvas."""

    def __init__(
        self, session: Session, brush: Brush, state: CanvasState, update: Callable[[QRect], None]
    ) -> None:
        self._brush = brush
        self._layer = MaskLayer()
        self.stroke = StrokeTool(session, brush, self._layer, state, update)
        self.shape = ShapeTool(session, brush, self._layer, state, update)
        self.overlay = MaskOverlay(session, brush, self._layer, self.stroke, self.shape, state)

    def begin(self, photo: Photo) -> None:
        """Another photo: an empty mask of its size, and a brush that fits it."""
        self._layer.begin(photo.width, photo.height)
        self.stroke.begin_photo()
        self.shape.cancel()
        self._brush.set_size(max(8, round(min(photo.width, photo.height) * BRUSH_SHARE)))

    def cancel(self) -> bool:
        """Takes back the stroke or outline that is being drawn; False when there is none."""
        for tool in (self.stroke, self.shape):
            if tool.is_active:
                tool.cancel()
                return True
        return False

    def follow_brush(self) -> None:
        """The brush has changed: another tool drops the outline; the tint takes its color."""
        self.shape.keep_for(self._brush.tool)
        self._layer.set_color(self._brush.overlay)
