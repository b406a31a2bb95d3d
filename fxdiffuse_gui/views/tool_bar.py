"""The tool bar: the commands used all the time, the zoom, and the button that shows the original."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE, icon
from fxdiffuse_gui.views.widgets.actions import Actions


class ToolBar(QToolBar):
    """Fixed at the top; everything in it is in the menus too."""

    def __init__(self, session: Session, canvas: Canvas, actions: Actions) -> None:
        super().__init__(tr("Tools"))
        self.setObjectName("ToolBar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.addAction(actions["open"])
        self.addSeparator()
        self.addAction(actions["undo"])
        self.addAction(actions["redo"])
        self.addWidget(_spring())
        self.addAction(actions["out"])
        self.zoom = QLabel("100 %")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setFont(theme.tabular(self.font()))
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("0000 %") + theme.SPACE_2)
        self.zoom.setAccessibleName(tr("Zoom"))
        self.addWidget(self.zoom)
        self.addAction(actions["in"])
        self.addAction(actions["fit"])
        self.addAction(actions["100"])
        self.addSeparator()
        self.compare = _compare_button(session, canvas)
        self.addWidget(self.compare)
        self.addAction(actions["split"])
        self.addWidget(_spring())
        self.export = QToolButton()
        self.export.setDefaultAction(actions["export"])
        self.export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addWidget(self.export)
        for button in self.findChildren(QToolButton):
            # A tool bar takes its buttons out of the order of the Tab key.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        canvas.navigation.zoom_changed.connect(self._show_zoom)

    def _show_zoom(self, zoom: float) -> None:
        percent = zoom * 100
        self.zoom.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")


def _compare_button(session: Session, canvas: Canvas) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon("compare"))
    button.setText(tr("Before"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip(tr("Hold to see the original (or hold \\)"))
    button.setAccessibleName(tr("Hold to see the original"))
    button.pressed.connect(lambda: canvas.modes.set_comparing(True))
    button.released.connect(lambda: canvas.modes.set_comparing(False))
    button.setEnabled(session.photo is not None)
    session.photo_changed.connect(lambda: button.setEnabled(session.photo is not None))
    return button


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
