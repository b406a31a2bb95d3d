"""`VariantsView`: the visible part of the photo in several variants, to choose from."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.edit.variants import (
    Variant,
    depends_on_seed,
    draw_seeds,
    of_seeds,
    of_steps,
    stepped_tasks,
)
from fxdiffuse_gui.app.effect_text import effect_value
from fxdiffuse_gui.app.render.alternatives import Alternatives, pass_at
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.views.canvas.view_transform import WHEEL_FACTOR, ViewTransform
from fxdiffuse_gui.views.history.variant_cell import VariantCell
from fxdiffuse_gui.views.history.variants_bar import VariantsBar
from fxdiffuse_gui.views.style import theme

SETTLE_MS = 150
"""Pictures are requested once neither view nor settings have changed for this long."""
_GAP = 2


class VariantsView(QWidget):
    """Covers the canvas, which is its parent. The settings stay until a variant is chosen."""

    left = Signal()
    """The view is to be closed."""

    def __init__(self, session: Session, place: ViewTransform, parent: QWidget) -> None:
        """place: where the photo lies on the canvas."""
        super().__init__(parent)
        self._session = session
        self._place = place
        self._view = ViewTransform()
        self._alternatives = Alternatives(session.preview.background_queue, self)
        self._seeds = draw_seeds(session.state, VariantsBar.MOST)
        self._variants: list[Variant] = []
        self.cells: list[VariantCell] = []
        self.bar = VariantsBar(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        # The canvas below must not get these events.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Variants"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.bar.changed.connect(self._build)
        self.bar.redraw_requested.connect(self._draw_others)
        self.bar.closed.connect(self.left)
        self._alternatives.came.connect(self._on_part)
        self._alternatives.done.connect(self._on_done)
        self._alternatives.failed.connect(self._on_failed)
        session.history.state_changed.connect(self._on_state)
        session.models.replaced.connect(self._on_model)
        self._on_state(session.state)

    def close_down(self) -> None:
        """Frees the pictures and stops computing."""
        self._settle.stop()
        self._alternatives.stop()
        self._session.history.state_changed.disconnect(self._on_state)
        self._session.models.replaced.disconnect(self._on_model)
        for cell in self.cells:
            cell.release()
        self.hide()
        self.deleteLater()

    def look_at(self, place: ViewTransform) -> None:
        """Shows the part of the photo that the canvas shows now."""
        self._place = place
        self._place_view()

    # --- what is shown ------------------------------------------------------------------------------

    def _on_state(self, state: EditState) -> None:
        if not self.bar.show_choices(depends_on_seed(state) and not state.seed_locked, stepped_tasks(state)):
            self.left.emit()
            return
        if state.seed in self._seeds[1:]:
            self._seeds = draw_seeds(state, VariantsBar.MOST)
        self._seeds[0] = state.seed
        self._build()

    def _on_model(self) -> None:
        for cell in self.cells:
            cell.forget()
        self._settle.start()

    def _draw_others(self) -> None:
        self._seeds = draw_seeds(self._session.state, VariantsBar.MOST)
        self._build()

    def _build(self) -> None:
        """Makes the cells and their captions; their pictures are requested soon."""
        state, task = self._session.state, self.bar.task
        if task is None:
            self._variants = of_seeds(state, self._seeds[: self.bar.count])
        else:
            self._variants = of_steps(state, task)
        while len(self.cells) > len(self._variants):
            cell = self.cells.pop()
            cell.release()
            cell.hide()
            cell.deleteLater()
        while len(self.cells) < len(self._variants):
            self.cells.append(self._new_cell())
        for cell, variant in zip(self.cells, self._variants, strict=True):
            cell.set_caption(_caption(variant), in_use=_is_same(variant, state))
        self.setFocusProxy(self.cells[0])
        self._arrange()
        self._settle.start()

    def _new_cell(self) -> VariantCell:
        cell = VariantCell(self._view, self._session.levels, self)
        cell.clicked.connect(lambda: self._choose(self.cells.index(cell)))
        cell.panned.connect(self._pan)
        cell.zoomed.connect(self._zoom)
        cell.show()
        return cell

    def _ask(self) -> None:
        visible = self._view.visible()
        if visible is None:
            return
        for cell in self.cells:
            cell.begin()
        states = [variant.state for variant in self._variants]
        self._alternatives.ask(states, pass_at(visible, self._view.zoom))

    def _on_part(self, number: int, result: Result) -> None:
        self.cells[number].show_part(result)

    def _on_done(self, number: int) -> None:
        self.cells[number].end()

    def _on_failed(self, number: int, problem: str) -> None:
        self.cells[number].end(problem)

    # --- commands -----------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        variant = self._variants[number]
        # Closed first: the change must not have all of them computed again.
        self.left.emit()
        if variant.task is None:
            # The current settings may have a separate grain seed.
            if variant.state.seed != self._session.state.seed:
                self._session.settings.set_seed(variant.state.seed)
        elif variant.value != self._session.state.values[variant.task]:
            self._session.settings.set_value(variant.task, variant.value)

    def _pan(self, way: QPointF) -> None:
        self._view.pan(way.x(), way.y())
        self._moved()

    def _zoom(self, turns: float, at: QPointF) -> None:
        self._view.zoom_to(self._view.zoom * WHEEL_FACTOR**turns, (at.x(), at.y()))
        self._moved()

    def _moved(self) -> None:
        for cell in self.cells:
            cell.update()
        self._settle.start()

    # --- layout -------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Equal cells below the bar: one row of three, else two rows."""
        top = self.bar.sizeHint().height()
        self.bar.setGeometry(0, 0, self.width(), top)
        rows = 1 if len(self.cells) == 3 else 2
        columns = len(self.cells) // rows
        width = (self.width() - (columns - 1) * _GAP) // columns
        height = (self.height() - top - rows * _GAP) // rows
        for number, cell in enumerate(self.cells):
            row, column = divmod(number, columns)
            x, y = column * (width + _GAP), top + _GAP + row * (height + _GAP)
            cell.setGeometry(QRect(x, y, max(1, width), max(1, height)))
        self._place_view()

    def _place_view(self) -> None:
        """Shows the middle of the canvas in the middle of each cell, at the same zoom; fitted if the canvas
        is."""
        view, place = self._view, replace(self._place)
        place.set_view(self.cells[0].width(), self.cells[0].height(), self.devicePixelRatioF())
        # In place: the cells share this object.
        view.photo, view.view, view.ratio = place.photo, place.view, place.ratio
        view.zoom, view.x, view.y, view.fits = place.zoom, place.x, place.y, place.fits
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arranges the cells again."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the gaps between the cells."""
        QPainter(self).fillRect(event.rect(), QColor(theme.WINDOW))


def _caption(variant: Variant) -> str:
    if variant.task is None:
        return tr("Seed {seed}", seed=variant.state.seed)
    return effect_value(variant.task, variant.value)


def _is_same(variant: Variant, state: EditState) -> bool:
    if variant.task is None:
        return variant.state.seed == state.seed
    return variant.value == state.values[variant.task]
