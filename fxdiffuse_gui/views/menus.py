"""The menus of the main window: what there is, under which name and key."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from fxdiffuse_gui.views.actions import Actions, Entry
from fxdiffuse_gui.views.brush import Tool
from fxdiffuse_gui.views.help import show_about, show_keys

if TYPE_CHECKING:
    from fxdiffuse_gui.views.main_window import MainWindow

_PLUS = ("+", "=", "Ctrl++", "Ctrl+=")
_MINUS = ("-", "Ctrl+-")
Standard = QKeySequence.StandardKey


def build_menus(window: "MainWindow") -> Actions:
    """Fills the menu bar of `window`."""
    actions = Actions(window, window.menuBar())
    _file(window, actions)
    _edit(window, actions)
    _mask(window, actions)
    _view(window, actions)
    actions.menu(
        "&Help",
        [
            Entry("keys", "&Keyboard shortcuts", lambda: show_keys(window, actions), ("F1", "?")),
            Entry("about", "&About fxdiffuse", lambda: show_about(window)),
        ],
    )
    return actions


def _file(window: "MainWindow", actions: Actions) -> None:
    documents, settings = window.documents, window.settings
    recent = QMenu("Open &recent", window)
    recent.aboutToShow.connect(lambda: _fill_recent(window, recent))
    actions.menu(
        "&File",
        [
            Entry("open", "&Open…", documents.open_dialog, Standard.Open, "open"),
            recent,
            Entry("paste", "&Paste picture", documents.paste, Standard.Paste),
            None,
            Entry("save", "&Save project", documents.save, Standard.Save, needs_photo=True),
            Entry("save_as", "S&ave project as…", documents.save_as, "Ctrl+Shift+S", needs_photo=True),
            Entry(
                "keep_photo",
                "&Keep photo in project",
                lambda: settings.set_keeps_photo(actions["keep_photo"].isChecked()),
                checkable=True,
            ),
            None,
            Entry("export", "&Export…", documents.export_dialog, "Ctrl+E", "export", needs_photo=True),
            None,
            Entry("quit", "&Quit", window.close, "Ctrl+Q"),
        ],
    )
    actions["keep_photo"].setChecked(settings.keeps_photo)


def _fill_recent(window: "MainWindow", menu: QMenu) -> None:
    menu.clear()
    paths = window.settings.recent
    for number, path in enumerate(paths, 1):
        # An ampersand in a file name is not a mnemonic.
        name = path.name.replace("&", "&&")
        action = menu.addAction(f"&{number}  {name}" if number < 10 else name)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _=False, path=path: window.open(path))
    if paths:
        menu.addSeparator()
        menu.addAction("&Clear the list").triggered.connect(window.settings.clear_recent)
    else:
        menu.addAction("Nothing yet").setEnabled(False)


def _edit(window: "MainWindow", actions: Actions) -> None:
    session, presets = window.session, window.presets
    undo = session.undo_stack.createUndoAction(window, "&Undo")
    redo = session.undo_stack.createRedoAction(window, "&Redo")
    actions.menu(
        "&Edit",
        [
            actions.take("undo", undo, Standard.Undo, "undo"),
            actions.take("redo", redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            Entry("snapshot", "Take s&napshot", session.take_snapshot, "Ctrl+Shift+N", needs_photo=True),
            Entry("copy_settings", "&Copy settings", presets.copy_settings, "Ctrl+Shift+C"),
            Entry("paste_settings", "&Paste settings", presets.paste_settings, "Ctrl+Shift+V"),
            presets,
            None,
            Entry("reroll", "Another &seed", session.reroll_seed, "Ctrl+R", "dice"),
            Entry("reset", "Reset &all", session.reset_all, "Ctrl+Shift+R", "reset"),
            None,
            Entry("cancel", "&Stop computing", lambda: _cancel(window), "Esc"),
            Entry("refresh", "Compute a&gain", session.refresh, "F5", needs_photo=True),
        ],
    )


def _cancel(window: "MainWindow") -> None:
    """Esc takes back the stroke that is being painted, else it stops what is computed."""
    if not window.canvas.drop_stroke():
        window.session.cancel()


def _mask(window: "MainWindow", actions: Actions) -> None:
    session, brush = window.session, window.brush

    def toggle(tool: Tool) -> None:
        brush.set_tool(Tool.MOVE if brush.tool is tool else tool)

    actions.menu(
        "&Mask",
        [
            Entry("brush", "&Brush", lambda: toggle(Tool.BRUSH), "B", "brush", needs_photo=True),
            Entry("eraser", "&Eraser", brush.toggle_eraser, "E", "eraser", needs_photo=True),
            Entry("move", "&Move tool", lambda: brush.set_tool(Tool.MOVE), "V", needs_photo=True),
            Entry("larger", "&Larger brush", lambda: brush.step_size(1), "]"),
            Entry("smaller", "&Smaller brush", lambda: brush.step_size(-1), "["),
            None,
            Entry(
                "show_mask",
                "&Keep mask in sight",
                lambda: brush.pin_mask(not brush.is_mask_pinned),
                "O",
                "eye",
            ),
            Entry("invert", "&Invert mask", session.invert_mask, "Ctrl+I", "invert", needs_photo=True),
            Entry("clear", "&Clear mask", session.clear_mask, "Ctrl+Backspace", "clear", needs_photo=True),
            Entry(
                "load_mask", "L&oad mask…", window.mask_tools.choose_mask, None, "folder", needs_photo=True
            ),
        ],
    )


def _view(window: "MainWindow", actions: Actions) -> None:
    canvas = window.canvas
    compare = Entry(
        "compare",
        "&Compare with original",
        lambda: canvas.set_comparing(actions["compare"].isChecked()),
        "Ctrl+\\",
        "compare",
        checkable=True,
        needs_photo=True,
    )
    docks = [dock.toggleViewAction() for dock in window.docks.values()]
    actions.menu(
        "&View",
        [
            Entry("fit", "&Fit", canvas.fit, ("F", "Ctrl+0"), "fit", needs_photo=True),
            Entry("100", "&100 %", lambda: canvas.zoom_to(1.0), "Ctrl+1", "one-to-one", needs_photo=True),
            Entry("200", "&200 %", lambda: canvas.zoom_to(2.0), "Ctrl+2", needs_photo=True),
            Entry("in", "Zoom &in", canvas.zoom_in, _PLUS, "zoom-in", needs_photo=True),
            Entry("out", "Zoom &out", canvas.zoom_out, _MINUS, "zoom-out", needs_photo=True),
            None,
            compare,
            None,
            *docks,
        ],
    )
    canvas.compare_changed.connect(actions["compare"].setChecked)
