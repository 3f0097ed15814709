"""The fan chart: cumulative person-days with the spread over the futures."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import Forecast
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.axes import NumberAxis, YearAxis
from stack_half_life.gui.charts.plot import Plot
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
        super().__init__(
            theme,
            "Cumulative rework cost in person-days",
            bottom=self._time,
            left=NumberAxis("left"),
            parent=parent,
        )
        self._curves: tuple[FanCurve, ...] = ()

    def show_curves(self, curves: tuple[FanCurve, ...]) -> None:
        """Draw the fans of one or two stacks on the same axes."""
        self._curves = curves
        self._draw()
        self.setAccessibleDescription(". ".join(_in_words(curve) for curve in curves))

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        if getattr(self, "_curves", ()):
            self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(bool(self._curves))
        if not self._curves:
            return
        first = self._curves[0].forecast
        self._time.start_year = first.as_of.year + (first.as_of.timetuple().tm_yday - 1) / 365.25
        highest = max(max(curve.forecast.cumulative_cost_days.p95) for curve in self._curves)
        ticks = nice_ticks(highest)
        self.setXRange(0, first.horizon_years, padding=0)
        self.setYRange(0, max(ticks[-1], highest * 1.04), padding=0)
        self.getAxis("left").setTicks([[(tick, numbers.whole(tick)) for tick in ticks]])
        self.horizontal_grid(list(ticks))
        self._draw_bands()
        self._draw_labels(max(ticks[-1], highest))

    def _draw_bands(self) -> None:
        for curve in self._curves:
            hue = self._hue(curve)
            fan, grid = curve.forecast.cumulative_cost_days, curve.forecast.grid_years
            for low, high, alpha in ((fan.p5, fan.p95, 0.16), (fan.p25, fan.p75, 0.26)):
                shade = QColor(hue)
                shade.setAlphaF(alpha)
                edges = self.curve(grid, low), self.curve(grid, high)
                self.addItem(pg.FillBetweenItem(*edges, brush=shade))
            self.addItem(self.curve(grid, fan.p50, self.pen(hue, 2.0)))

    def _draw_labels(self, top: float) -> None:
        taken: list[float] = []
        for curve in self._curves:
            end = curve.forecast.cumulative_cost_days.p50[-1]
            place = end
            for other in taken:
                if abs(place - other) < 0.09 * top:
                    place = other + (0.09 if end >= other else -0.09) * top
            taken.append(place)
            words = f"{curve.label}  {numbers.days(end)}".strip()
            item = self.text(words, self._hue(curve), anchor=(1.0, 1.0), strong=True)
            item.setPos(curve.forecast.horizon_years, place)
            self.addItem(item)

    def _hue(self, curve: FanCurve) -> QColor:
        palette = self.theme.colours
        return QColor(palette.second if curve.second else palette.accent)


def _in_words(curve: FanCurve) -> str:
    total = curve.forecast.total_cost_days
    return (
        f"{curve.label or curve.forecast.stack_name}: median {numbers.days(total.p50)}, "
        f"P10–P90 {numbers.days(total.p10)} to {numbers.days(total.p90)} "
        f"within {numbers.plain(curve.forecast.horizon_years)} years"
    )
