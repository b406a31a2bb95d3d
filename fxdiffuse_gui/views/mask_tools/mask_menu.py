"""The Mask menu: the tools, the tip of the brush, and commands for the whole mask."""

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool
from fxdiffuse_gui.views.mask_tools.mask_tools import MaskTools
from fxdiffuse_gui.views.widgets.actions import Actions, Entry, Keys, Slot


def add_mask_menu(actions: Actions, session: Session, brush: Brush, tools: MaskTools) -> None:
    """Adds the menu to the menu bar. `tools` know by how much a mask is grown or feathered."""

    def entry(name: str, text: str, slot: Slot, keys: Keys = None, icon: str | None = None) -> Entry:
        return Entry(name, text, slot, keys, icon, needs_photo=True)

    def tool(which: Tool, text: str, key: str) -> Entry:
        return entry(which.value, text, lambda: brush.toggle_tool(which), key, which.value)

    actions.menu(
        tr("&Mask"),
        [
            tool(Tool.BRUSH, tr("&Brush"), "B"),
            entry("eraser", tr("&Eraser"), brush.toggle_eraser, "E", "eraser"),
            tool(Tool.LASSO, tr("&Lasso"), "L"),
            tool(Tool.POLYGON, tr("&Polygon"), "P"),
            tool(Tool.RECTANGLE, tr("&Rectangle"), "M"),
            entry("move", tr("&Move tool"), lambda: brush.set_tool(Tool.MOVE), "V"),
            None,
            Entry("larger", tr("Larger brush"), lambda: brush.step_size(1), "]"),
            Entry("smaller", tr("Smaller brush"), lambda: brush.step_size(-1), "["),
            # No second key such as `{`: where Shift+[ types `{`, Qt calls the two ambiguous.
            Entry("harder", tr("Harder brush"), lambda: brush.step_hardness(1), "Shift+]"),
            Entry("softer", tr("Softer brush"), lambda: brush.step_hardness(-1), "Shift+["),
            Entry(
                "pressure",
                tr("Pen pressure sets the si&ze"),
                lambda: brush.set_uses_pressure(not brush.uses_pressure),
                checkable=True,
            ),
            None,
            Entry(
                "show_mask",
                tr("&Keep mask in sight"),
                lambda: brush.pin_mask(not brush.is_mask_pinned),
                "O",
                "eye",
            ),
            None,
            entry("fill_mask", tr("Paint over &all"), session.mask.fill, None, "fill"),
            entry("invert", tr("&Invert mask"), session.mask.invert, "Ctrl+I", "invert"),
            entry("clear", tr("&Clear mask"), session.mask.clear, "Ctrl+Backspace", "clear"),
            None,
            entry("grow", tr("&Grow mask"), tools.grow_mask, None, "grow"),
            entry("shrink", tr("&Shrink mask"), tools.shrink_mask, None, "shrink"),
            entry("feather", tr("&Feather mask inward"), tools.feather_mask, None, "feather"),
            entry("feather_across", tr("Feather mask &to both sides"), tools.feather_mask_across),
            None,
            entry("load_mask", tr("L&oad mask…"), tools.choose_mask, None, "folder"),
            entry("save_mask", tr("Sa&ve mask…"), tools.save_mask, None, "save"),
        ],
    )
    actions["pressure"].setChecked(brush.uses_pressure)
