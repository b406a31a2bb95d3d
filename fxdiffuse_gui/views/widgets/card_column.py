"""`CardColumn`: the column of effect cards, which scrolls up and down and never sideways."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fxdiffuse_gui.views.style import theme


class CardColumn(QScrollArea):
    """As wide as the widest card needs: words are longer in some languages."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QWidget()
        theme.set_role(self._column, "column")
        self._rows = QVBoxLayout(self._column)
        self._rows.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_2, theme.SPACE_4)
        self._rows.setSpacing(6)
        self._rows.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._column)

    def add_card(self, card: QWidget) -> None:
        """Puts `card` below the others."""
        self._rows.insertWidget(self._rows.count() - 1, card)

    def minimumSizeHint(self) -> QSize:
        """At least the usual width of the panel; any height."""
        needed = self._column.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(theme.PANEL_WIDTH, needed), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Passes on what the cards need."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
