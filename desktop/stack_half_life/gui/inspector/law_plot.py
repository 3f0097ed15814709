"""A clock as a curve: the fitted law over what was observed."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.clock_curves import ClockCurve
from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.axes import NumberAxis
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.theme.theme import Theme

_MOST_POINTS = 20


class LawPlot(Plot):
    """Chance that a gap lasts longer, by years: line the law, steps and ticks the facts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._curve: ClockCurve | None = None
        self._at_risk: Sequence[float] = ()
        super().__init__(
            theme,
            "A clock's law",
            left=NumberAxis("left", suffix=" %"),
            bottom=NumberAxis("bottom", suffix=" y"),
            parent=parent,
        )
        self.setFixedHeight(168)
        self.getAxis("left").setWidth(48)

    def show_curve(self, curve: ClockCurve | None, at_risk: Sequence[float] = ()) -> None:
        """Draw a clock; at_risk: years observed in each band of tenure, for the tenure clock."""
        self._curve, self._at_risk = curve, at_risk
        self._draw()
        if curve is not None:
            half = next(
                (y for y, s in zip(curve.years, curve.survival, strict=True) if s <= 0.5), None
            )
            self.reader.describe(
                f"{len(curve.observed_years)} observed; median of the law {numbers.years(half)}"
            )

    def points(self) -> list[ChartPoint]:
        """The law at some times; then what was observed, shortest first."""
        if self._curve is None:
            return []
        pairs = list(zip(self._curve.years, self._curve.survival, strict=True))
        step = max(len(pairs) // _MOST_POINTS, 1)
        law = [
            ChartPoint(
                years, 100 * share, f"longer than {numbers.span(years)}: {numbers.percent(share)}"
            )
            for years, share in [*pairs[:-1:step], pairs[-1]]
        ]
        observed = [
            ChartPoint(years, -3.0, f"observed: {numbers.span(years)}", 1)
            for years in sorted(self._curve.observed_years)
        ]
        return law + observed

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(self._curve is not None)
        if self._curve is None:
            return
        palette, curve = self.theme.colours, self._curve
        longest = curve.years[-1]
        self.setXRange(0, longest * 1.02, padding=0)
        self.setYRange(-6, 108, padding=0)
        self.getAxis("left").setTicks([[(0, "0 %"), (50, "50 %"), (100, "100 %")]])
        self.horizontal_grid([0.0, 50.0, 100.0])
        shares = [100.0 * share for share in curve.survival]
        self.addItem(self.curve(curve.years, shares, self.pen(palette.accent, 2.0)))
        if curve.observed_years:
            self._draw_observed(sorted(curve.observed_years), longest)
        if curve.elapsed_years is not None:
            line = pg.InfiniteLine(
                curve.elapsed_years, pen=self.pen(palette.second, 1.4, Qt.PenStyle.DashLine)
            )
            self.addItem(line)
            words = self.text("so far", palette.second, anchor=(-0.15, 0.0))
            words.setPos(curve.elapsed_years, 106)
            self.addItem(words)
        for start, years in zip(TENURE_BAND_STARTS_YEARS, self._at_risk, strict=False):
            words = self.text(f"{numbers.whole(years)} y", palette.muted, anchor=(0.0, 1.0))
            words.setPos(start, -4)
            self.addItem(words)

    def _draw_observed(self, observed: list[float], longest: float) -> None:
        palette = self.theme.colours
        steps = 100.0 * (1.0 - np.arange(1, len(observed) + 1) / len(observed))
        xs = np.repeat([0.0, *observed, longest], 2)[1:-1]
        ys = np.repeat([100.0, *steps], 2)
        self.addItem(self.curve(xs.tolist(), ys.tolist(), self.pen(palette.ink, 1.1)))
        ticks = pg.ScatterPlotItem(
            observed,
            [-3.0] * len(observed),
            symbol="|",
            size=8,
            pen=self.pen(palette.muted, 1.0),
        )
        self.addItem(ticks)
