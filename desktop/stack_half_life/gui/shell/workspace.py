"""One open stack on the screen: compose left, forecast in the middle, inspector right."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from stack_half_life.gui.compose.panel import ComposePanel
from stack_half_life.gui.cost.panel import CostPanel
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.inspector.panel import InspectorPanel
from stack_half_life.gui.shell.headline import Headline
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.timeline.panel import TimelinePanel
from stack_half_life.gui.worker.later import Later

if TYPE_CHECKING:
    from stack_half_life.gui.layers.panel import LayersPanel


class Workspace(QWidget):
    """The views of a document, made when they are first wanted: behind other tabs, never."""

    add_wanted = Signal()
    profile_wanted = Signal()
    told = Signal(str)
    """A sentence for the status bar."""

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.document = document
        self.is_built = False
        self.is_balanced_by_hand = False
        self.layers: LayersPanel | None = None
        self._cost_later = Later(12, self._show_cost, self)
        self._balance_later = Later(0, self._balance, self)

    @cached_property
    def compose(self) -> ComposePanel:
        """The components by layer."""
        return ComposePanel(self._theme, self.document)

    @cached_property
    def headline(self) -> Headline:
        """The figures above the charts."""
        return Headline(self.document)

    @cached_property
    def timeline(self) -> TimelinePanel:
        """When each component forces work."""
        return TimelinePanel(self._theme, self.document)

    @cached_property
    def cost(self) -> CostPanel:
        """What the rework costs."""
        return CostPanel(self._theme)

    @cached_property
    def inspector(self) -> InspectorPanel:
        """What is selected, or the scenario."""
        return InspectorPanel(self._theme, self.document)

    @cached_property
    def charts(self) -> QSplitter:
        """Timeline above cost."""
        charts = QSplitter(Qt.Orientation.Vertical)
        charts.setHandleWidth(10)
        charts.splitterMoved.connect(self._note_hand)
        self.timeline.view.resized.connect(self._balance_later.ask)
        charts.addWidget(self.timeline)
        charts.addWidget(self.cost)
        charts.setStretchFactor(0, 2)
        charts.setStretchFactor(1, 1)
        charts.setChildrenCollapsible(False)
        return charts

    @cached_property
    def middle(self) -> QStackedWidget:
        """The forecast, or half-life against depth."""
        forecast = QWidget()
        column = QVBoxLayout(forecast)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.headline)
        column.addWidget(self.charts, 1)
        middle = QStackedWidget()
        middle.addWidget(forecast)
        return middle

    @cached_property
    def columns(self) -> QSplitter:
        """Components, forecast, inspector."""
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(10)
        for each in (self.compose, self.middle, self.inspector):
            columns.addWidget(each)
        columns.setStretchFactor(1, 1)
        columns.setChildrenCollapsible(False)
        return columns

    def build(self) -> None:
        """Make the views, where they are not there yet."""
        if self.is_built:
            return
        self.is_built = True
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 4)
        row.addWidget(self.columns)
        self.compose.add_wanted.connect(self.add_wanted)
        self.compose.scenario_wanted.connect(lambda: self.document.select([]))
        self.compose.list.rename_wanted.connect(self.inspector.focus_name)
        self.compose.list.told.connect(self.told)
        self.inspector.profile_wanted.connect(self.profile_wanted)
        self.document.assessment_changed.connect(self._cost_later.ask)
        self._show_cost()

    def show_forecast(self) -> None:
        """Show timeline and cost in the middle."""
        self.middle.setCurrentIndex(0)

    def show_layers(self) -> LayersPanel:
        """Show half-life against depth in the middle."""
        if self.layers is None:
            from stack_half_life.gui.layers.panel import LayersPanel

            self.layers = LayersPanel(self._theme, self.document)
            self.middle.addWidget(self.layers)
        self.middle.setCurrentWidget(self.layers)
        return self.layers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height between timeline and cost."""
        super().resizeEvent(event)
        if self.is_built:
            self._balance_later.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets go of the selection and shows the scenario."""
        if event.key() == Qt.Key.Key_Escape and self.document.selected:
            self.document.select([])
            return
        super().keyPressEvent(event)

    def _balance(self) -> None:
        """Give the timeline what its rows need, as many as fit two thirds of the height.

        What the person set by hand stays.
        """
        if self.is_balanced_by_hand or not self.isVisible():
            return
        whole = sum(self.charts.sizes())
        frame = self.timeline.height() - self.timeline.view.height()
        top = frame + self.timeline.view.height_of_rows(2 * whole // 3 - frame)
        if whole and abs(top - self.charts.sizes()[0]) > 2:
            self.charts.setSizes([top, whole - top])

    def _note_hand(self) -> None:
        self.is_balanced_by_hand = True

    def _show_cost(self) -> None:
        self._balance()
        self.cost.show_assessment(self.document.assessment)
