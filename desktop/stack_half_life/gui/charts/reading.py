"""Charts read point by point: with the arrow keys, under the pointer, by screen readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

_NEAR_PIXELS = 24.0
_MARK_PIXELS = 17
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point a person can stand on: x and y as the chart counts, and its figures in words.

    series: which of the chart's curves or groups it belongs to.
    """

    x: float
    y: float
    words: str
    series: int = 0


def next_point(points: Sequence[ChartPoint], at: int | None, key: Qt.Key) -> int | None:
    """The place of the point a key leads to; None where the key leads nowhere.

    Left and right go along a series, up and down to the next series, or along the only one;
    Home and End to the ends. From nowhere every key leads to the first point.
    """
    if not points or key not in {*_ENDS, *_ALONG, *_ACROSS}:
        return None
    if at is None or at >= len(points):
        return 0
    if key in _ENDS:
        return range(len(points))[_ENDS[key]]
    series = sorted({point.series for point in points})
    inside = [place for place, each in enumerate(points) if each.series == points[at].series]
    if key in _ACROSS and len(series) > 1:
        other = series.index(points[at].series) + _ACROSS[key]
        wanted = series[min(max(other, 0), len(series) - 1)]
        there = [place for place, each in enumerate(points) if each.series == wanted]
        return there[min(inside.index(at), len(there) - 1)]
    step = _ALONG.get(key) or _ACROSS[key]
    return inside[min(max(inside.index(at) + step, 0), len(inside) - 1)]


class PointReader(QObject):
    """Gives a chart the keyboard: arrow keys go from point to point and tell its figures."""

    def __init__(
        self,
        chart: QWidget,
        theme: Theme,
        points: Callable[[], Sequence[ChartPoint]],
        in_pixels: Callable[[ChartPoint], QPointF],
    ) -> None:
        super().__init__(chart)
        self._chart = chart
        self._points = points
        self._in_pixels = in_pixels
        self._whole = ""
        self._at: int | None = None
        self._canvas = chart.viewport() if isinstance(chart, QAbstractScrollArea) else chart
        self._mark = _Mark(theme, self._canvas)
        chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chart.installEventFilter(self)
        if self._canvas is not chart:
            self._canvas.installEventFilter(self)

    def describe(self, words: str) -> None:
        """Say what the chart shows as a whole; a new picture is read from the beginning."""
        self._whole = words
        self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrow keys and questions under the pointer."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._at is not None:
                self._let_go()
                return True
            return self._step(Qt.Key(event.key()))
        if event.type() is QEvent.Type.FocusOut and watched is self._chart:
            self._let_go()
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            return self._tell_near(event)
        return False

    def _step(self, key: Qt.Key) -> bool:
        points = self._points()
        at = next_point(points, self._at, key)
        if at is None:
            return False
        self._at = at
        place = self._in_pixels(points[at]).toPoint()
        self._mark.show_at(place)
        words = points[at].words
        self._chart.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._chart, words))
        below = self._canvas.mapToGlobal(place + QPoint(0, _MARK_PIXELS // 2))
        QToolTip.showText(below, plain_tip(words), self._canvas)
        return True

    def _tell_near(self, event: QHelpEvent) -> bool:
        """The figures of the point next to the pointer, where one is near."""
        here = QPointF(event.pos())
        near = [
            (distance, each.words)
            for each in self._points()
            if (distance := _distance(self._in_pixels(each), here)) <= _NEAR_PIXELS
        ]
        if not near:
            return False
        QToolTip.showText(event.globalPos(), plain_tip(min(near)[1]), self._canvas)
        return True

    def _let_go(self) -> None:
        if self._at is not None:
            self._at = None
            QToolTip.hideText()
        self._mark.hide()
        self._chart.setAccessibleDescription(self._whole)


class _Mark(QWidget):
    """A ring around the point that is being read."""

    def __init__(self, theme: Theme, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_MARK_PIXELS, _MARK_PIXELS)
        self.hide()

    def show_at(self, place: QPoint) -> None:
        """Lie around a place of the canvas."""
        area = QRect(0, 0, _MARK_PIXELS, _MARK_PIXELS)
        area.moveCenter(place)
        self.setGeometry(area)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._theme.colours.ink), 2))
        painter.drawEllipse(self.rect().adjusted(3, 3, -3, -3))
        painter.end()


def _distance(a: QPointF, b: QPointF) -> float:
    away = a - b
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
