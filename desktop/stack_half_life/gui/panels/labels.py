"""Captions: small ones, and ones that are cut with an ellipsis instead of pushing others away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from stack_half_life.gui.theme import fonts


class ElidedLabel(QLabel):
    """One line of plain text, cut at its end where there is no room; the whole is the tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def face(self, width: int) -> QFont:
        """The font to draw with in a width."""
        del width
        return self.font()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        del event
        painter = QPainter(self)
        area = self.contentsRect()
        painter.setFont(self.face(area.width()))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width()
        )
        self.style().drawItemText(
            painter,
            area,
            self.alignment().value,
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


class FittedLabel(ElidedLabel):
    """A figure that is drawn smaller, down to running text, before any of it is cut."""

    def face(self, width: int) -> QFont:
        """The largest font up to the label's own in which the text fits."""
        face = QFont(self.font())
        while (
            face.pixelSize() > fonts.BODY_PIXELS
            and QFontMetrics(face).horizontalAdvance(self.text()) > width
        ):
            face.setPixelSize(face.pixelSize() - 1)
        return face


def label(text: str = "", *, tone: str = "", wraps: bool = False) -> QLabel:
    """A small caption, in a tone of the style sheet."""
    return _styled(QLabel(text), tone, wraps)


def elided(text: str = "", *, tone: str = "") -> QLabel:
    """A small caption that is cut where there is no room."""
    return _styled(ElidedLabel(text), tone, wraps=False)


def rule() -> QFrame:
    """A hairline between groups."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def _styled(made: QLabel, tone: str, wraps: bool) -> QLabel:
    made.setFont(fonts.small())
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if tone:
        made.setProperty("tone", tone)
    return made
