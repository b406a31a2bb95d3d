"""The menus of the main window: which commands there are, under which name and key.

Each function adds one menu and is given what its commands act on. The Mask menu is in
`mask_tools.mask_menu`.
"""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from fxdiffuse_gui.app.language import LANGUAGES, choose_language, chosen_language
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.dialogs.documents import Documents
from fxdiffuse_gui.views.effects.bypass_keys import bypass_menu
from fxdiffuse_gui.views.effects.preset_menu import PresetMenu
from fxdiffuse_gui.views.help.help_dialogs import show_about, show_keys
from fxdiffuse_gui.views.reference.match_dialog import match_entry
from fxdiffuse_gui.views.style.appearance import Appearance, appearance_menu
from fxdiffuse_gui.views.widgets.actions import Actions, Entry, Slot

_PLUS = ("+", "=", "Ctrl++", "Ctrl+=")
_MINUS = ("-", "Ctrl+-")
Standard = QKeySequence.StandardKey


def add_file_menu(actions: Actions, documents: Documents, settings: WindowSettings, window: QWidget) -> None:
    """Adds the File menu."""
    recent = QMenu(tr("Open &recent"), window)
    recent.aboutToShow.connect(lambda: _fill_recent(recent, documents, settings))
    saver = documents.saver
    actions.menu(
        tr("&File"),
        [
            Entry("open", tr("&Open…"), documents.open_dialog, Standard.Open, "open"),
            recent,
            Entry("paste", tr("&Paste picture"), documents.paste, Standard.Paste),
            Entry("open_export", tr("&Go on with an export…"), documents.open_export_dialog),
            None,
            Entry("save", tr("&Save project"), saver.save, Standard.Save, needs_photo=True),
            Entry("save_as", tr("S&ave project as…"), saver.save_as, "Ctrl+Shift+S", needs_photo=True),
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


def _fill_recent(menu: QMenu, documents: Documents, settings: WindowSettings) -> None:
    menu.clear()
    paths = settings.recent
    for number, path in enumerate(paths, 1):
        # An ampersand in a file name is not a mnemonic.
        name = path.name.replace("&", "&&")
        action = menu.addAction(f"&{number}  {name}" if number < 10 else name)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _=False, path=path: documents.open(path))
    if paths:
        menu.addSeparator()
        menu.addAction(tr("&Clear the list")).triggered.connect(settings.clear_recent)
    else:
        menu.addAction(tr("Nothing yet")).setEnabled(False)


def add_edit_menu(
    actions: Actions,
    session: Session,
    presets: PresetMenu,
    reroll_grain: QAction,
    window: QWidget,
    *,
    show_variants: Slot,
    show_models: Slot,
    cancel: Slot,
) -> None:
    """Adds the Edit menu. `cancel` is what Esc does."""
    stack = session.history.undo_stack
    undo, redo = stack.createUndoAction(window, tr("&Undo")), stack.createRedoAction(window, tr("&Redo"))
    take_snapshot, settings = session.snapshots.take, session.settings
    actions.menu(
        tr("&Edit"),
        [
            actions.take("undo", undo, Standard.Undo, "undo"),
            actions.take("redo", redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            Entry("snapshot", tr("Take s&napshot"), take_snapshot, "Ctrl+Shift+N", needs_photo=True),
            Entry("copy_settings", tr("&Copy settings"), presets.copy_settings, "Ctrl+Shift+C"),
            Entry("paste_settings", tr("&Paste settings"), presets.paste_settings, "Ctrl+Shift+V"),
            presets,
            match_entry(session, window),
            None,
            Entry("reroll", tr("Another &seed"), settings.reroll_seed, "Ctrl+R", "dice"),
            actions.take("reroll_grain", reroll_grain, "Shift+R", "dice"),
            Entry("variants", tr("&Variants…"), show_variants, "Shift+V", "variants", needs_photo=True),
            Entry("reset", tr("Reset &all"), settings.reset_all, "Ctrl+Shift+R", "reset"),
            None,
            Entry("cancel", tr("&Stop computing"), cancel, "Esc"),
            Entry("refresh", tr("Compute a&gain"), session.preview.refresh, "F5", needs_photo=True),
            None,
            Entry("models", tr("&Models…"), show_models),
        ],
    )


def add_view_menu(
    actions: Actions,
    session: Session,
    canvas: Canvas,
    docks: Iterable[QAction],
    appearance: Appearance,
    window: QWidget,
) -> None:
    """Adds the View menu. `docks` show and hide the panels."""
    modes, navigation = canvas.modes, canvas.navigation

    def mode(name: str, text: str, switch: Callable[[bool], None], key: str | None = None) -> Entry:
        icon = None if name == "loupe" else name
        return Entry(
            name,
            text,
            lambda: switch(actions[name].isChecked()),
            key,
            icon,
            checkable=True,
            needs_photo=True,
        )

    actions.menu(
        tr("&View"),
        [
            Entry("fit", tr("&Fit"), navigation.fit, ("F", "Ctrl+0"), "fit", needs_photo=True),
            Entry("100", "&100 %", lambda: navigation.zoom_to(1.0), "Ctrl+1", "one-to-one", needs_photo=True),
            Entry("200", "&200 %", lambda: navigation.zoom_to(2.0), "Ctrl+2", needs_photo=True),
            Entry("in", tr("Zoom &in"), navigation.zoom_in, _PLUS, "zoom-in", needs_photo=True),
            Entry("out", tr("Zoom &out"), navigation.zoom_out, _MINUS, "zoom-out", needs_photo=True),
            None,
            mode("compare", tr("&Compare with original"), modes.set_comparing, "Ctrl+\\"),
            mode("split", tr("&Split with original"), modes.set_split, "Y"),
            Entry("turn_split", tr("&Turn the split"), modes.turn_split, "Shift+Y", needs_photo=True),
            mode("loupe", tr("&Loupe at the pointer"), modes.set_loupe),
            bypass_menu(session, window),
            None,
            *docks,
            None,
            appearance_menu(appearance, window),
        ],
    )
    modes.compare_changed.connect(actions["compare"].setChecked)
    modes.split_changed.connect(actions["split"].setChecked)
    modes.loupe_changed.connect(actions["loupe"].setChecked)


def add_help_menu(
    actions: Actions, window: QWidget, *, show_manual: Slot, show_hints: Slot, notify: Callable[[str], None]
) -> None:
    """Adds the Help menu. `notify` shows a sentence."""
    actions.menu(
        tr("&Help"),
        [
            Entry("keys", tr("&Keyboard shortcuts"), lambda: show_keys(window, actions), ("F1", "?")),
            Entry("manual", tr("&Manual"), show_manual, "Shift+F1"),
            Entry("hints", tr("Show &hints"), show_hints, needs_photo=True),
            language_menu(window, notify),
            Entry("about", tr("&About fxdiffuse"), lambda: show_about(window)),
        ],
    )


def language_menu(parent: QWidget, notify: Callable[[str], None]) -> QMenu:
    """The system's language, or one by its own name. `notify` shows a sentence when another is chosen."""
    menu = QMenu(tr("&Language"), parent)
    group = QActionGroup(menu)
    chosen = chosen_language()

    def choose(language: str) -> None:
        choose_language(language)
        notify(tr("The language changes when fxdiffuse is started the next time."))

    for language, name in {"": tr("As the system"), **LANGUAGES}.items():
        action = QAction(name, group, checkable=True)
        action.setChecked(language == chosen)
        action.triggered.connect(lambda _=False, language=language: choose(language))
        menu.addAction(action)
    return menu
