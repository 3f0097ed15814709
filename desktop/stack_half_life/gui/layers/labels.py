"""Where the names of bars go, so that none covers another bar's point or name."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

_AWAY = 8.0
"""Pixels between a point or the end of a bar and its name."""
_POINT = 5.0
"""Radius of a point in pixels."""


@dataclass(frozen=True, slots=True)
class NamedBar:
    """A bar with a point on it and the size of its name, in pixels."""

    left: float
    point: float
    right: float
    y: float
    width: float
    height: float


def placed_names(bars: Sequence[NamedBar], bounds: QRectF) -> list[QRectF | None]:
    """The area of each bar's name; None where there is no room for it.

    Tried in turn: beyond the bar's right end, before its left end, above and below the point.
    """
    taken = [QRectF(bar.point - _POINT, bar.y - _POINT, 2 * _POINT, 2 * _POINT) for bar in bars]
    placed: list[QRectF | None] = []
    for bar in bars:
        found = next(
            (
                area
                for area in _tried(bar)
                if bounds.contains(area) and not any(area.intersects(each) for each in taken)
            ),
            None,
        )
        placed.append(found)
        if found is not None:
            taken.append(found)
    return placed


def _tried(bar: NamedBar) -> list[QRectF]:
    beside = bar.y - bar.height / 2
    above, below = bar.y - 0.85 * bar.height, bar.y - 0.15 * bar.height
    corners = [
        (bar.right + _AWAY, beside),
        (bar.left - _AWAY - bar.width, beside),
        (bar.point + _AWAY, above),
        (bar.point - _AWAY - bar.width, above),
        (bar.point + _AWAY, below),
        (bar.point - _AWAY - bar.width, below),
    ]
    return [QRectF(x, y, bar.width, bar.height) for x, y in corners]
