"""Axes that tick in years and in the person's numbers."""

import pyqtgraph as pg

from stack_half_life.gui import numbers

_YEARS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MONTHS = (1 / 12, 0.25, 0.5)
_MONTHS_UP_TO_YEARS = 2.5


class YearAxis(pg.AxisItem):
    """Time in years from the forecast's date, ticked at calendar years."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.start_year = 0.0
        self.end = float("inf")
        """Where time ends; beyond it there is room for labels only."""

    def tickValues(
        self, lowest: float, highest: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """New Year's days no closer than 52 pixels, as years from the start."""
        highest = min(highest, self.end)
        span = max(highest - lowest, 1e-9)
        most = max(size / 52, 1)
        steps = _YEARS if span > _MONTHS_UP_TO_YEARS else (*_MONTHS, *_YEARS)
        step = next((each for each in steps if span / each <= most), 100)
        first = -(-(self.start_year + lowest) // step) * step
        count = int((self.start_year + highest - first) / step) + 1
        return [(step, [first + at * step - self.start_year for at in range(max(count, 0))])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The years; within a year, months."""
        del scale
        return [_calendar(self.start_year + value, spacing) for value in values]


class NumberAxis(pg.AxisItem):
    """Plain numbers in the person's locale."""

    def __init__(self, orientation: str = "left", suffix: str = "") -> None:
        super().__init__(orientation)
        self._suffix = suffix

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Grouped numbers with as many decimals as the spacing needs."""
        del scale
        places = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        words = [numbers.decimal(value, places) + self._suffix for value in values]
        return [word.replace("-", "\u2212") for word in words]


def _calendar(year: float, spacing: float) -> str:
    whole = int(year + 1e-6)
    if spacing >= 1:
        return str(whole)
    month = min(round(12 * (year - whole)) + 1, 12)
    return f"{month:02d}/{whole}"
