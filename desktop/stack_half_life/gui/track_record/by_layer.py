"""Skill by layer as a picture."""

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.track_record import MODEL, Score, TargetRecord
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.theme.colours import layer_colour
from stack_half_life.gui.theme.theme import Theme

_LOWEST = -1.0
"""Whiskers that reach further down are cut: a few odd products should not shrink the rest."""
_GUTTER = 0.22
"""Room for the words right of the bars, of the width of all bars."""


class LayerSkillPlot(Plot):
    """Skill over climatology of each layer's products, with its 90 % bootstrap interval."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._target: TargetRecord | None = None
        super().__init__(theme, "Skill over climatology by layer", parent=parent)
        self.getAxis("left").setWidth(196)

    def show_target(self, target: TargetRecord | None) -> None:
        """Draw a target's skill by layer."""
        self._target = target
        self._draw()
        self.reader.describe(". ".join(_in_words(layer, score) for layer, score in _scores(target)))

    def points(self) -> list[ChartPoint]:
        """A point for each layer, top to bottom."""
        return [
            ChartPoint(max(score.skill_vs_climatology, _LOWEST), -at, _in_words(layer, score))
            for at, (layer, score) in enumerate(_scores(self._target))
        ]

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        scores = _scores(self._target)
        self.show_axes(bool(scores))
        if not scores:
            return
        palette = self.theme.colours
        lows = [max(score.skill_interval.low, _LOWEST) for _layer, score in scores]
        low = min(0.0, *lows)
        high = max(score.skill_interval.high for _layer, score in scores)
        high = max(high, 0.1)
        self.setXRange(low - 0.04, high + _GUTTER * (high - low), padding=0)
        self.setYRange(-len(scores) + 0.4, 0.6, padding=0)
        self.getAxis("left").setTicks(
            [[(-at, layer.label) for at, (layer, _score) in enumerate(scores)]]
        )
        self.addItem(pg.InfiniteLine(0, angle=90, pen=self.pen(palette.ink, 1.2)))
        for at, ((layer, score), lower) in enumerate(zip(scores, lows, strict=True)):
            self.addItem(
                pg.BarGraphItem(
                    x0=[0],
                    y=[-at],
                    width=[max(score.skill_vs_climatology, _LOWEST)],
                    height=0.56,
                    brush=layer_colour(palette, layer),
                    pen=pg.mkPen(None),
                )
            )
            upper = score.skill_interval.high
            self.addItem(self.curve([lower, upper], [-at, -at], self.pen(palette.ink, 1.2)))
            words = self.text(
                f"{numbers.decimal(score.skill_vs_climatology, 2)} · n {score.products}",
                palette.muted,
                anchor=(0.0, 0.5),
            )
            words.setPos(max(upper, 0.0) + 0.01, -at)
            self.addItem(words)


def _in_words(layer: Layer, score: Score) -> str:
    return (
        f"{layer.label}: skill {numbers.decimal(score.skill_vs_climatology, 2)}, "
        f"{numbers.decimal(score.skill_interval.low, 2)} to "
        f"{numbers.decimal(score.skill_interval.high, 2)}, {score.products} products"
    )


def _scores(target: TargetRecord | None) -> list[tuple[Layer, Score]]:
    """The program's own score of each layer, top to bottom."""
    inside = target.by_layer if target is not None else {}
    return [(layer, inside[layer].scores[MODEL]) for layer in Layer if layer in inside]
