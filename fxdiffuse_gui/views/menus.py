"""The menus of the main window: what there is, under which name and key."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.actions import Actions, Entry
from fxdiffuse_gui.views.effects.bypass_keys import bypass_menu
from fxdiffuse_gui.views.help.help_dialogs import show_about, show_keys
from fxdiffuse_gui.views.help.language_menu import language_menu
from fxdiffuse_gui.views.mask_tools.mask_menu import build_mask_menu
from fxdiffuse_gui.views.reference.match_dialog import match_entry
from fxdiffuse_gui.views.style.appearance import appearance_menu

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
    build_mask_menu(window, actions)
    _view(window, actions)
    actions.menu(
        tr("&Help"),
        [
            Entry("keys", tr("&Keyboard shortcuts"), lambda: show_keys(window, actions), ("F1", "?")),
            Entry("manual", tr("&Manual"), window.manual.show_window, "Shift+F1"),
            Entry("hints", tr("Show &hints"), lambda: window.hints.begin(), needs_photo=True),  # noqa: PLW0108
            language_menu(window, window.toast.show_message),
            Entry("about", tr("&About fxdiffuse"), lambda: show_about(window)),
        ],
    )
    return actions


def _file(window: "MainWindow", actions: Actions) -> None:
    documents, settings = window.documents, window.settings
    recent = QMenu(tr("Open &recent"), window)
    recent.aboutToShow.connect(lambda: _fill_recent(window, recent))
    actions.menu(
        tr("&File"),
        [
            Entry("open", tr("&Open…"), documents.open_dialog, Standard.Open, "open"),
            recent,
            Entry("paste", tr("&Paste picture"), documents.paste, Standard.Paste),
            Entry("open_export", tr("&Go on with an export…"), documents.open_export_dialog),
            None,
            Entry("save", tr("&Save project"), documents.save, Standard.Save, needs_photo=True),
            Entry("save_as", tr("S&ave project as…"), documents.save_as, "Ctrl+Shift+S", needs_photo=True),
            Entry(
                "keep_photo",
                tr("&Keep photo in project"),
                lambda: settings.set_keeps_photo(actions["keep_photo"].isChecked()),
                checkable=True,
            ),
            None,
            Entry("export", tr("&Export…"), documents.export_dialog, "Ctrl+E", "export", needs_photo=True),
            Entry("folder", tr("E&dit a folder…"), documents.edit_folder, "Ctrl+Shift+E"),
            None,
            Entry("quit", tr("&Quit"), window.close, "Ctrl+Q"),
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
        menu.addAction(tr("&Clear the list")).triggered.connect(window.settings.clear_recent)
    else:
        menu.addAction(tr("Nothing yet")).setEnabled(False)


def _edit(window: "MainWindow", actions: Actions) -> None:
    session, presets = window.session, window.presets
    undo = session.history.undo_stack.createUndoAction(window, tr("&Undo"))
    redo = session.history.undo_stack.createRedoAction(window, tr("&Redo"))
    actions.menu(
        tr("&Edit"),
        [
            actions.take("undo", undo, Standard.Undo, "undo"),
            actions.take("redo", redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            Entry("snapshot", tr("Take s&napshot"), session.snapshots.take, "Ctrl+Shift+N", needs_photo=True),
            Entry("copy_settings", tr("&Copy settings"), presets.copy_settings, "Ctrl+Shift+C"),
            Entry("paste_settings", tr("&Paste settings"), presets.paste_settings, "Ctrl+Shift+V"),
            presets,
            match_entry(window),
            None,
            Entry("reroll", tr("Another &seed"), session.settings.reroll_seed, "Ctrl+R", "dice"),
            actions.take("reroll_grain", window.effects.reroll_grain.command, "Shift+R", "dice"),
            Entry(
                "variants", tr("&Variants…"), window.variants.open, "Shift+V", "variants", needs_photo=True
            ),
            Entry("reset", tr("Reset &all"), session.settings.reset_all, "Ctrl+Shift+R", "reset"),
            None,
            Entry("cancel", tr("&Stop computing"), lambda: _cancel(window), "Esc"),
            Entry("refresh", tr("Compute a&gain"), session.preview.refresh, "F5", needs_photo=True),
            None,
            Entry("models", tr("&Models…"), window.models.show_dialog),
        ],
    )


def _cancel(window: "MainWindow") -> None:
    """Esc leaves what is shown side by side or takes back what is drawn, else it stops what is computed."""
    if not (window.variants.leave() or window.canvas.drop_stroke() or window.snapshot_compare.leave()):
        window.session.preview.cancel()


def _view(window: "MainWindow", actions: Actions) -> None:
    canvas = window.canvas
    compare = Entry(
        "compare",
        tr("&Compare with original"),
        lambda: canvas.modes.set_comparing(actions["compare"].isChecked()),
        "Ctrl+\\",
        "compare",
        checkable=True,
        needs_photo=True,
    )
    split = Entry(
        "split",
        tr("&Split with original"),
        lambda: canvas.modes.set_split(actions["split"].isChecked()),
        "Y",
        "split",
        checkable=True,
        needs_photo=True,
    )
    loupe = Entry(
        "loupe",
        tr("&Loupe at the pointer"),
        lambda: canvas.modes.set_loupe(actions["loupe"].isChecked()),
        checkable=True,
        needs_photo=True,
    )
    docks = [dock.toggleViewAction() for dock in window.docks.values()]
    actions.menu(
        tr("&View"),
        [
            Entry("fit", tr("&Fit"), canvas.navigation.fit, ("F", "Ctrl+0"), "fit", needs_photo=True),
            Entry(
                "100",
                "&100 %",
                lambda: canvas.navigation.zoom_to(1.0),
                "Ctrl+1",
                "one-to-one",
                needs_photo=True,
            ),
            Entry("200", "&200 %", lambda: canvas.navigation.zoom_to(2.0), "Ctrl+2", needs_photo=True),
            Entry("in", tr("Zoom &in"), canvas.navigation.zoom_in, _PLUS, "zoom-in", needs_photo=True),
            Entry("out", tr("Zoom &out"), canvas.navigation.zoom_out, _MINUS, "zoom-out", needs_photo=True),
            None,
            compare,
            split,
            Entry("turn_split", tr("&Turn the split"), canvas.modes.turn_split, "Shift+Y", needs_photo=True),
            loupe,
            bypass_menu(window.session, window),
            None,
            *docks,
            None,
            appearance_menu(window.appearance, window),
        ],
    )
    canvas.modes.compare_changed.connect(actions["compare"].setChecked)
    canvas.modes.split_changed.connect(actions["split"].setChecked)
    canvas.modes.loupe_changed.connect(actions["loupe"].setChecked)
