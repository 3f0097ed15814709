"""The cost panel: cumulative fan, cost by year, contribution by component."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from stack_half_life.gui.cost.contribution import Contribution
from stack_half_life.gui.cost.fan import CostFan, FanCurve
from stack_half_life.gui.cost.yearly import YearlyCost
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.services.assess import Assessment

_CAPTIONS = (
    "person-days · bands P5–P95 and P25–P75 · line median",
    "mean person-days per year · whisker P10–P90",
    "mean person-days over the horizon · whisker P10–P90",
)


class CostPanel(Panel):
    """Three pictures of one cost, switched by buttons or the arrow keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Rework cost", _CAPTIONS[0], parent)
        self.fan = CostFan(theme)
        self.yearly = YearlyCost(theme)
        self.contribution = Contribution(theme)
        self._pages = QStackedWidget()
        for page in (self.fan, self.yearly, self.contribution):
            self._pages.addWidget(page)
        self.segments = Segments("Picture of the cost", ["Cumulative", "By year", "By component"])
        self.segments.chosen.connect(self._turn_to)
        self.header.insertWidget(1, self.segments)
        self.content.addWidget(self._pages, 1)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Draw an answer, or nothing."""
        self.fan.show_curves((FanCurve(assessment.forecast, "median"),) if assessment else ())
        self.yearly.show_forecast(assessment.forecast if assessment else None)
        self.contribution.show_forecast(assessment.forecast if assessment else None)

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.caption.setText(_CAPTIONS[page])
