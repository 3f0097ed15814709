"""The timeline widget: one row per component on a common time axis, scrolling if it must."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from stack_half_life.gui import numbers
from stack_half_life.gui.charts.copying import Picture, offer_picture
from stack_half_life.gui.panels.naming import draw_named
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.timeline.axis import TimeAxis, past_shown_years
from stack_half_life.gui.timeline.painting import REPLACEMENT_BAR, ROW_HEIGHT, draw_row
from stack_half_life.gui.timeline.rows import TimelineRow, timeline_rows
from stack_half_life.gui.timeline.words import summary, tooltip, unsupported
from stack_half_life.services.assess import Assessment

_GUTTER = 190
_AXIS_HEIGHT = 30
_RIGHT_MARGIN = 62
_TICK_MARGIN = 6
_IMAGE_SCALE = 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TimelineView(QAbstractScrollArea):
    """Draws rows; a click or the arrow keys select, hovering tells the figures."""

    chosen = Signal(str, bool)
    """A component's name, and whether it is added to the selection."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[TimelineRow, ...] = ()
        self._selected: tuple[str, ...] = ()
        self._assessment: Assessment | None = None
        self._describe()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Replacement timeline")
        offer_picture(self, Picture(self._whole, self._draw_whole, self._image))
        theme.changed.connect(self.viewport().update)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Draw an answer, or nothing."""
        if assessment is self._assessment:
            return
        self._assessment = assessment
        self._rows = timeline_rows(assessment) if assessment is not None else ()
        self._arrange()
        self._describe()
        self.viewport().update()

    def show_selection(self, names: tuple[str, ...]) -> None:
        """Mark the selected rows and bring the first into view; only rows that change are drawn."""
        changed = set(names) ^ set(self._selected)
        self._selected = names
        for at, row in enumerate(self._rows):
            if names and row.name == names[0]:
                self._bring_into_view(at)
            if row.name in changed:
                self.viewport().update(self.row_area(row.name).toRect())
        self._describe()

    @property
    def rows(self) -> tuple[TimelineRow, ...]:
        """What is drawn."""
        return self._rows

    def row_area(self, name: str) -> QRectF:
        """Where a row lies in the viewport."""
        at = next(at for at, row in enumerate(self._rows) if row.name == name)
        return QRectF(0, self._top(at), self.viewport().width(), ROW_HEIGHT)

    def sizeHint(self) -> QSize:
        """All rows without scrolling."""
        return QSize(720, len(self._rows) * ROW_HEIGHT + _AXIS_HEIGHT)

    def height_of_rows(self, most: int) -> int:
        """The height of axis and whole rows, as many as there are or fit."""
        fitting = max((most - _AXIS_HEIGHT) // ROW_HEIGHT, 3)
        return min(len(self._rows), fitting) * ROW_HEIGHT + _AXIS_HEIGHT

    def minimumSizeHint(self) -> QSize:
        """Three rows."""
        return QSize(420, 3 * ROW_HEIGHT + _AXIS_HEIGHT)

    def draw(self, painter: QPainter, area: QRectF, first_top: float, needed: QRectF) -> None:
        """Draw the rows from `first_top` on, and the axis below the last that fits the area.

        needed: the part of the area that is to be drawn; the rest may be left out.
        """
        if self._assessment is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        forecast = self._assessment.forecast
        axis = TimeAxis(
            forecast.as_of,
            past_shown_years(forecast.horizon_years),
            forecast.horizon_years,
            area.left() + _GUTTER,
            area.right() - _RIGHT_MARGIN,
        )
        room = (area.height() - _AXIS_HEIGHT) // ROW_HEIGHT * ROW_HEIGHT
        body = QRectF(area.left(), area.top(), area.width(), room)
        body_end = min(body.bottom(), first_top + len(self._rows) * ROW_HEIGHT)
        painter.save()
        painter.setClipRect(body)
        for at, row in enumerate(self._rows):
            if row.name in self._selected:
                self._draw_selection(painter, first_top + at * ROW_HEIGHT, area)
        self._draw_grid(painter, axis, body.top(), body_end)
        for at, row in enumerate(self._rows):
            top = first_top + at * ROW_HEIGHT
            if needed.top() - ROW_HEIGHT < top < min(needed.bottom(), body.bottom()):
                self._draw_label(painter, row, top, area)
                draw_row(painter, row, axis, top, self._theme.colours)
                self._draw_share(painter, row, axis, top)
        painter.restore()
        self._draw_ticks(painter, axis, body_end)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what of the viewport has to be drawn anew."""
        painter = QPainter(self.viewport())
        needed = QRectF(event.rect())
        self.draw(painter, QRectF(self.viewport().rect()), self._top(0), needed)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(colour(self._theme.colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bar right."""
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the row under the pointer."""
        row = self._row_at(event.position())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.chosen.emit(row.name, adding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select the row above or below."""
        names = [row.name for row in self._rows]
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not names:
            super().keyPressEvent(event)
            return
        at = names.index(self._selected[0]) + step if self._selected else 0
        self.chosen.emit(names[min(max(at, 0), len(names) - 1)], False)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the figures of the row under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(QPointF(event.pos()))
            if row is not None and self._assessment is not None:
                text = tooltip(row, self._assessment.forecast.horizon_years)
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _whole(self) -> QSize:
        """The size of all rows, those scrolled away too."""
        return QSize(self.viewport().width(), len(self._rows) * ROW_HEIGHT + _AXIS_HEIGHT)

    def _draw_whole(self, painter: QPainter) -> None:
        area = QRectF(0, 0, self._whole().width(), self._whole().height())
        painter.fillRect(area, colour(self._theme.colours.panel))
        self.draw(painter, area, 0.0, area)

    def _image(self) -> QImage:
        image = QImage(self._whole() * _IMAGE_SCALE, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(_IMAGE_SCALE)
        painter = QPainter(image)
        self._draw_whole(painter)
        painter.end()
        return image

    def _draw_grid(self, painter: QPainter, axis: TimeAxis, top: float, bottom: float) -> None:
        palette = self._theme.colours
        painter.setPen(QPen(colour(palette.grid), 1))
        for years, _day, _months in axis.ticks():
            x = axis.x(years)
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(QPen(colour(palette.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(axis.x(0), top), QPointF(axis.x(0), bottom))

    def _draw_ticks(self, painter: QPainter, axis: TimeAxis, top: float) -> None:
        palette = self._theme.colours
        centred = Qt.AlignmentFlag.AlignHCenter
        painter.setFont(fonts.small())
        painter.setPen(colour(palette.muted))
        today = axis.x(0.0)
        for years, day, shows_months in axis.ticks():
            x = axis.x(years)
            if abs(x - today) >= 44 and x <= axis.right - _TICK_MARGIN:
                text = numbers.month(day) if shows_months else str(day.year)
                painter.drawText(QRectF(x - 40, top + 6, 80, 18), centred, text)
        painter.drawText(QRectF(axis.right, top + 6, _RIGHT_MARGIN - 4, 18), _RIGHT, "in place")
        painter.setPen(colour(palette.ink))
        painter.setFont(fonts.small_strong())
        painter.drawText(QRectF(today - 40, top + 6, 80, 18), centred, "today")

    def _draw_share(self, painter: QPainter, row: TimelineRow, axis: TimeAxis, top: float) -> None:
        """The share of futures that still have the component at the horizon."""
        painter.setFont(fonts.small())
        painter.setPen(colour(self._theme.colours.muted))
        bar_top, height = REPLACEMENT_BAR
        room = QRectF(axis.right, top + bar_top - 4, _RIGHT_MARGIN - 12, height + 8)
        painter.drawText(room, _RIGHT, numbers.percent(row.in_place[-1][1]))

    def _draw_selection(self, painter: QPainter, top: float, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.colours.accent_wash))
        box = QRectF(area.left() + 2, top + 1, area.width() - 4, ROW_HEIGHT - 2)
        painter.drawRoundedRect(box, 6, 6)

    def _draw_label(self, painter: QPainter, row: TimelineRow, top: float, area: QRectF) -> None:
        palette = self._theme.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(layer_colour(palette, row.layer))
        painter.drawRoundedRect(QRectF(area.left() + 10, top + 10, 4, 14), 2, 2)
        label = QRectF(area.left() + 22, top, _GUTTER - 34, ROW_HEIGHT)
        detail = row.cycle if row.matched else "no evidence"
        if row.overrides:
            detail = f"✎ {detail}"
        draw_named(painter, label, row.name, detail, palette, unsupported(row))

    def _arrange(self) -> None:
        visible = (self.viewport().height() - _AXIS_HEIGHT) // ROW_HEIGHT * ROW_HEIGHT
        bar = self.verticalScrollBar()
        bar.setRange(0, max(len(self._rows) * ROW_HEIGHT - visible, 0))
        bar.setPageStep(max(visible, 1))
        bar.setSingleStep(ROW_HEIGHT)

    def _top(self, at: int) -> float:
        return at * ROW_HEIGHT - self.verticalScrollBar().value()

    def _row_at(self, position: QPointF) -> TimelineRow | None:
        if position.y() > self.viewport().height() - _AXIS_HEIGHT:
            return None
        at = int((position.y() - self._top(0)) // ROW_HEIGHT)
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _bring_into_view(self, at: int) -> None:
        bar = self.verticalScrollBar()
        top, visible = at * ROW_HEIGHT, self.viewport().height() - _AXIS_HEIGHT
        if top < bar.value():
            bar.setValue(top)
        elif top + ROW_HEIGHT > bar.value() + visible:
            bar.setValue(top + ROW_HEIGHT - visible)

    def _describe(self) -> None:
        if self._assessment is None:
            self.setAccessibleDescription("No forecast yet")
            return
        horizon = self._assessment.forecast.horizon_years
        shown = [row for row in self._rows if row.name in self._selected] or list(self._rows)
        sentences = [f"{row.name}: {'; '.join(summary(row, horizon))}" for row in shown]
        self.setAccessibleDescription(". ".join(sentences))
