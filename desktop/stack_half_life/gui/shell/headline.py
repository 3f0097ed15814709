"""The strip above the charts: what it will cost, when it starts, how sure that is."""

from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.figures import FigureRow
from stack_half_life.report.assumptions import default_efforts
from stack_half_life.report.figures import discounting

_FIGURES = (
    (
        "total",
        "Rework, median",
        (
            "Median person-days of rework within the horizon, never discounted; below it P10–P90 "
            "over the futures."
        ),
    ),
    (
        "money",
        "At the day rate",
        (
            "Median cost of the rework at your day rate, an assumption; money alone is discounted, "
            "where you set a rate."
        ),
    ),
    (
        "half",
        "Stack half-life",
        (
            "The time by which half of the stack's integration effort is expected to have been "
            "redone; below it the share redone within the horizon."
        ),
    ),
    (
        "first",
        "First to force work",
        "The component with the earliest expected forced work, and its median time.",
    ),
    (
        "coverage",
        "With evidence",
        (
            "Share of the expected effort whose components have evidence of their own on any "
            "clock; below it the clock with the least of it: releases, support, or tenure in "
            "manifests. The rest is forecast from reference classes."
        ),
    ),
)
_CLOCKS = ("releases", "support", "tenure")
_WIDTHS = (8, 9, 7, 8, 7)


class Headline(FigureRow):
    """Five figures of a document's forecast."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(_FIGURES, parent, widths=_WIDTHS)
        self._document = document
        document.assessment_changed.connect(self._refresh)
        document.stack_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        assessment = self._document.assessment
        if assessment is None:
            for key, _caption, _hint in _FIGURES:
                self.put(key, "–", "")
            return
        self._show_forecast(assessment.forecast, self._document.stack)

    def _show_forecast(self, forecast: Forecast, stack: Stack) -> None:
        is_rough = self._document.is_preview
        total, scenario, horizon = forecast.total_cost_days, stack.scenario, forecast.horizon_years
        low, high = numbers.whole(total.p10), numbers.days(total.p90)
        errors = (
            ("P10", total.p10_standard_error),
            ("median", total.p50_standard_error),
            ("P90", total.p90_standard_error),
            ("mean", total.standard_error),
        )
        told = [f"{name} ± {numbers.days(error)}" for name, error in errors if error is not None]
        self.put(
            "total",
            numbers.days(total.p50),
            f"{low} – {high}",
            f"P10–P90 {low} – {high}, mean {numbers.days(total.mean)}; "
            f"standard errors: {', '.join(told)}",
            is_rough=is_rough,
        )
        present = forecast.total_present_days
        money = numbers.money(present.p50 * scenario.day_rate, scenario.currency)
        rate = f"{numbers.plain(scenario.day_rate)} {scenario.currency}/d"
        defaults = default_efforts(stack)
        note = "rate, effort assumed" if defaults else f"{rate}, assumed"
        more = "; ".join(filter(None, (f"{rate}, assumed, {discounting(scenario)}", defaults)))
        self.put("money", money, note, more, is_rough=is_rough)
        half = numbers.years_or_beyond(forecast.stack_half_life_years, horizon)
        share = numbers.percent(forecast.redone_share[-1])
        within = f"{numbers.plain(round(horizon, 1))} years"
        more = f"{share} redone within {within}"
        self.put("half", half, f"{share} redone", more, is_rough=is_rough)
        first = forecast.first_to_fall
        if first is None:
            self.put("first", "none", f"within {within}")
        else:
            median = numbers.years(first.first_rework_years.p50)
            self.put("first", first.name, f"median {'≈ ' if is_rough else ''}{median}")
        unmatched = sum(not each.matched for each in forecast.components)
        by_clock = forecast.coverage_by_clock
        shares = (by_clock.release, by_clock.support, by_clock.tenure)
        releases, support, tenure = (numbers.decimal(100 * share, 0) for share in shares)
        more = f"releases {releases} %, support {support} %, tenure {tenure} %"
        if unmatched:
            more = f"{more}, {unmatched} unknown"
        least, name = min(zip(shares, _CLOCKS, strict=True))
        note = f"{name} {numbers.decimal(100 * least, 0)} %"
        self.put("coverage", numbers.percent(forecast.coverage), note, more)
