"""A name with a detail beside it, or below where both do not fit in one line."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from stack_half_life.domain.palette import Palette
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour

_GAP = 7
_BELOW_PIXELS = 11
_OVERLAP = 2.0
"""How far the two lines' boxes overlap, so that both fit in a row made for one."""


def draw_named(
    painter: QPainter, area: QRectF, name: str, detail: str, palette: Palette, alert: str = ""
) -> None:
    """Draw a name, and a detail that tells more of it, in an area of at least 28 pixels.

    alert: what is wrong with it; takes the second line.
    """
    if detail.casefold() == name.casefold():
        detail = ""
    painter.setFont(fonts.body())
    used = painter.fontMetrics().horizontalAdvance(name) + _GAP
    painter.setFont(fonts.small())
    above, below = _lines(area)
    if alert:
        _draw(painter, above, name, palette.ink, fonts.body())
        _draw(painter, above.adjusted(used, 0, 0, 0), detail, palette.muted, fonts.small())
        _draw(painter, below, alert, palette.error, fonts.font(_BELOW_PIXELS))
        return
    if not detail or used + painter.fontMetrics().horizontalAdvance(detail) <= area.width():
        _draw(painter, area, name, palette.ink, fonts.body())
        _draw(painter, area.adjusted(used, 0, 0, 0), detail, palette.muted, fonts.small())
        return
    _draw(painter, above, name, palette.ink, fonts.body())
    _draw(painter, below, detail, palette.muted, fonts.font(_BELOW_PIXELS), middle=True)


def _lines(area: QRectF) -> tuple[QRectF, QRectF]:
    middle = area.center().y()
    above = QRectF(area.left(), middle - 14, area.width(), 14 + _OVERLAP)
    return above, QRectF(area.left(), middle, area.width(), 14)


def _draw(
    painter: QPainter, area: QRectF, text: str, token: str, face: QFont, *, middle: bool = False
) -> None:
    """Draw text cut at its end, or in its middle where both ends tell something."""
    painter.setFont(face)
    painter.setPen(colour(token))
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, mode, int(area.width()))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
