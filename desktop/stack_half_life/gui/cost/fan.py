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
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.charts.ticks import nice_ticks
from stack_half_life.gui.theme.theme import Theme

_MOST_POINTS = 20
"""Of a curve, that are read one by one."""
_WIDEST_GUTTER = 0.4
"""Of the width, for the labels right of the curves."""


@dataclass(frozen=True, slots=True)
class FanCurve:
    """One stack's fan: `second` draws it in the second accent."""

    forecast: Forecast
    label: str
    second: bool = False


class CostFan(Plot):
    """Bands P10–P90 and P25–P75 around the median, labelled at the curve's end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._time = YearAxis()
        self.fans: list[DrawnFan] = []
        self._curves: tuple[FanCurve, ...] = ()
        super().__init__(
            theme,
            "Cumulative rework cost in person-days",
            bottom=self._time,
            left=NumberAxis("left"),
            parent=parent,
        )
        self.getViewBox().sigResized.connect(self._place_labels)

    def show_curves(self, curves: tuple[FanCurve, ...]) -> None:
        """Draw the fans of one or two stacks on the same axes."""
        self._curves = curves
        self._draw()
        self.reader.describe(". ".join(_in_words(curve) for curve in curves))

    def show_forecast(self, forecast: Forecast) -> None:
        """Draw the fan of one stack."""
        self.show_curves((FanCurve(forecast, "median"),))

    def points(self) -> list[ChartPoint]:
        """The fan at about twenty times, a series for each stack."""
        return [
            _point(curve, at, series)
            for series, curve in enumerate(self._curves)
            for at in _places(len(curve.forecast.grid_years))
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self.fans = []
        if self._curves:
            self._draw()

    def _draw(self) -> None:
        self.show_axes(bool(self._curves))
        if len(self.fans) != len(self._curves) or not self._curves:
            self._rebuild()
        if not self._curves:
            return
        first = self._curves[0].forecast
        self._time.start_year = first.as_of.year + (first.as_of.timetuple().tm_yday - 1) / 365.25
        highest = max(max(curve.forecast.cumulative_cost_days.p90) for curve in self._curves)
        ticks = nice_ticks(highest)
        top = max(ticks[-1], highest * 1.04)
        self._time.end = first.horizon_years
        self.setYRange(0, top, padding=0)
        self.getAxis("left").setTicks([[(tick, numbers.whole(tick)) for tick in ticks]])
        self._rules.put(ticks, first.horizon_years)
        for curve, drawn in zip(self._curves, self.fans, strict=True):
            drawn.put(curve.forecast)
        self._place_labels()

    def _rebuild(self) -> None:
        """Make the items anew, where their number or colours change; else only data is put in."""
        self.clear()
        self.fans = [DrawnFan(self, self._hue(curve)) for curve in self._curves]
        self._rules = Rules(self)

    def _place_labels(self) -> None:
        """Put the labels right of the curves' ends, apart from each other."""
        if not self._curves:
            return
        ends = [curve.forecast.cumulative_cost_days.p50[-1] for curve in self._curves]
        horizon = self._curves[0].forecast.horizon_years
        room = self.getViewBox().size()
        widest = 0.0
        for curve, drawn, end in zip(self._curves, self.fans, ends, strict=True):
            drawn.label.setText(f"{curve.label}\n{numbers.days(end)}")
            widest = max(widest, drawn.label.boundingRect().width())
        share = min(widest / max(room.width(), 1.0), _WIDEST_GUTTER)
        self.setXRange(0, horizon / (1.0 - share), padding=0)
        top = self.getViewBox().viewRange()[1][1]
        height = top * self.fans[0].label.boundingRect().height() / max(room.height(), 1.0)
        for drawn, place in zip(self.fans, _apart(ends, height, top), strict=True):
            drawn.label.setPos(horizon, place)

    def _hue(self, curve: FanCurve) -> QColor:
        palette = self.theme.colours
        return QColor(palette.second if curve.second else palette.accent)


class DrawnFan:
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
        self.label = plot.text("", hue, anchor=(0.0, 0.5), strong=True)
        for item in (self._median, self.label):
            plot.addItem(item)

    def put(self, forecast: Forecast) -> None:
        """Draw a forecast's fan."""
        fan, grid = forecast.cumulative_cost_days, np.asarray(forecast.grid_years)
        for (low, high), (lower, upper) in zip(
            ((fan.p10, fan.p90), (fan.p25, fan.p75)), self._bands, strict=True
        ):
            lower.setData(grid, np.asarray(low))
            upper.setData(grid, np.asarray(high))
        self._median.setData(grid, np.asarray(fan.p50))


def _apart(places: list[float], height: float, top: float) -> list[float]:
    """The places of one or two labels, moved as little as keeps them apart and below the top."""
    middle = min(sum(places) / len(places), top - height * len(places) / 2)
    if len(places) == 2 and abs(places[0] - places[1]) < height:
        step = height / 2 if places[0] >= places[1] else -height / 2
        return [middle + step, middle - step]
    return [min(place, top - height / 2) for place in places]


def _places(count: int) -> list[int]:
    """Some of so many places, the last among them."""
    step = max(count // _MOST_POINTS, 1)
    return [*range(0, count - 1, step), count - 1]


def _point(curve: FanCurve, at: int, series: int) -> ChartPoint:
    fan, years = curve.forecast.cumulative_cost_days, curve.forecast.grid_years[at]
    words = (
        f"{curve.label}, within {numbers.plain(round(years, 1))} y: {numbers.days(fan.p50[at])}, "
        f"P10–P90 {numbers.whole(fan.p10[at])} – {numbers.days(fan.p90[at])}"
    )
    return ChartPoint(years, fan.p50[at], words, series)


def _in_words(curve: FanCurve) -> str:
    total = curve.forecast.total_cost_days
    return (
        f"{curve.label or curve.forecast.stack_name}: median {numbers.days(total.p50)}, "
        f"P10–P90 {numbers.days(total.p10)} to {numbers.days(total.p90)} "
        f"within {numbers.plain(curve.forecast.horizon_years)} years"
    )
