"""The backtest as pictures: reliability, and skill beside the baselines."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.track_record import (
    CLIMATOLOGY,
    EXPONENTIAL,
    LAST_GAP,
    MODEL,
    ReliabilityPoint,
    Score,
    TargetRecord,
)
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.axes import NumberAxis
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

MODEL_WORDS = {
    MODEL: "this program",
    CLIMATOLOGY: "climatology",
    LAST_GAP: "last gap again",
    "climatology_unconditioned": "climatology, age unknown",
    "climatology_products_equal": "climatology, products equal",
    EXPONENTIAL: "constant rate",
}

LEAST_CASES = 20
"""Points of fewer cases are drawn pale and are passed by the lines."""

_SIGNS = {"o": "●", "s": "■", "t1": "▲", "d": "◆"}
_SYMBOLS = tuple(_SIGNS)
"""The marks of the horizons, shortest first: their colours are not the only sign."""


class ReliabilityPlot(Plot):
    """Forecast chance against how often it came; on the diagonal forecasts are right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._target: TargetRecord | None = None
        super().__init__(
            theme,
            "Reliability diagram",
            bottom=NumberAxis("bottom", suffix=" %"),
            left=NumberAxis("left", suffix=" %"),
            parent=parent,
        )

    def show_target(self, target: TargetRecord | None) -> None:
        """Draw a target's reliability."""
        self._target = target
        self._draw()
        if target is not None:
            self.reader.describe(
                ". ".join(
                    f"{point.months} months: forecast {numbers.percent(point.forecast)}, "
                    f"came {numbers.percent(point.observed)}, n {point.n}"
                    for point in target.reliability
                )
            )

    def points(self) -> list[ChartPoint]:
        """A series for each horizon, shortest first."""
        found = self._target.reliability if self._target else ()
        spans = sorted({each.months for each in found})
        return [
            ChartPoint(
                100 * each.forecast,
                100 * each.observed,
                f"Within {each.months} months: forecast {numbers.percent(each.forecast)}, "
                f"came {numbers.percent(each.observed)}, n {numbers.whole(each.n)}",
                spans.index(each.months),
            )
            for each in sorted(found, key=lambda each: (each.months, each.forecast))
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(self._target is not None)
        if self._target is None:
            return
        palette = self.theme.colours
        self.setXRange(0, 104, padding=0.02)
        self.setYRange(0, 108, padding=0.02)
        for axis in ("left", "bottom"):
            ticks = [(at, f"{at} %") for at in (0, 25, 50, 75, 100)]
            self.getAxis(axis).setTicks([ticks])
        self.addItem(self.curve([0, 100], [0, 100], self.pen(palette.muted, 1.2)))
        points = self._target.reliability
        spans = sorted({each.months for each in points})
        marks = zip(spans, self._tokens(), _SYMBOLS, strict=False)
        for key, (months, token, symbol) in enumerate(marks):
            inside = sorted(
                (each for each in points if each.months == months), key=lambda each: each.forecast
            )
            well_seen = [each for each in inside if each.n >= LEAST_CASES]
            self.addItem(self.curve(*_places(well_seen), self.pen(token, 1.8)))
            self.addItem(
                pg.ScatterPlotItem(
                    *_places(inside),
                    size=[min(max(each.n**0.5 / 2, 4.0), 14.0) for each in inside],
                    symbol=symbol,
                    brush=[colour(token, 1.0 if each in well_seen else 0.3) for each in inside],
                    pen=pg.mkPen(None),
                )
            )
            words = self.text(
                f"within {months} months  {_SIGNS[symbol]}", token, anchor=(1.0, 1.0), strong=True
            )
            words.setPos(104, 6.0 * (len(spans) - 1 - key))
            self.addItem(words)

    def _tokens(self) -> Sequence[str]:
        palette = self.theme.colours
        hues = list(palette.layers.values())
        return (palette.accent, palette.second, hues[3], hues[9])


def _places(points: Sequence[ReliabilityPoint]) -> tuple[list[float], list[float]]:
    """Forecast chances and shares that came, in per cent."""
    return [100 * each.forecast for each in points], [100 * each.observed for each in points]


class SkillPlot(Plot):
    """Mean CRPS of each model as bars, lower is better, with 90 % bootstrap whiskers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._target: TargetRecord | None = None
        super().__init__(theme, "CRPS in days beside the baselines", parent=parent)
        self.getAxis("left").setWidth(176)

    def show_target(self, target: TargetRecord | None) -> None:
        """Draw a target's scores."""
        self._target = target
        self._draw()
        if target is not None:
            self.reader.describe(
                ". ".join(
                    f"{_named(name)}: CRPS {numbers.whole(score.crps_days)} days"
                    for name, score in target.scores.items()
                )
            )

    def points(self) -> list[ChartPoint]:
        """A point for each model, the best first."""
        return [
            ChartPoint(
                score.crps_days,
                -at,
                f"{_named(name)}: CRPS {numbers.decimal(score.crps_days)} days, "
                f"{numbers.whole(score.crps_interval_days.low)} – "
                f"{numbers.whole(score.crps_interval_days.high)}",
            )
            for at, (name, score) in enumerate(_by_score(self._target))
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(self._target is not None)
        if self._target is None:
            return
        palette = self.theme.colours
        scores = _by_score(self._target)
        highest = max(score.crps_interval_days.high for _name, score in scores)
        self.setXRange(0, 1.16 * highest, padding=0)
        self.setYRange(-len(scores) + 0.4, 0.6, padding=0)
        ticks = [(-at, _named(name)) for at, (name, _score) in enumerate(scores)]
        self.getAxis("left").setTicks([ticks])
        for at, (name, score) in enumerate(scores):
            hue = QColor(palette.accent if name == MODEL else palette.muted)
            hue.setAlphaF(1.0 if name == MODEL else 0.55)
            self.addItem(
                pg.BarGraphItem(
                    x0=[0],
                    y=[-at],
                    width=[score.crps_days],
                    height=0.56,
                    brush=hue,
                    pen=pg.mkPen(None),
                )
            )
            interval = score.crps_interval_days
            self.addItem(
                self.curve([interval.low, interval.high], [-at, -at], self.pen(palette.ink, 1.2))
            )
            words = self.text(f"{numbers.whole(score.crps_days)} d", palette.muted, anchor=(0, 0.5))
            words.setPos(interval.high + 0.01 * highest, -at)
            self.addItem(words)


def _by_score(target: TargetRecord | None) -> list[tuple[str, Score]]:
    scores = target.scores if target else {}
    return sorted(scores.items(), key=lambda each: each[1].crps_days)


def _named(model: str) -> str:
    return MODEL_WORDS.get(model, model.replace("_", " "))
