"""The cost panel: cumulative fan, cost by year, contribution by component."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.services.assess import Assessment

if TYPE_CHECKING:
    from stack_half_life.gui.cost.contribution import Contribution
    from stack_half_life.gui.cost.fan import CostFan
    from stack_half_life.gui.cost.yearly import YearlyCost

_PICTURES = ("Cumulative", "By kind", "By layer", "By component")
_CAPTIONS = (
    "days · P10–90, P25–75",
    "days a year · P10–90",
    "days a year · P10–90",
    "mean days · P10–90",
)
_MEANINGS = (
    (
        "Cumulative person-days: the line is the median over the futures, the bands hold 80 % "
        "(P10–P90) and 50 % (P25–P75) of them."
    ),
    "Mean person-days per year, by why the work falls due; whiskers hold 80 % of the futures.",
    "Mean person-days per year, by layer; whiskers hold 80 % of the futures.",
    "Mean person-days within the horizon, by component; whiskers hold 80 % of the futures.",
)


class CostPanel(Panel):
    """Four pictures of one cost, switched by buttons or the arrow keys.

    Each is made when first drawn: the plotting library is dear to import, and a window is usable
    before there is anything to plot.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Rework cost", _CAPTIONS[0], parent)
        self._theme = theme
        self._assessment: Assessment | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget())
        self.caption.setToolTip(_MEANINGS[0])
        self.segments = Segments("Picture of the cost", _PICTURES)
        self.segments.chosen.connect(self._turn_to)
        self.header.insertWidget(1, self.segments)
        self.content.addWidget(self._pages, 1)

    @cached_property
    def fan(self) -> CostFan:
        """The cumulative cost."""
        from stack_half_life.gui.cost.fan import CostFan

        return CostFan(self._theme)

    @cached_property
    def yearly(self) -> YearlyCost:
        """Cost year by year."""
        from stack_half_life.gui.cost.yearly import YearlyCost

        return YearlyCost(self._theme)

    @cached_property
    def by_layer(self) -> YearlyCost:
        """Cost year by year, stacked by layer."""
        from stack_half_life.gui.cost.yearly import YearlyCost

        return YearlyCost(self._theme, by_layer=True)

    @cached_property
    def contribution(self) -> Contribution:
        """Cost by component."""
        from stack_half_life.gui.cost.contribution import Contribution

        return Contribution(self._theme)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Draw an answer in the picture in front, or nothing."""
        self._assessment = assessment
        if assessment is None:
            self._pages.setCurrentIndex(0)
            return
        page = self._draw(assessment)
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def _draw(self, assessment: Assessment) -> QWidget:
        forecast = assessment.forecast
        if self.segments.current == 0:
            self.fan.show_forecast(forecast)
            return self.fan
        if self.segments.current == 1:
            self.yearly.show_forecast(forecast)
            return self.yearly
        if self.segments.current == 2:
            self.by_layer.show_forecast(forecast)
            return self.by_layer
        self.contribution.show_forecast(forecast)
        return self.contribution

    def _turn_to(self, at: int) -> None:
        self.caption.setText(_CAPTIONS[at])
        self.caption.setToolTip(_MEANINGS[at])
        self.show_assessment(self._assessment)
