"""The chance that a component is still in place, over the horizon."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import ComponentForecast, Forecast
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.axes import NumberAxis
from stack_half_life.gui.charts.plot import Plot, Rules
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.theme.colours import layer_colour
from stack_half_life.gui.theme.theme import Theme

_MOST_POINTS = 10


class InPlaceCurve(Plot):
    """Share of futures that have not replaced the component, by years from now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._shown: tuple[Forecast, ComponentForecast] | None = None
        super().__init__(
            theme,
            "Chance still in place, by years from now",
            left=NumberAxis("left", suffix=" %"),
            parent=parent,
        )
        self.setFixedHeight(132)
        self.getAxis("left").setWidth(44)
        self.getAxis("left").setTicks([[(0, "0 %"), (50, "50 %"), (100, "100 %")]])
        self.setYRange(0, 134, padding=0)
        self.setToolTip("Share of futures that have not yet replaced the component.")

    def show_component(
        self, forecast: Forecast | None, component: ComponentForecast | None
    ) -> None:
        """Draw a component's curve, or nothing."""
        self._shown = (forecast, component) if forecast and component else None
        self._draw()

    def points(self) -> list[ChartPoint]:
        """The curve at about ten times."""
        if self._shown is None:
            return []
        forecast, component = self._shown
        step = max(len(forecast.grid_years) // _MOST_POINTS, 1)
        pairs = list(zip(forecast.grid_years, component.in_place_share, strict=True))
        return [
            ChartPoint(
                years,
                100 * share,
                f"after {numbers.plain(round(years, 1))} y: {numbers.percent(share)} of the "
                "futures still have it",
            )
            for years, share in [*pairs[:-1:step], pairs[-1]]
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self.clear()
        palette = self.theme.colours
        self._rules = Rules(self)
        self._line = self.curve([], [])
        self._half = pg.InfiniteLine(pen=self.pen(palette.ink, 1.2, Qt.PenStyle.DashLine))
        self._words = self.text(
            "still in place, by years from now", palette.muted, anchor=(1.0, 0.0)
        )
        for item in (self._line, self._half, self._words):
            self.addItem(item)
        self._draw()

    def _draw(self) -> None:
        self.show_axes(self._shown is not None)
        for item in self.getPlotItem().items:
            item.setVisible(self._shown is not None)
        if self._shown is None:
            return
        forecast, component = self._shown
        horizon = forecast.horizon_years
        hue = layer_colour(self.theme.colours, component.layer)
        wash = QColor(hue)
        wash.setAlphaF(0.18)
        self.setXRange(0, 1.02 * horizon, padding=0)
        self._rules.put([50.0, 100.0], 1.02 * horizon)
        shares = 100.0 * np.asarray(component.in_place_share)
        grid = np.asarray(forecast.grid_years)
        self._line.setData(grid, shares, pen=self.pen(hue, 2.0), brush=wash, fillLevel=0)
        self._half.setVisible(component.half_life_years is not None)
        self._half.setPos(component.half_life_years or 0.0)
        self._words.setPos(horizon, 136)
        self.reader.describe(
            f"{numbers.percent(component.in_place_share[-1])} of futures still have "
            f"{component.name} after {numbers.plain(horizon)} years"
        )
