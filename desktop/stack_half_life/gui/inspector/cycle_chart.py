"""Release cycles on a time line: a strip of releases, and below it the windows of support."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.gui import numbers
from stack_half_life.gui.charts.reading import ChartPoint, PointReader
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.timeline.axis import TimeAxis
from stack_half_life.gui.timeline.painting import draw_diamond

_MOST_WINDOWS = 8
_ROW = 17
_STRIP = 26
_GUTTER = 74
_AXIS = 22


class CycleChart(QWidget):
    """Facts only: when cycles came out, and how long each was or is to be supported."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._profile: ChurnProfile | None = None
        self._as_of = date.min
        self._released: list[tuple[float, ReleaseCycle]] = []
        self.setAccessibleName("Releases and support windows")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            "Ticks: when release cycles came out.\nBars: from a cycle's release to its end of "
            "support; a diamond marks an announced end, an open bar an end nobody has named."
        )
        self.reader = PointReader(self, theme, self.points, lambda each: QPointF(each.x, each.y))
        theme.changed.connect(self.update)

    def show_profile(self, profile: ChurnProfile | None, as_of: date) -> None:
        """Draw a technology's cycles as known."""
        self._profile, self._as_of = profile, as_of
        found = profile.cycles if profile is not None else ()
        dated = [
            (years_between(as_of, each.released_on.midpoint), each)
            for each in found
            if each.released_on is not None
        ]
        self._released = sorted(dated, key=lambda pair: pair[0])
        self.setVisible(bool(self._released))
        self.reader.describe(
            "; ".join(_in_words(cycle) for _at, cycle in reversed(self._windows()))
        )
        self.updateGeometry()
        self.update()

    def points(self) -> list[ChartPoint]:
        """The strip of releases, then the windows of support, in pixels."""
        if not self._released:
            return []
        axis = self._axis()
        releases = [
            ChartPoint(axis.x(years), _STRIP / 2 - 2, f"{cycle.cycle} from {cycle.released_on}")
            for years, cycle in self._released
        ]
        windows = [
            ChartPoint(axis.x(years), _STRIP + (row + 0.5) * _ROW, _in_words(cycle), 1)
            for row, (years, cycle) in enumerate(reversed(self._windows()))
        ]
        return releases + windows

    def sizeHint(self) -> QSize:
        """The strip, a row for each window, the axis."""
        return QSize(300, _STRIP + len(self._windows()) * _ROW + _AXIS)

    def minimumSizeHint(self) -> QSize:
        """As high as needed."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw strip, windows and axis."""
        del event
        if self._profile is None or not self._released:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = self._axis()
        bottom = self.height() - _AXIS
        self._draw_grid(painter, axis, bottom)
        hue = layer_colour(self._theme.colours, self._profile.layer)
        painter.setPen(QPen(hue, 1.4))
        for years, _cycle in self._released:
            x = axis.x(years)
            painter.drawLine(QPointF(x, 4), QPointF(x, _STRIP - 8))
        for row, (years, cycle) in enumerate(reversed(self._windows())):
            self._draw_window(painter, axis, _STRIP + row * _ROW, years, cycle)
        painter.end()

    def _windows(self) -> Sequence[tuple[float, ReleaseCycle]]:
        told = [pair for pair in self._released if pair[1].support is not SupportState.UNKNOWN]
        return told[-_MOST_WINDOWS:]

    def _axis(self) -> TimeAxis:
        ends = [
            years_between(self._as_of, cycle.support_ends_on.midpoint)
            for _years, cycle in self._windows()
            if cycle.support_ends_on is not None
        ]
        past = max(-self._released[0][0], 0.5) * 1.03
        ahead = max([0.3, *ends]) * 1.08
        return TimeAxis(self._as_of, past, ahead, _GUTTER, self.width() - 8)

    def _draw_grid(self, painter: QPainter, axis: TimeAxis, bottom: float) -> None:
        palette = self._theme.colours
        painter.setFont(fonts.small())
        for years, day, shows_months in axis.ticks(spacing=46):
            x = axis.x(years)
            painter.setPen(QPen(colour(palette.grid), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(colour(palette.muted))
            text = numbers.month(day) if shows_months else str(day.year)
            painter.drawText(
                QRectF(x - 30, bottom + 3, 60, 16), Qt.AlignmentFlag.AlignHCenter, text
            )
        painter.setPen(QPen(colour(palette.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(axis.x(0), 0), QPointF(axis.x(0), bottom))
        painter.setPen(colour(palette.muted))
        strip = QRectF(0, 0, _GUTTER - 8, _STRIP - 6)
        painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter, "releases")

    def _draw_window(
        self, painter: QPainter, axis: TimeAxis, top: float, years: float, cycle: ReleaseCycle
    ) -> None:
        assert self._profile is not None
        palette = self._theme.colours
        painter.setPen(colour(palette.ink))
        name = painter.fontMetrics().elidedText(
            cycle.cycle, Qt.TextElideMode.ElideRight, _GUTTER - 10
        )
        painter.drawText(QRectF(0, top, _GUTTER - 8, _ROW), Qt.AlignmentFlag.AlignVCenter, name)
        left, middle = axis.x(years), top + _ROW / 2
        end = cycle.support_ends_on
        if end is None:
            still = cycle.support is SupportState.SUPPORTED
            right = axis.right if still else axis.x(0)
            painter.setPen(
                QPen(layer_colour(palette, self._profile.layer, 0.6), 1.4, Qt.PenStyle.DotLine)
            )
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            return
        at = years_between(self._as_of, end.midpoint)
        strength = 0.85 if at > 0 else 0.35
        painter.fillRect(
            QRectF(left, top + 4, axis.x(at) - left, _ROW - 8),
            layer_colour(palette, self._profile.layer, strength),
        )
        if at > 0:
            draw_diamond(painter, QPointF(axis.x(at), middle), 5, palette.ink, palette)


def _in_words(cycle: ReleaseCycle) -> str:
    if cycle.support_ends_on is not None:
        return f"{cycle.cycle} from {cycle.released_on}, support to {cycle.support_ends_on}"
    return f"{cycle.cycle} from {cycle.released_on}, {cycle.support.value.replace('-', ' ')}"
