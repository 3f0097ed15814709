"""The depth plot: years on a logarithmic axis, layers from application down to hardware."""

from collections.abc import Sequence
from hashlib import blake2b
from math import log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.facts import Generation
from stack_half_life.domain.layers import Layer
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint
from stack_half_life.gui.layers.labels import NamedBar, placed_names
from stack_half_life.gui.layers.points import DepthPoint, layer_medians
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme

_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_NAMED = {Generation.AI: "AI", Generation.CLASSICAL: "classical"}
_SPREAD = 0.30
_BEYOND_YEARS = 200.0
"""Where bars end whose P90 is not reached: outside the picture."""
_SYMBOLS = {Generation.AI: "t1", Generation.CLASSICAL: "o"}


class DepthPlot(Plot):
    """Reference clouds of AI and classical technologies, and the stack's own points over them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._cloud: Sequence[DepthPoint] = ()
        self._own: Sequence[tuple[str, DepthPoint]] = ()
        super().__init__(theme, "Clocks against depth", parent=parent)
        self.getAxis("left").setWidth(196)
        self.getViewBox().sigResized.connect(self._draw)

    def show_points(
        self, cloud: Sequence[DepthPoint], own: Sequence[tuple[str, DepthPoint]]
    ) -> None:
        """Draw the clouds, and the stack's components as (name in the stack, point)."""
        self._cloud, self._own = cloud, own
        self._draw()
        self.reader.describe(self._in_words())

    def points(self) -> list[ChartPoint]:
        """The stack's points, then the medians of each generation's layers."""
        rows = _rows()
        found = [
            ChartPoint(log10(point.years), place, _own_words(name, point))
            for name, point, place in self._placed(rows)
        ]
        for series, (generation, words) in enumerate(_NAMED.items(), start=1):
            found += [
                ChartPoint(
                    log10(years),
                    rows[layer],
                    f"{words} technologies, {layer.label}: median {numbers.span(years)}, n {count}",
                    series,
                )
                for layer, years, count in layer_medians(self._cloud, generation)
            ]
        return found

    def restyle(self) -> None:
        """Draw again in the theme's colours."""
        super().restyle()
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.show_axes(bool(self._cloud))
        if not self._cloud:
            return
        rows = _rows()
        self.setYRange(-len(rows) + 0.4, 0.6, padding=0)
        years = [each.years for each in self._cloud]
        low, high = max(min(years) * 0.8, 0.02), min(max(years) * 1.6, 80.0)
        self.setXRange(log10(low), log10(high), padding=0)
        self.getAxis("left").setTicks([[(place, layer.label) for layer, place in rows.items()]])
        ticks = [(log10(each), f"{numbers.plain(each)} y") for each in _TICKS]
        self.getAxis("bottom").setTicks([ticks])
        palette = self.theme.colours
        for place, _words in ticks:
            self.addItem(pg.InfiniteLine(place, angle=90, pen=self.pen(palette.grid)))
        for generation, token in self._generations():
            self._draw_cloud(generation, token, rows)
        placed = self._placed(rows)
        for _name, point, place in placed:
            self._draw_own(point, place)
        self._draw_names(placed)

    def _draw_cloud(self, generation: Generation, token: str, rows: dict[Layer, int]) -> None:
        inside = [each for each in self._cloud if each.generation is generation]
        side = 1 if generation is Generation.AI else -1
        brush = colour(token, 0.30)
        self.addItem(
            pg.ScatterPlotItem(
                np.log10([each.years for each in inside]),
                np.array([rows[each.layer] + side * _jitter(each.name) for each in inside]),
                size=6 if generation is Generation.AI else 5,
                symbol=_SYMBOLS[generation],
                brush=brush,
                pen=pg.mkPen(None),
                pxMode=True,
            )
        )
        medians = layer_medians(self._cloud, generation)
        for layer, years, _count in medians:
            place = rows[layer] + side * 0.16
            self.addItem(
                self.curve([log10(years)] * 2, [place - 0.15, place + 0.15], self.pen(token, 3.0))
            )

    def _placed(self, rows: dict[Layer, int]) -> list[tuple[str, DepthPoint, float]]:
        """The stack's points, those of one layer spread over its row so that none hides another."""
        placed = []
        for layer, row in rows.items():
            inside = [each for each in self._own if each[1].layer is layer]
            inside.sort(key=lambda each: each[1].years)
            for at, (name, point) in enumerate(inside):
                offset = 0.0 if len(inside) == 1 else 0.32 - 0.64 * at / (len(inside) - 1)
                placed.append((name, point, row + offset))
        return placed

    def _draw_own(self, point: DepthPoint, place: float) -> None:
        palette = self.theme.colours
        high = point.high_years or _BEYOND_YEARS
        hue = layer_colour(palette, point.layer)
        self.addItem(
            self.curve([log10(point.low_years), log10(high)], [place, place], self.pen(hue, 1.4))
        )
        self.addItem(
            pg.ScatterPlotItem(
                [log10(point.years)],
                [place],
                size=10,
                brush=hue,
                pen=self.pen(palette.ink, 1.2),
                pxMode=True,
            )
        )

    def _draw_names(self, placed: Sequence[tuple[str, DepthPoint, float]]) -> None:
        """Name the stack's points where there is room; the description has them all."""
        box = self.getViewBox()
        words = [
            self.text(name, self.theme.colours.ink, anchor=(0.0, 0.0), strong=True)
            for name, _point, _place in placed
        ]
        bars = [
            self._named_bar(point, place, item)
            for (_name, point, place), item in zip(placed, words, strict=True)
        ]
        areas = placed_names(bars, box.boundingRect())
        for item, area in zip(words, areas, strict=True):
            if area is not None:
                item.setPos(box.mapToView(area.topLeft()))
                self.addItem(item)

    def _named_bar(self, point: DepthPoint, place: float, words: pg.TextItem) -> NamedBar:
        box, size = self.getViewBox(), words.boundingRect().size()
        left, middle, right = (
            box.mapFromView(QPointF(log10(years), place))
            for years in (point.low_years, point.years, point.high_years or _BEYOND_YEARS)
        )
        return NamedBar(left.x(), middle.x(), right.x(), middle.y(), size.width(), size.height())

    def _generations(self) -> tuple[tuple[Generation, str], ...]:
        palette = self.theme.colours
        return ((Generation.AI, palette.second), (Generation.CLASSICAL, palette.accent))

    def _in_words(self) -> str:
        sentences = []
        for generation, words in _NAMED.items():
            medians = layer_medians(self._cloud, generation)
            parts = [f"{layer.label} {numbers.span(years)}" for layer, years, _n in medians]
            sentences.append(f"{words} medians: {', '.join(parts) or 'none'}")
        sentences += [f"{name}: {numbers.span(point.years)}" for name, point in self._own]
        return ". ".join(sentences)


def _rows() -> dict[Layer, int]:
    """Where each layer stands, the topmost at 0."""
    return {layer: -at for at, layer in enumerate(Layer)}


def _own_words(name: str, point: DepthPoint) -> str:
    high = "not reached" if point.high_years is None else numbers.span(point.high_years)
    return (
        f"{name}, {point.layer.label}: {numbers.span(point.years)}, "
        f"P10–P90 {numbers.span(point.low_years)} – {high}"
    )


def _jitter(name: str) -> float:
    """A place within the row that a name always gets, so that points do not dance."""
    digest = blake2b(name.encode(), digest_size=2).digest()
    return 0.04 + _SPREAD * int.from_bytes(digest) / 65_535
