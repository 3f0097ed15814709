"""The fan chart: cumulative person-days with the spread over the futures."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import Forecast
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.axes import NumberAxis, YearAxis
from stack_half_life.gui.charts.plot import Plot, Rules
from stack_half_life.gui.charts.ticks import nice_ticks
from stack_half_life.gui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class FanCurve:
    """One stack's fan: `second` draws it in the second accent."""

    forecast: Forecast
    label: str
    second: bool = False


class CostFan(Plot):
    """Bands P5–P95 and P25–P75 around the median, labelled at the curve's end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._time = YearAxis()
        self._drawn: list[_DrawnFan] = []
        self._curves: tuple[FanCurve, ...] = ()
        super().__init__(
            theme,
            "Cumulative rework cost in person-days",
            bottom=self._time,
            left=NumberAxis("left"),
            parent=parent,
        )

    def show_curves(self, curves: tuple[FanCurve, ...]) -> None:
        """Draw the fans of one or two stacks on the same axes."""
        self._curves = curves
        self._draw()
        self.setAccessibleDescription(". ".join(_in_words(curve) for curve in curves))

    def show_forecast(self, forecast: Forecast) -> None:
        """Draw the fan of one stack."""
        self.show_curves((FanCurve(forecast, "median"),))

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._drawn = []
        if self._curves:
            self._draw()

    def _draw(self) -> None:
        self.show_axes(bool(self._curves))
        if len(self._drawn) != len(self._curves) or not self._curves:
            self._rebuild()
        if not self._curves:
            return
        first = self._curves[0].forecast
        self._time.start_year = first.as_of.year + (first.as_of.timetuple().tm_yday - 1) / 365.25
        highest = max(max(curve.forecast.cumulative_cost_days.p95) for curve in self._curves)
        ticks = nice_ticks(highest)
        top = max(ticks[-1], highest * 1.04)
        self.setXRange(0, first.horizon_years, padding=0)
        self.setYRange(0, top, padding=0)
        self.getAxis("left").setTicks([[(tick, numbers.whole(tick)) for tick in ticks]])
        self._rules.put(ticks, first.horizon_years)
        for curve, drawn in zip(self._curves, self._drawn, strict=True):
            drawn.put(curve.forecast)
        self._draw_labels(top)

    def _rebuild(self) -> None:
        """Make the items anew, where their number or colours change; else only data is put in."""
        self.clear()
        self._drawn = [_DrawnFan(self, self._hue(curve)) for curve in self._curves]
        self._rules = Rules(self)

    def _draw_labels(self, top: float) -> None:
        taken: list[float] = []
        for curve, drawn in zip(self._curves, self._drawn, strict=True):
            end = curve.forecast.cumulative_cost_days.p50[-1]
            place = end
            for other in taken:
                if abs(place - other) < 0.09 * top:
                    place = other + (0.09 if end >= other else -0.09) * top
            taken.append(place)
            words = f"{curve.label}  {numbers.days(end)}".strip()
            drawn.label.setText(words)
            drawn.label.setPos(curve.forecast.horizon_years, place)

    def _hue(self, curve: FanCurve) -> QColor:
        palette = self.theme.colours
        return QColor(palette.second if curve.second else palette.accent)


class _DrawnFan:
    """The items of one fan."""

    def __init__(self, plot: Plot, hue: QColor) -> None:
        self._bands = []
        for alpha in (0.16, 0.26):
            shade = QColor(hue)
            shade.setAlphaF(alpha)
            edges = plot.curve([], []), plot.curve([], [])
            plot.addItem(pg.FillBetweenItem(*edges, brush=shade))
            self._bands.append(edges)
        self._median = plot.curve([], [], plot.pen(hue, 2.0))
        self.label = plot.text("", hue, anchor=(1.0, 1.0), strong=True)
        for item in (self._median, self.label):
            plot.addItem(item)

    def put(self, forecast: Forecast) -> None:
        """Draw a forecast's fan."""
        fan, grid = forecast.cumulative_cost_days, np.asarray(forecast.grid_years)
        for (low, high), (lower, upper) in zip(
            ((fan.p5, fan.p95), (fan.p25, fan.p75)), self._bands, strict=True
        ):
            lower.setData(grid, np.asarray(low))
            upper.setData(grid, np.asarray(high))
        self._median.setData(grid, np.asarray(fan.p50))


def _in_words(curve: FanCurve) -> str:
    total = curve.forecast.total_cost_days
    return (
        f"{curve.label or curve.forecast.stack_name}: median {numbers.days(total.p50)}, "
        f"P10–P90 {numbers.days(total.p10)} to {numbers.days(total.p90)} "
        f"within {numbers.plain(curve.forecast.horizon_years)} years"
    )
