"""A pyqtgraph plot made to look like the window: paper, ink, thin grid, readable ticks."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stack_half_life.gui.charts.axes import NumberAxis
from stack_half_life.gui.charts.copying import Picture, offer_picture
from stack_half_life.gui.charts.reading import ChartPoint, PointReader
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

pg.setConfigOptions(antialias=True)

_LEFT_WIDTH = 56
_BOTTOM_HEIGHT = 26


class Plot(pg.PlotWidget):
    """One plot; views add items to it and redraw on `Theme.changed`."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        bottom: pg.AxisItem | None = None,
        left: pg.AxisItem | None = None,
        parent: QWidget | None = None,
    ) -> None:
        axes = {"bottom": bottom or NumberAxis("bottom"), "left": left or NumberAxis("left")}
        super().__init__(parent, axisItems=axes, background=None, enableMenu=False)
        self.theme = theme
        self.setAccessibleName(name)
        self.reader = PointReader(self, theme, self.points, self._in_pixels)
        offer_picture(self, Picture(self.size, self._draw_vectors, lambda: self.grab().toImage()))
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for axis in axes.values():
            axis.enableAutoSIPrefix(False)
            axis.setStyle(
                tickFont=fonts.small(), tickLength=0, tickTextOffset=6, hideOverlappingLabels=False
            )
        axes["left"].setWidth(_LEFT_WIDTH)
        axes["bottom"].setHeight(_BOTTOM_HEIGHT)
        theme.changed.connect(self.restyle)
        self.restyle()

    def points(self) -> Sequence[ChartPoint]:
        """What can be read point by point; views override it."""
        return ()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot, and a frame around it while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(colour(self.theme.colours.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.end()

    def restyle(self) -> None:
        """Take over the theme's colours."""
        palette = self.theme.colours
        self.setBackground(palette.panel)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(self.pen(palette.grid))
            axis.setTextPen(colour(palette.muted))
        self.showGrid(x=False, y=False)

    def show_axes(self, are_shown: bool) -> None:
        """Show the axes, or nothing where there is nothing to plot."""
        for side in ("left", "bottom"):
            self.getAxis(side).setVisible(are_shown)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(220, 140)

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()  # type: ignore[attr-defined]

    def pen(
        self,
        token: str | QColor,
        width: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> QPen:
        """A pen of that many logical pixels: pyqtgraph's pens count device pixels."""
        made = QPen(QColor(token), width * self.devicePixelRatioF(), style)
        made.setCosmetic(True)
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        return made

    def _in_pixels(self, point: ChartPoint) -> QPointF:
        scene = self.getViewBox().mapViewToScene(QPointF(point.x, point.y))
        return QPointF(self.mapFromScene(scene))

    def _draw_vectors(self, painter: QPainter) -> None:
        """Draw apart from the screen, points as shapes instead of pixels."""
        options = {"antialias": True, "painter": painter, "resolutionScale": 1.0}
        items = [each for each in self.scene().items() if hasattr(each, "setExportMode")]
        for item in items:
            item.setExportMode(True, options)
        try:
            self.render(painter)
        finally:
            for item in items:
                item.setExportMode(False)

    def curve(
        self, xs: Sequence[float], ys: Sequence[float], pen: QPen | None = None, **more: object
    ) -> pg.PlotCurveItem:
        """A line through points; without a pen it only bounds a band."""
        return pg.PlotCurveItem(
            np.asarray(xs, dtype=float),
            np.asarray(ys, dtype=float),
            pen=pen or pg.mkPen(None),
            **more,
        )

    def text(
        self, words: str, token: str | QColor, *, anchor: tuple[float, float], strong: bool = False
    ) -> pg.TextItem:
        """A label within the plot."""
        item = pg.TextItem(words, color=QColor(token), anchor=anchor)
        item.setFont(fonts.small_strong() if strong else fonts.small())
        item.setZValue(50)
        return item

    def horizontal_grid(self, values: list[float]) -> None:
        """Hairlines at the left axis's ticks."""
        for value in values:
            line = pg.InfiniteLine(value, angle=0, pen=self.pen(self.theme.colours.grid))
            line.setZValue(-50)
            self.addItem(line)


class Rules:
    """Hairlines at heights that change, kept as one item."""

    def __init__(self, plot: Plot) -> None:
        self._item = plot.curve([], [], plot.pen(plot.theme.colours.grid))
        self._item.setZValue(-50)
        plot.addItem(self._item)

    def put(self, heights: Sequence[float], right: float) -> None:
        """Draw hairlines from 0 to `right`."""
        xs = np.tile([0.0, right], len(heights))
        self._item.setData(xs, np.repeat(heights, 2), connect="pairs")
