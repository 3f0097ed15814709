"""The distribution of B − A over the futures."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.results import Comparison
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

_TAIL = 0.003
"""Share of futures left out of the picture at either end, so that the rest can be seen."""
_LEAST_SIDE = 0.3
"""Width of the narrower side at least, of the other's, so that its words fit."""


class DifferencePlot(Plot):
    """A histogram: left of zero B is cheaper, right of it A."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._comparison: Comparison | None = None
        super().__init__(theme, "Distribution of the difference in person-days", parent=parent)
        self.getAxis("left").setWidth(12)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Draw a comparison, or nothing."""
        self._comparison = comparison
        self._draw()
        if comparison is not None:
            difference = comparison.difference_days
            self.reader.describe(
                f"B minus A: median {numbers.signed_days(difference.p50)}, P10–P90 "
                f"{numbers.signed_days(difference.p10)} to {numbers.signed_days(difference.p90)}; "
                f"B cheaper in {numbers.percent(comparison.probability_b_cheaper)} of futures"
            )

    def points(self) -> list[ChartPoint]:
        """A point for each bar that is in the picture."""
        histogram = self._comparison.distribution if self._comparison else None
        if histogram is None:
            return []
        low, high = self.getViewBox().viewRange()[0]
        edges = histogram.edges_days
        return [
            ChartPoint(
                (start + end) / 2,
                share,
                f"B − A from {numbers.signed_days(start)} to {numbers.signed_days(end)}: "
                f"{numbers.decimal(100 * share)} % of the futures",
            )
            for start, end, share in zip(edges, edges[1:], histogram.shares, strict=False)
            if share and low <= (start + end) / 2 <= high
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        histogram = self._comparison.distribution if self._comparison else None
        self.show_axes(histogram is not None)
        if histogram is None or self._comparison is None:
            return
        palette = self.theme.colours
        edges = np.asarray(histogram.edges_days)
        counts = np.asarray(histogram.shares)
        middles, widths = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
        for is_side, token in ((middles < 0, palette.second), (middles >= 0, palette.accent)):
            self.addItem(
                pg.BarGraphItem(
                    x=middles[is_side],
                    height=counts[is_side],
                    width=widths[is_side],
                    brush=colour(token, 0.55),
                    pen=pg.mkPen(None),
                )
            )
        highest = float(counts.max()) or 1.0
        self.setYRange(0, 1.22 * highest, padding=0)
        reached = np.cumsum(counts) / max(float(counts.sum()), 1e-12)
        low = min(float(edges[np.searchsorted(reached, _TAIL)]), 0.0)
        high = max(float(edges[np.searchsorted(reached, 1 - _TAIL) + 1]), 0.0)
        low, high = min(low, -_LEAST_SIDE * high), max(high, -_LEAST_SIDE * low)
        self.setXRange(low, high, padding=0.04)
        self.getAxis("left").setTicks([[]])
        self.addItem(pg.InfiniteLine(0, pen=self.pen(palette.ink, 1.2)))
        self._say("← B cheaper", palette.second, (1.06, 0.0), highest)
        self._say("A cheaper →", palette.accent, (-0.06, 0.0), highest)

    def _say(self, words: str, token: str, anchor: tuple[float, float], highest: float) -> None:
        item = self.text(words, token, anchor=anchor, strong=True)
        item.setPos(0, 1.22 * highest)
        self.addItem(item)
