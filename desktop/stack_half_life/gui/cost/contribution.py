"""Which components cost the most: bars with a whisker, the dearest on top."""

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import ComponentForecast, Forecast
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.charts.ticks import nice_ticks
from stack_half_life.gui.theme.colours import layer_colour
from stack_half_life.gui.theme.theme import Theme

_ROW_PIXELS = 19


class Contribution(Plot):
    """A bar per component in its layer's colour, named at the left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._forecast: Forecast | None = None
        super().__init__(theme, "Rework cost by component in person-days", parent=parent)
        self.getAxis("left").setWidth(170)
        self.getViewBox().sigResized.connect(self._draw)

    def show_forecast(self, forecast: Forecast | None) -> None:
        """Draw a forecast, or nothing."""
        self._forecast = forecast
        self._draw()
        if forecast is not None:
            self.reader.describe(
                ". ".join(
                    f"{each.name}: mean {numbers.days(each.cost_days.mean)}"
                    for each in _dearest(forecast)
                )
            )

    def points(self) -> list[ChartPoint]:
        """A point for each component drawn, the dearest first."""
        if self._forecast is None:
            return []
        return [
            ChartPoint(
                each.cost_days.mean,
                -at,
                f"{each.name}: mean {numbers.days(each.cost_days.mean)}, P10–P90 "
                f"{numbers.whole(each.cost_days.p10)} – {numbers.days(each.cost_days.p90)}",
            )
            for at, each in enumerate(self._shown(self._forecast))
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _shown(self, forecast: Forecast) -> list[ComponentForecast]:
        fitting = max((self.height() - 40) // _ROW_PIXELS, 3)
        return _dearest(forecast)[:fitting]

    def _draw(self) -> None:
        self.clear()
        self.show_axes(self._forecast is not None)
        if self._forecast is None or not self._forecast.components:
            return
        shown = self._shown(self._forecast)
        highest = max(max(each.cost_days.p90, each.cost_days.mean) for each in shown)
        ticks = nice_ticks(highest)
        self.setYRange(-len(shown) + 0.4, 0.6, padding=0)
        self.setXRange(0, max(highest, ticks[-1]) * 1.20 or 1.0, padding=0)
        self.getAxis("bottom").setTicks([[(tick, numbers.whole(tick)) for tick in ticks]])
        self.getAxis("left").setTicks([[(-at, _short(each.name)) for at, each in enumerate(shown)]])
        for at, each in enumerate(shown):
            hue = layer_colour(self.theme.colours, each.layer)
            bar = pg.BarGraphItem(
                x0=[0],
                y=[-at],
                width=[each.cost_days.mean],
                height=0.58,
                brush=hue,
                pen=pg.mkPen(None),
            )
            self.addItem(bar)
            whisker = self.curve(
                [each.cost_days.p10, each.cost_days.p90],
                [-at, -at],
                self.pen(self.theme.colours.ink, 1.2),
            )
            self.addItem(whisker)
            words = self.text(
                numbers.days(each.cost_days.mean), self.theme.colours.muted, anchor=(0.0, 0.5)
            )
            words.setPos(max(each.cost_days.p90, each.cost_days.mean) + highest * 0.01, -at)
            self.addItem(words)


def _dearest(forecast: Forecast) -> list[ComponentForecast]:
    return sorted(forecast.components, key=lambda each: -each.cost_days.mean)


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"
