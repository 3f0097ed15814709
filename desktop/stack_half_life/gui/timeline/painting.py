"""How one timeline row is drawn: past facts, fading expectations, announced ends."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen, QPolygonF

from stack_half_life.domain.palette import Palette
from stack_half_life.domain.results import EventWindow, TimeQuantiles
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.timeline.axis import TimeAxis
from stack_half_life.gui.timeline.rows import TimelineRow

ROW_HEIGHT = 34
UPGRADE_BAR = (6.0, 7.0)
REPLACEMENT_BAR = (16.0, 11.0)
"""Top within the row and height, in pixels."""

_MOST_STOPS = 24
_FAINTEST = 0.06
_STRONGEST = 0.40
"""How strong a bar is where no future and where every future still lacks the event."""
_ARROW = 5.0


def fade(quantiles: TimeQuantiles, horizon_years: float) -> list[tuple[float, float]]:
    """Stops (years, share of futures still without the event) of a bar that fades as it falls.

    Beyond the last quantile reached the share stays: nothing is extrapolated.
    """
    stops = [(0.0, 1.0)]
    for years, share in ((quantiles.p10, 0.9), (quantiles.p50, 0.5), (quantiles.p90, 0.1)):
        if years is not None:
            stops.append((min(years, horizon_years), share))
    return stops


def draw_row(
    painter: QPainter, row: TimelineRow, axis: TimeAxis, top: float, palette: Palette
) -> None:
    """Draw the row's marks with its upper edge at `top`."""
    hue = layer_colour(palette, row.layer)
    _draw_past(painter, row, axis, top, palette)
    upgrade = _quantiles(row.upgrades)
    stops = fade(upgrade, axis.horizon_years)
    _draw_expected(painter, stops, upgrade, axis, top, UPGRADE_BAR, hue, palette)
    replacement = _quantiles(row.replacements)
    _draw_expected(painter, row.in_place, replacement, axis, top, REPLACEMENT_BAR, hue, palette)
    for windows, bar in ((row.upgrades, UPGRADE_BAR), (row.replacements, REPLACEMENT_BAR)):
        _draw_later(painter, windows, axis, top, bar, palette)
    end = row.announced_end
    if end is not None and end.at_years <= axis.horizon_years:
        middle = QPointF(axis.x(end.at_years), top + ROW_HEIGHT / 2)
        draw_diamond(painter, middle, 6.0, palette.ink, palette)


def _quantiles(windows: tuple[EventWindow, ...]) -> TimeQuantiles:
    return windows[0].years if windows else TimeQuantiles(p10=None, p50=None, p90=None)


def _draw_past(
    painter: QPainter, row: TimelineRow, axis: TimeAxis, top: float, palette: Palette
) -> None:
    today = axis.x(0.0)
    bar_top, height = REPLACEMENT_BAR
    if row.in_use_from_years < 0:
        start = axis.x(row.in_use_from_years)
        faint = layer_colour(palette, row.layer, 0.22)
        painter.fillRect(QRectF(start, top + bar_top, today - start, height), faint)
    middle = top + UPGRADE_BAR[0] + UPGRADE_BAR[1] / 2
    painter.setPen(QPen(layer_colour(palette, row.layer), 1.4))
    for mark in row.releases:
        if mark.at_years >= -axis.past_years:
            x = axis.x(mark.at_years)
            painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 4))
    painter.setPen(QPen(colour(palette.muted), 1.2))
    painter.setBrush(colour(palette.panel))
    for mark in row.support_ends:
        if mark.at_years >= -axis.past_years:
            centre = QPointF(axis.x(mark.at_years), top + bar_top + height / 2)
            painter.drawEllipse(centre, 3.2, 3.2)
    if row.ended is not None:
        _draw_unsupported(painter, row.ended.at_years, axis, top, palette)


def _draw_unsupported(
    painter: QPainter, since_years: float, axis: TimeAxis, top: float, palette: Palette
) -> None:
    """A line from the end of support of the cycle in use to today."""
    end = QPointF(axis.x(since_years), top + ROW_HEIGHT / 2)
    pen = QPen(colour(palette.error), 2.0, Qt.PenStyle.DotLine, Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(end, QPointF(axis.x(0.0), end.y()))
    if since_years >= -axis.past_years:
        draw_diamond(painter, end, 6.0, palette.error, palette)


def _draw_expected(
    painter: QPainter,
    stops: Sequence[tuple[float, float]],
    spread: TimeQuantiles,
    axis: TimeAxis,
    top: float,
    bar: tuple[float, float],
    hue: QColor,
    palette: Palette,
) -> None:
    """A bar that fades as futures see the event, and over it P10–P90 and the median."""
    left, width = axis.x(0.0), max(axis.right - axis.x(0.0), 1.0)
    area = QRectF(left, top + bar[0], width, bar[1])
    gradient = QLinearGradient(left, 0, left + width, 0)
    for years, share in _thinned(stops):
        shade = QColor(hue)
        shade.setAlphaF(_FAINTEST + (_STRONGEST - _FAINTEST) * share)
        gradient.setColorAt((axis.x(years) - left) / width, shade)
    painter.fillRect(area, QBrush(gradient))
    draw_spread(painter, spread, axis, area.top(), area.height(), hue)
    if spread.p50 is not None and spread.p50 <= axis.horizon_years:
        x = axis.x(spread.p50)
        pen = QPen(colour(palette.ink), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom() + 2))


def draw_spread(
    painter: QPainter,
    spread: TimeQuantiles,
    axis: TimeAxis,
    top: float,
    height: float,
    hue: QColor,
) -> None:
    """P10–P90 as a line with an end at each; an arrow where P90 lies beyond the horizon."""
    if spread.p10 is None or spread.p10 > axis.horizon_years:
        return
    left, middle = axis.x(spread.p10), top + height / 2
    painter.setPen(QPen(hue, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(left, top), QPointF(left, top + height))
    if spread.p90 is not None and spread.p90 <= axis.horizon_years:
        right = axis.x(spread.p90)
        painter.drawLine(QPointF(right, top), QPointF(right, top + height))
    else:
        right = axis.right
        for reach in (-_ARROW, _ARROW):
            tail = QPointF(right - _ARROW, middle + reach * height / 14)
            painter.drawLine(tail, QPointF(right, middle))
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))


def _draw_later(
    painter: QPainter,
    windows: tuple[EventWindow, ...],
    axis: TimeAxis,
    top: float,
    bar: tuple[float, float],
    palette: Palette,
) -> None:
    """Medians of the second event and those after it, each fainter than the one before."""
    for window in windows[1:]:
        if window.years.p50 is not None and window.years.p50 <= axis.horizon_years:
            x = axis.x(window.years.p50)
            faint = colour(palette.ink, max(0.6 / (window.number - 1), 0.15))
            painter.setPen(QPen(faint, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(x, top + bar[0]), QPointF(x, top + bar[0] + bar[1]))


def _thinned(stops: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """As many stops as the eye can tell, the last among them; each one costs time to draw."""
    step = -(-len(stops) // _MOST_STOPS)
    return stops if step <= 1 else [*stops[:-1:step], stops[-1]]


def draw_diamond(
    painter: QPainter, middle: QPointF, reach: float, fill: str, palette: Palette
) -> None:
    """The mark of an announced end date: a fact, not an expectation."""
    painter.setPen(QPen(colour(palette.panel), 1.6))
    painter.setBrush(colour(fill))
    corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)]
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
