"""The strip above the charts: what it will cost, when it starts, how sure that is."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.labels import ElidedLabel, elided
from stack_half_life.gui.theme import fonts

_HINTS = {
    "total": "Person-days of rework within the horizon: the median, and P10–P90 over the futures.",
    "money": "The same at your day rate, an assumption; discounted where you set a rate.",
    "half": "The time by which half of the stack's integration effort is expected to have been "
    "redone.",
    "first": "The component with the earliest expected forced work: median time.",
    "coverage": "Share of the expected effort whose components have evidence of their own; the "
    "rest is forecast from reference classes.",
}


class Headline(QFrame):
    """Five figures in a row."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._document = document
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(22)
        self._values: dict[str, QLabel] = {}
        self._notes: dict[str, QLabel] = {}
        for key, caption in (
            ("total", "Expected rework"),
            ("money", "At the day rate"),
            ("half", "Stack half-life"),
            ("first", "First to force work"),
            ("coverage", "Covered by evidence"),
        ):
            row.addLayout(self._column(key, caption), 1)
        document.assessment_changed.connect(self._refresh)
        document.stack_changed.connect(self._refresh)
        self._refresh()

    def value(self, key: str) -> str:
        """The text of one figure: total, money, half, first or coverage."""
        return self._values[key].text()

    def _column(self, key: str, caption: str) -> QVBoxLayout:
        value, note = ElidedLabel("–"), elided("", tone="muted")
        value.setFont(fonts.font(20, 600))
        value.setMinimumWidth(40)
        value.setAccessibleName(caption)
        if key == "total":
            value.setProperty("tone", "accent")
        column = QVBoxLayout()
        column.setSpacing(1)
        for each in (elided(caption, tone="muted"), value, note):
            each.setToolTip(_HINTS[key])
            column.addWidget(each)
        self._values[key], self._notes[key] = value, note
        return column

    def _refresh(self) -> None:
        assessment = self._document.assessment
        if assessment is None:
            for key in self._values:
                self._show(key, "–", "")
            return
        self._show_forecast(assessment.forecast, self._document.stack)

    def _show_forecast(self, forecast: Forecast, stack: Stack) -> None:
        total, scenario = forecast.total_cost_days, stack.scenario
        low, high = numbers.whole(total.p10), numbers.days(total.p90)
        self._show("total", numbers.days(total.p50), f"P10–P90 {low} – {high}")
        money = numbers.money(total.p50 * scenario.day_rate, scenario.currency)
        rate = f"{numbers.plain(scenario.day_rate)} {scenario.currency}/day, assumed"
        self._show("money", money, rate)
        horizon = forecast.horizon_years
        half = forecast.stack_half_life_years
        redone = (
            f"{numbers.percent(forecast.redone_share[-1])} redone in "
            f"{numbers.plain(round(horizon, 1))} y"
        )
        self._show("half", numbers.years_or_beyond(half, horizon), redone)
        reached = [each for each in forecast.components if each.first_rework_years.p50 is not None]
        if reached:
            first = min(reached, key=lambda each: each.first_rework_years.p50 or 0.0)
            when = numbers.years(first.first_rework_years.p50)
            self._show("first", first.name, f"median {when}")
        else:
            self._show("first", "none", f"within {numbers.plain(horizon)} years")
        unmatched = sum(not each.matched for each in forecast.components)
        note = f"{unmatched} without evidence" if unmatched else "all have evidence"
        self._show("coverage", numbers.percent(forecast.coverage), note)

    def _show(self, key: str, value: str, note: str) -> None:
        self._values[key].setText(value)
        self._values[key].setAccessibleDescription(note)
        self._notes[key].setText(note)
