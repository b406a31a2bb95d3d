"""`MainWindow`: puts canvas, panels, menus and the tool bar together."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.canvas.status_chip import StatusChip
from fxdiffuse_gui.views.canvas.toast import Toast
from fxdiffuse_gui.views.dialogs.documents import Documents
from fxdiffuse_gui.views.dialogs.models import Models
from fxdiffuse_gui.views.effects.bypass_keys import BypassKey
from fxdiffuse_gui.views.effects.effect_panel import EffectPanel
from fxdiffuse_gui.views.effects.preset_menu import PresetMenu, preset_button
from fxdiffuse_gui.views.effects.seed_bar import SeedBar
from fxdiffuse_gui.views.help.hints import Hints
from fxdiffuse_gui.views.help.manual_window import Manual
from fxdiffuse_gui.views.history.history_panel import HistoryPanel
from fxdiffuse_gui.views.history.snapshot_compare import SnapshotCompare
from fxdiffuse_gui.views.history.variants import Variants
from fxdiffuse_gui.views.mask_tools.brush import Brush
from fxdiffuse_gui.views.mask_tools.mask_menu import add_mask_menu
from fxdiffuse_gui.views.mask_tools.mask_tools import MaskTools
from fxdiffuse_gui.views.menus import add_edit_menu, add_file_menu, add_help_menu, add_view_menu
from fxdiffuse_gui.views.reference.match_dialog import match_button
from fxdiffuse_gui.views.scopes.scopes import Scopes
from fxdiffuse_gui.views.style.appearance import Appearance
from fxdiffuse_gui.views.tool_bar import ToolBar
from fxdiffuse_gui.views.widgets.actions import Actions
from fxdiffuse_gui.views.widgets.mime_input import MimeInput

LAYOUT_VERSION = 1


class MainWindow(QMainWindow):
    """The editor. Small errors show on the canvas for a while; only lost work is asked about."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.settings = WindowSettings()
        self.appearance = Appearance(self.settings, self)
        self.brush = Brush(self)
        self.canvas = Canvas(session, self.brush)
        self.chip = StatusChip(session, self.canvas)
        self.toast = Toast(self.canvas)
        self.effects = EffectPanel(session)
        self.seed_bar = SeedBar(session)
        self.mask_tools = MaskTools(session, self.brush)
        self.effects.set_tools(self.mask_tools)
        self.presets = PresetMenu(session, self)
        self.effects.set_presets(preset_button(self.presets))
        self.scopes = Scopes(session)
        self.history = HistoryPanel(session)
        self.documents = Documents(session, self.settings, self)
        self.variants = Variants(session, self.canvas)
        self.snapshot_compare = SnapshotCompare(session, self.canvas, self.history.snapshots)
        self.models = Models(session, self)
        self.manual = Manual(self)
        self._bypass_key = BypassKey(session, self.effects, self)

        self.setObjectName("MainWindow")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setCentralWidget(self.canvas)
        self.docks = self._add_docks()
        self.actions_by_name = self._add_menus()
        self.effects.set_presets(match_button(self.actions_by_name["match"]))
        bar = ToolBar(session, self.canvas, self.actions_by_name)
        self.addToolBar(bar)
        self.hints = Hints(session, self.canvas, self.effects, bar.compare, self.settings)
        self._connect()
        self._restore_layout()
        self._show_title()
        self.canvas.setFocus()

    # --- building ---------------------------------------------------------------------------------

    def _add_docks(self) -> dict[str, QDockWidget]:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.effects, 1)
        rows.addWidget(self.seed_bar)
        right, left = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea
        effects = self._dock("Effects", tr("Effects"), column, right)
        # The panel has a heading of its own.
        effects.setTitleBarWidget(QWidget(effects))
        return {
            "effects": effects,
            "scopes": self._dock("Scopes", tr("Scopes"), self.scopes, left),
            "history": self._dock("History", tr("History"), self.history, left),
        }

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{name}Dock")
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _add_menus(self) -> Actions:
        session, actions = self.session, Actions(self, self.menuBar())
        add_file_menu(actions, self.documents, self.settings, self)
        add_edit_menu(
            actions,
            session,
            self.presets,
            self.effects.reroll_grain.command,
            self,
            show_variants=self.variants.open,
            show_models=self.models.show_dialog,
            cancel=self._cancel,
        )
        add_mask_menu(actions, session, self.brush, self.mask_tools)
        docks = [dock.toggleViewAction() for dock in self.docks.values()]
        add_view_menu(actions, session, self.canvas, docks, self.appearance, self)
        add_help_menu(
            actions,
            self,
            show_manual=self.manual.show_window,
            show_hints=lambda: self.hints.begin(),  # noqa: PLW0108 - the hints are made after the menus
            notify=self.toast.show_message,
        )
        return actions

    def _connect(self) -> None:
        session = self.session
        for source in (session, self.presets, self.variants, self.documents):
            source.message.connect(self.toast.show_message)
        self.seed_bar.variants.clicked.connect(self.variants.open)
        session.photo_changed.connect(self._on_photo)
        session.files.project_saved.connect(self._show_title)
        session.history.modified_changed.connect(self._show_title)
        self.canvas.modes.compare_changed.connect(self.chip.set_comparing)

    # --- opening ----------------------------------------------------------------------------------

    def _cancel(self) -> None:
        """Esc leaves what is shown side by side or takes back what is drawn, else stops what is computed."""
        if not (self.variants.leave() or self.canvas.drop_stroke() or self.snapshot_compare.leave()):
            self.session.preview.cancel()

    def open(self, path: Path) -> None:
        """Opens the photo or the project at `path`, once nothing would be lost."""
        self.documents.open(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.canvas.show_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Removes the frame."""
        self.canvas.show_drop_target(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what is dropped; of several files the first."""
        incoming = MimeInput.of(event.mimeData())
        self.canvas.show_drop_target(False)
        event.acceptProposedAction()
        if not incoming.files and incoming.image is None:
            self.toast.show_message(tr("Only files of this computer can be opened; save the picture first."))
        # Deferred: a question asked now would block the program that the drag comes from.
        QTimer.singleShot(0, lambda: self.documents.open_incoming(incoming))

    def _on_photo(self) -> None:
        self.actions_by_name.show_photo(self.session.photo is not None)
        self._show_title()

    def _show_title(self) -> None:
        title = self.documents.title
        self.setWindowTitle(f"{title}[*] – fxdiffuse" if title else "fxdiffuse")
        self.setWindowModified(bool(title) and self.session.history.is_modified)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about edits that would be lost, and stores the layout."""
        if not self.documents.may_close():
            event.ignore()
            return
        self.settings.set_layout("geometry", self.saveGeometry())
        self.settings.set_layout("docks", self.saveState(LAYOUT_VERSION))
        self.session.close()
        event.accept()

    # --- layout -------------------------------------------------------------------------------------

    def _restore_layout(self) -> None:
        self.resize(1440, 900)
        left = [self.docks["scopes"], self.docks["history"]]
        self.resizeDocks(left, [240, 240], Qt.Orientation.Horizontal)
        self.resizeDocks(left, [210, 640], Qt.Orientation.Vertical)
        geometry, docks = self.settings.layout("geometry"), self.settings.layout("docks")
        if geometry is not None:
            self.restoreGeometry(QByteArray(geometry))
        if docks is not None:
            self.restoreState(QByteArray(docks), LAYOUT_VERSION)

    def showEvent(self, event: QShowEvent) -> None:
        """The canvas has the keyboard focus from the start."""
        super().showEvent(event)
        self.canvas.setFocus()
