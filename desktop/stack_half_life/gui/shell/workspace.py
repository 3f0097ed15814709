"""One open stack on the screen: compose left, forecast in the middle, inspector right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
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

_TIMELINE_FRAME = 72
"""Height of the timeline's panel beside its rows: title, key, margins."""


class Workspace(QWidget):
    """The views of a document."""

    add_wanted = Signal()
    profile_wanted = Signal()

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.document = document
        self.compose = ComposePanel(theme, document)
        self.headline = Headline(document)
        self.timeline = TimelinePanel(theme, document)
        self.cost = CostPanel(theme)
        self.inspector = InspectorPanel(theme, document)
        self.charts = QSplitter(Qt.Orientation.Vertical)
        self.charts.setHandleWidth(10)
        self.is_balanced_by_hand = False
        self.charts.splitterMoved.connect(self._note_hand)
        self.charts.addWidget(self.timeline)
        self.charts.addWidget(self.cost)
        self.charts.setStretchFactor(0, 2)
        self.charts.setStretchFactor(1, 1)
        forecast = QWidget()
        column = QVBoxLayout(forecast)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.headline)
        column.addWidget(self.charts, 1)
        self.layers: LayersPanel | None = None
        self.middle = QStackedWidget()
        self.middle.addWidget(forecast)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(10)
        for each in (self.compose, self.middle, self.inspector):
            self.columns.addWidget(each)
        self.columns.setStretchFactor(1, 1)
        self.columns.setChildrenCollapsible(False)
        self.charts.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 4)
        row.addWidget(self.columns)
        self.compose.add_wanted.connect(self.add_wanted)
        self.compose.scenario_wanted.connect(lambda: document.select([]))
        self.compose.list.rename_wanted.connect(self.inspector.focus_name)
        self.inspector.profile_wanted.connect(self.profile_wanted)
        self._cost_later = Later(12, self._show_cost, self)
        document.assessment_changed.connect(self._cost_later.ask)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets go of the selection and shows the scenario."""
        if event.key() == Qt.Key.Key_Escape and self.document.selected:
            self.document.select([])
            return
        super().keyPressEvent(event)

    def _balance(self) -> None:
        """Give the timeline what its rows need, at most two thirds, unless the person set it."""
        if self.is_balanced_by_hand:
            return
        whole = sum(self.charts.sizes())
        wanted = self.timeline.view.sizeHint().height() + _TIMELINE_FRAME
        top = min(wanted, 2 * whole // 3)
        if whole and abs(top - self.charts.sizes()[0]) > 2:
            self.charts.setSizes([top, whole - top])

    def _note_hand(self) -> None:
        self.is_balanced_by_hand = True

    def _show_cost(self) -> None:
        self._balance()
        self.cost.show_assessment(self.document.assessment)
