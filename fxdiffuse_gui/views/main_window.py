"""`MainWindow`: puts canvas, panels, menus and the tool bar together."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import QDockWidget, QFileDialog, QMainWindow, QMessageBox, QVBoxLayout, QWidget

from fxdiffuse_gui.app.qimage import Samples
from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.views.brush import Brush
from fxdiffuse_gui.views.canvas import Canvas
from fxdiffuse_gui.views.effect_panel import EffectPanel
from fxdiffuse_gui.views.export_dialog import ExportDialog
from fxdiffuse_gui.views.history_panel import HistoryPanel
from fxdiffuse_gui.views.incoming import Incoming
from fxdiffuse_gui.views.mask_tools import MaskTools
from fxdiffuse_gui.views.menus import build_menus
from fxdiffuse_gui.views.scopes import Scopes
from fxdiffuse_gui.views.seed_bar import SeedBar
from fxdiffuse_gui.views.status_chip import StatusChip
from fxdiffuse_gui.views.toast import Toast
from fxdiffuse_gui.views.tool_bar import ToolBar

LAYOUT_VERSION = 1
FILTER = "Photos (*.jpg *.jpeg *.png *.tif *.tiff *.webp *.avif *.heic *.bmp);;All files (*)"


class MainWindow(QMainWindow):
    """The editor. Small errors show on the canvas and go by themselves; only lost work stops to ask."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.settings = WindowSettings()
        self.brush = Brush(self)
        self.canvas = Canvas(session, self.brush)
        self.chip = StatusChip(session, self.canvas)
        self.toast = Toast(self.canvas)
        self.effects = EffectPanel(session)
        self.seed_bar = SeedBar(session)
        self.mask_tools = MaskTools(session, self.brush)
        self.effects.set_tools(self.mask_tools)
        self.scopes = Scopes(session)
        self.history = HistoryPanel(session.undo_stack)
        self._shown: Samples | None = None
        self._after_export: Callable[[], object] | None = None

        self.setObjectName("MainWindow")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setCentralWidget(self.canvas)
        self.docks = self._add_docks()
        self.actions_by_name = build_menus(self)
        self.addToolBar(ToolBar(self))
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
        effects = self._dock("Effects", column, right)
        # The panel has a heading of its own.
        effects.setTitleBarWidget(QWidget(effects))
        return {
            "effects": effects,
            "scopes": self._dock("Scopes", self.scopes, left),
            "history": self._dock("History", self.history, left),
        }

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{title}Dock")
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        session = self.session
        session.message.connect(self.toast.show_message)
        session.photo_changed.connect(self._on_photo)
        session.preview_changed.connect(self._on_result)
        session.exported.connect(self._on_exported)
        session.undo_stack.cleanChanged.connect(self._show_modified)
        self.canvas.compare_changed.connect(self.chip.set_comparing)

    # --- opening ----------------------------------------------------------------------------------

    def open_dialog(self) -> None:
        """Asks for a photo and opens it."""
        folder = self.settings.recent[0].parent if self.settings.recent else Path.home()
        name, _ = QFileDialog.getOpenFileName(self, "Open photo", str(folder), FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Opens `path`, once nothing would be lost."""
        self.when_saved(lambda: self.session.open_photo(path))

    def paste(self) -> None:
        """Opens the picture or the file that is on the clipboard."""
        if not self._open_incoming(Incoming.of(QGuiApplication.clipboard().mimeData())):
            self.toast.show_message("There is no picture on the clipboard.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcomes files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.canvas.show_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Takes the welcome back."""
        self.canvas.show_drop_target(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what is dropped; of several files the first."""
        incoming = Incoming.of(event.mimeData())
        self.canvas.show_drop_target(False)
        event.acceptProposedAction()
        if not incoming.files and incoming.image is None:
            self.toast.show_message("Only files of this computer can be opened; save the picture first.")
        # Deferred: a question asked now would block the program that the drag comes from.
        QTimer.singleShot(0, lambda: self._open_incoming(incoming))

    def _open_incoming(self, incoming: Incoming) -> bool:
        files, image = incoming.files, incoming.image
        if files:
            self.open(files[0])
            if len(files) > 1:
                self.toast.show_message(f"Opened the first of {len(files)} files.")
        elif image is not None:
            self.when_saved(lambda: self.session.open_image(image))
        return bool(files) or image is not None

    def _on_photo(self) -> None:
        photo = self.session.photo
        self.actions_by_name.show_photo(photo is not None)
        if photo is not None and photo.path is not None:
            self.settings.add_recent(photo.path)
        self._show_title()

    def _on_result(self, result: Result | None) -> None:
        if result is None:
            self._shown = None
        elif result.shown is not None and not result.stand_in:
            self._shown = result.shown

    def _show_title(self) -> None:
        photo = self.session.photo
        if photo is None:
            self.setWindowTitle("fxdiffuse")
            return
        name = photo.path.name if photo.path is not None else "Pasted picture"
        self.setWindowTitle(f"{name}[*] – fxdiffuse")
        self.setWindowModified(self.session.is_modified)

    def _show_modified(self) -> None:
        self.setWindowModified(self.session.is_modified)

    # --- exporting and leaving ----------------------------------------------------------------------

    def export_dialog(self) -> bool:
        """Asks how and where to, and exports. False when it was called off."""
        if self.session.photo is None:
            return False
        dialog = ExportDialog(self.session, self, shown=self._shown)
        return dialog.exec() == ExportDialog.DialogCode.Accepted

    def when_saved(self, action: Callable[[], object]) -> None:
        """Does `action`, which throws the edits away, after asking about those not exported."""
        self._after_export = None
        if not self.session.is_modified:
            action()
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Edits not exported")
        box.setText("The edits of this photo have not been exported.")
        box.setInformativeText("They are lost when you go on.")
        export = box.addButton("&Export…", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("&Discard edits", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(export)
        box.exec()
        if box.clickedButton() is discard:
            action()
        elif box.clickedButton() is export and self.export_dialog():
            self._after_export = action

    def _on_exported(self, path: Path) -> None:
        self.toast.show_message(f"{path.name} has been written.")
        action, self._after_export = self._after_export, None
        if action is not None and not self.session.is_modified:
            action()

    def leave(self) -> None:
        """Closes the window for good: the edits are exported or given up."""
        self.session.undo_stack.setClean()
        # A window that is just refusing to close does not listen to a second request.
        QTimer.singleShot(0, self.close)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about edits that would be lost, and remembers the layout."""
        if self.session.is_exporting and not self._may_stop_export():
            event.ignore()
            return
        if self.session.is_modified:
            event.ignore()
            self.when_saved(self.leave)
            return
        self.settings.set_layout("geometry", self.saveGeometry())
        self.settings.set_layout("docks", self.saveState(LAYOUT_VERSION))
        self.session.close()
        event.accept()

    def _may_stop_export(self) -> bool:
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        text = "An export is still running. Stop it and quit?"
        return QMessageBox.question(self, "Export running", text, yes | no, no) == yes

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
        """The canvas has the keys from the start."""
        super().showEvent(event)
        self.canvas.setFocus()
