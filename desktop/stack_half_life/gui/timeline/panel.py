"""The timeline with its title, its key and what to do where there is nothing to draw."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QLinearGradient, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QWidget

from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.timeline.painting import draw_diamond
from stack_half_life.gui.timeline.view import TimelineView

_GAP = 14
_LINE = 20
_MARK = 26


class TimelineKey(QWidget):
    """What the marks mean, drawn with the marks themselves."""

    EXPECTED = ("not yet upgraded", "still in place", "P10–P90, median")
    FACTS = ("announced end", "release", "support end")
    WORDS = (*EXPECTED, *FACTS)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(
            "Key: the thin bar is the time until the next upgrade, the thick bar the time still in "
            "place; each fades as futures see the upgrade or the replacement, with a line from P10 "
            "to P90 and a tick at the median; diamond announced end; left of today releases and "
            "support ends; at the right the share of futures that still have the component"
        )
        self.setToolTip(
            "Thick bar: still in place. It fades as futures replace the component, so a bar that "
            "stays even means it lasts.\nThin bar: not yet upgraded. It fades as futures upgrade."
            "\nThe line over a bar spans P10–P90 of that event, an arrow where P90 lies beyond the "
            "horizon; black tick: the median. Thinner ticks: medians of later ones."
            "\nAt the right: the share of futures that still have the component at the horizon."
            "\nLeft of today stand facts: ticks are releases, rings ends of support; a diamond is "
            "the announced end of the cycle in use, red and dotted where it has passed."
            "\nAdaptations to neighbours are not drawn; the list's first rework counts them too."
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(word) + 36 for word in self.WORDS)
        return QSize(width, 20)

    def minimumSizeHint(self) -> QSize:
        """Room for the marks that matter most."""
        return QSize(180, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take a second line where the first has no room for all marks."""
        super().resizeEvent(event)
        self.setFixedHeight(_LINE * (1 + self._places()[-1][1]))

    def _places(self) -> list[tuple[float, int]]:
        """Where each mark stands: left edge and line; facts begin a line unless all fit in one."""
        metrics, places, x, line = QFontMetrics(fonts.small()), list[tuple[float, int]](), 0.0, 0
        whole = sum(_MARK + metrics.horizontalAdvance(word) + _GAP for word in self.WORDS) - _GAP
        in_one = whole <= self.width()
        for word in self.WORDS:
            advance = _MARK + metrics.horizontalAdvance(word)
            if x and (x + advance > self.width() or (word == self.FACTS[0] and not in_one)):
                x, line = 0.0, line + 1
            places.append((x, line))
            x += advance + _GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.small())
        for word, (x, line) in zip(self.WORDS, self._places(), strict=True):
            self._draw_mark(painter, word, x, _LINE * (line + 0.5))
            painter.setPen(colour(self._theme.colours.muted))
            room = QRectF(x + _MARK, _LINE * line, self.width(), _LINE)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
        painter.end()

    def _draw_mark(self, painter: QPainter, word: str, x: float, middle: float) -> None:
        palette = self._theme.colours
        if word in self.EXPECTED[:2]:
            height = 6.0 if word == self.EXPECTED[0] else 11.0
            gradient = QLinearGradient(x, 0, x + 20, 0)
            gradient.setColorAt(0.2, colour(palette.accent, 0.45))
            gradient.setColorAt(1, colour(palette.accent, 0.06))
            painter.fillRect(QRectF(x, middle - height / 2, 20, height), gradient)
        elif word == self.EXPECTED[2]:
            painter.setPen(QPen(colour(palette.accent), 1.8))
            painter.drawLine(QPointF(x, middle), QPointF(x + 20, middle))
            for end in (0.0, 20.0):
                painter.drawLine(QPointF(x + end, middle - 4), QPointF(x + end, middle + 4))
            painter.setPen(QPen(colour(palette.ink), 2))
            painter.drawLine(QPointF(x + 9, middle - 6), QPointF(x + 9, middle + 6))
        elif word == "announced end":
            draw_diamond(painter, QPointF(x + 15, middle), 6, palette.ink, palette)
        elif word == "release":
            painter.setPen(QPen(colour(palette.accent), 1.4))
            for offset in (10.0, 14.0, 19.0):
                painter.drawLine(QPointF(x + offset, middle - 5), QPointF(x + offset, middle + 4))
        else:
            painter.setPen(QPen(colour(palette.muted), 1.2))
            painter.setBrush(colour(palette.panel))
            painter.drawEllipse(QPointF(x + 16, middle), 3.2, 3.2)


class TimelinePanel(Panel):
    """Keeps the timeline in step with a document."""

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__("Replacement timeline", "", parent)
        self._document = document
        self.caption.hide()
        self.header.addStretch(1)
        self.header.addWidget(TimelineKey(theme))
        self.view = TimelineView(theme)
        self.view.chosen.connect(self._choose)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setProperty("tone", "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.words)
        self.content.addWidget(self._pages, 1)
        document.assessment_changed.connect(self._refresh)
        document.stack_changed.connect(self._take_stack)
        document.selection_changed.connect(
            lambda: self.view.show_selection(self._document.selected)
        )
        self._refresh()

    def _choose(self, name: str, adding: bool) -> None:
        others = self._document.selected if adding else ()
        self._document.select([*others, name])

    def _take_stack(self) -> None:
        if self._document.assessment is None:
            self._refresh()

    def _refresh(self) -> None:
        document = self._document
        self.view.show_assessment(document.assessment)
        self.view.show_selection(document.selected)
        if document.problem:
            self.words.setText(document.problem)
        elif not document.stack.components:
            self.words.setText(
                "When each part of the stack will force work shows here.\n"
                "Add the first component with Ctrl+K."
            )
        else:
            self.words.setText("Forecasting…")
        self._pages.setCurrentIndex(0 if document.assessment is not None else 1)
