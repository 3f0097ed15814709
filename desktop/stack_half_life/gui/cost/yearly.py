"""Cost year by year, stacked by why the work falls due or by layer."""

from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.results import Forecast, ReworkKind
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.charts.ticks import nice_ticks
from stack_half_life.gui.theme.colours import layer_colour
from stack_half_life.gui.theme.theme import Theme

_MOST_IN_KEY = 6


class YearlyCost(Plot):
    """A column per year from the forecast's date, with a P10–P90 whisker."""

    def __init__(
        self, theme: Theme, *, by_layer: bool = False, parent: QWidget | None = None
    ) -> None:
        """Stack by kind of rework, or by layer."""
        self._forecast: Forecast | None = None
        self._by_layer = by_layer
        super().__init__(theme, "Rework cost by year in person-days", parent=parent)

    def show_forecast(self, forecast: Forecast | None) -> None:
        """Draw a forecast, or nothing."""
        self._forecast = forecast
        self._draw()
        if forecast is not None:
            self.reader.describe(
                ". ".join(
                    f"Year {each.year}: mean {numbers.days(each.mean)}"
                    for each in forecast.cost_by_year_days
                )
            )

    def points(self) -> list[ChartPoint]:
        """A point a year, with what the year's cost is made of."""
        if self._forecast is None:
            return []
        parts = self._parts(self._forecast)
        return [
            ChartPoint(
                each.year,
                each.mean,
                f"Year {each.year}: mean {numbers.days(each.mean)}, P10–P90 "
                f"{numbers.whole(each.p10)} – {numbers.days(each.p90)}; "
                + ", ".join(
                    f"{words} {numbers.days(heights[at])}"
                    for words, _hue, heights in parts
                    if heights[at] > 0
                ),
            )
            for at, each in enumerate(self._forecast.cost_by_year_days)
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(self._forecast is not None)
        if self._forecast is None or not self._forecast.cost_by_year_days:
            return
        costs = self._forecast.cost_by_year_days
        highest = max(max(each.p90, each.mean) for each in costs)
        ticks = nice_ticks(highest)
        self.setXRange(0.4, len(costs) + 0.6, padding=0)
        self.setYRange(0, max(highest, ticks[-1]) * 1.28, padding=0)
        self.getAxis("left").setTicks([[(tick, numbers.whole(tick)) for tick in ticks]])
        every = -(-len(costs) // 20)
        self.getAxis("bottom").setTicks(
            [[(each.year, self._year_words(each.year)) for each in costs[::every]]]
        )
        self.horizontal_grid(list(ticks))
        years = [each.year for each in costs]
        floors = [0.0] * len(costs)
        parts = self._parts(self._forecast)
        for _words, hue, heights in parts:
            bars = pg.BarGraphItem(
                x=years, y0=floors, height=heights, width=0.62, brush=hue, pen=pg.mkPen(None)
            )
            self.addItem(bars)
            floors = [low + height for low, height in zip(floors, heights, strict=True)]
        middle = pg.ErrorBarItem(
            x=np.asarray(years, dtype=float),
            y=np.asarray([(each.p10 + each.p90) / 2 for each in costs]),
            height=np.asarray([each.p90 - each.p10 for each in costs]),
            beam=0.12,
            pen=self.pen(self.theme.colours.ink, 1.2),
        )
        self.addItem(middle)
        self._draw_key(parts, max(highest, ticks[-1]) * 1.28, len(costs))

    def _parts(self, forecast: Forecast) -> list[tuple[str, QColor, list[float]]]:
        """Words, hue and yearly means of each part of the columns, lowest first."""
        costs = forecast.cost_by_year_days
        if not self._by_layer:
            return [
                (kind.plural, hue, [each.mean_by_kind.get(kind, 0.0) for each in costs])
                for kind, hue in self._hues().items()
            ]
        places: dict[Layer, list[int]] = {}
        for at, component in enumerate(forecast.components):
            places.setdefault(component.layer, []).append(at)
        return [
            (
                layer.label,
                layer_colour(self.theme.colours, layer),
                [sum(each.mean_by_component[at] for at in inside) for each in costs],
            )
            for layer, inside in sorted(places.items(), key=lambda each: -each[0].depth)
        ]

    def _draw_key(
        self, parts: list[tuple[str, QColor, list[float]]], top: float, count: int
    ) -> None:
        words = "   ".join(
            f'<span style="color:{hue.name()}">■</span> '
            f'<span style="color:{self.theme.colours.muted}">{escape(name)}</span>'
            for name, hue, _heights in reversed(parts[-_MOST_IN_KEY:])
        )
        key = self.text("", self.theme.colours.muted, anchor=(1.0, 0.0))
        key.setHtml(words)
        key.setPos(count + 0.6, top)
        self.addItem(key)

    def _hues(self) -> dict[ReworkKind, QColor]:
        palette = self.theme.colours
        return {
            ReworkKind.UPGRADE: QColor(palette.accent),
            ReworkKind.REPLACEMENT: QColor(palette.second),
            ReworkKind.KNOCK_ON: QColor(palette.muted),
        }

    def _year_words(self, year: int) -> str:
        return f"year {year}" if year == 1 else str(year)
