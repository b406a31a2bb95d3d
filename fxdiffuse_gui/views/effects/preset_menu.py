"""`PresetMenu`: apply, save, delete and exchange presets; and settings over the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QPushButton, QWidget

from fxdiffuse_gui.app.effect_text import translated_presets
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.core.strict_json import FieldError
from fxdiffuse_gui.document.presets import (
    MAX_BYTES,
    SUFFIX,
    Preset,
    PresetError,
    PresetFolder,
    write_preset,
)
from fxdiffuse_gui.views.effects.preset_thumbnails import PresetMenuThumbnails
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.questions import agrees, ask_saved_name

MIME_TYPE = "application/x-fxdiffuse-settings+json"


class PresetMenu(QMenu):
    """Filled each time it is opened: another window may have saved a preset."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("Pr&esets"), parent)
        self._session = session
        self._folder = PresetFolder(presets_folder())
        self._dialog_parent = parent
        self._thumbnails = PresetMenuThumbnails(session, self)
        self.aboutToShow.connect(self._fill)

    # --- the clipboard ------------------------------------------------------------------------------

    def copy_settings(self) -> None:
        """Puts the settings on the clipboard, for another photo or another window."""
        data = Preset.of(self._session.state, "Copied settings").to_bytes()
        mime = QMimeData()
        mime.setData(MIME_TYPE, QByteArray(data))
        mime.setText(data.decode())
        QGuiApplication.clipboard().setMimeData(mime)
        self.message.emit(tr("The settings have been copied; paste them to another photo."))

    def paste_settings(self) -> None:
        """Applies the settings on the clipboard; anything else there is refused with a message."""
        data = _settings_in(QGuiApplication.clipboard().mimeData())
        try:
            preset = Preset.from_bytes(data)
        except FieldError:
            self.message.emit(tr("There are no settings on the clipboard; copy those of a photo first."))
        else:
            self._session.settings.apply_preset(preset, tr("Paste settings"))

    # --- the menu -----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.clear()
        own = self._folder.presets
        apply = self._session.settings.apply_preset
        bundled = translated_presets()
        actions = self._list(self, bundled, apply)
        self.addSeparator()
        actions += self._list(self, own, apply)
        self._thumbnails.show([*bundled, *own], actions)
        self.addSeparator()
        self.addAction(tr("&Save settings as preset…")).triggered.connect(self._save)
        self.addAction(tr("&Import…")).triggered.connect(self._import)
        for title, action in ((tr("&Export"), self._export), (tr("&Delete"), self._delete)):
            submenu = self.addMenu(title)
            submenu.setEnabled(bool(own))
            self._list(submenu, own, action)

    def _list(self, menu: QMenu, presets: list[Preset], action: Callable[[Preset], None]) -> list[QAction]:
        entries: list[QAction] = []
        for preset in presets:
            # An ampersand in a name is not a mnemonic.
            entry = menu.addAction(preset.name.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, preset=preset: action(preset))
            entries.append(entry)
        return entries

    def _save(self) -> None:
        name, accepted = QInputDialog.getText(
            self._dialog_parent, tr("Save preset"), tr("Name of the preset:")
        )
        if accepted:
            self._try(lambda: self._save_as(name))

    def _save_as(self, name: str) -> None:
        preset = Preset.of(self._session.state, name)
        exists = any(one.name == preset.name for one in self._folder.presets)
        if exists and not self._agrees(
            tr("A preset “{preset}” exists already. Replace it?", preset=preset.name)
        ):
            return
        self._folder.save(preset)
        self.message.emit(tr("The preset “{preset}” has been saved.", preset=preset.name))

    def _delete(self, preset: Preset) -> None:
        if self._agrees(tr("Delete the preset “{preset}”?", preset=preset.name)):
            self._try(lambda: self._folder.delete(preset))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._dialog_parent, tr("Import preset"), "", _file_kinds())
        if name:
            self._try(
                lambda: self.message.emit(
                    tr("“{preset}” has been imported.", preset=self._folder.take_in(Path(name)).name)
                )
            )

    def _export(self, preset: Preset) -> None:
        suggested = Path.home() / (preset.name.replace("/", "-") + SUFFIX)
        path = ask_saved_name(self._dialog_parent, tr("Export preset"), suggested, _file_kinds(), SUFFIX)
        if path is not None:
            self._try(lambda: write_preset(preset, path))

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except PresetError as error:
            self.message.emit(translated(error))

    def _agrees(self, question: str) -> bool:
        return agrees(self._dialog_parent, tr("Presets"), question)


def preset_button(menu: PresetMenu) -> QPushButton:
    """A flat button that opens `menu`."""
    button = QPushButton(tr("Presets"))
    button.setToolTip(tr("Settings under a name, to use again with any photo"))
    button.setMenu(menu)
    theme.set_role(button, "flat")
    return button


def _file_kinds() -> str:
    return f"{tr('Presets')} (*{SUFFIX})"


def _settings_in(mime: QMimeData | None) -> bytes:
    """The bytes that may be settings; an empty clipboard has none."""
    if mime is None:
        return b""
    if mime.hasFormat(MIME_TYPE):
        return bytes(mime.data(MIME_TYPE).data())
    return mime.text()[:MAX_BYTES].encode(errors="replace")
