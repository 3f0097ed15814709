"""Where time lies on a timeline, and which dates get a tick."""

from dataclasses import dataclass
from datetime import date

from stack_half_life.domain.dates import DAYS_PER_YEAR

_STEPS_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Maps years from the forecast's date to pixels.

    past_years, horizon_years: how far the axis reaches left and right of `as_of`.
    """

    as_of: date
    past_years: float
    horizon_years: float
    left: float
    right: float

    def x(self, years: float) -> float:
        """The pixel of a time, kept on the axis."""
        share = (years + self.past_years) / (self.past_years + self.horizon_years)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, *, spacing: float = 56.0) -> list[tuple[float, date, bool]]:
        """Ticks no closer than `spacing` pixels: years from as_of, date, whether months show."""
        months = 12.0 * (self.past_years + self.horizon_years)
        most = max((self.right - self.left) / spacing, 1.0)
        step = next((each for each in _STEPS_MONTHS if months / each <= most), _STEPS_MONTHS[-1])
        now = 12 * self.as_of.year + self.as_of.month - 1
        first = max(now - int(12 * self.past_years) - 1, 12)
        last = min(now + int(12 * self.horizon_years) + 1, 12 * 9999)
        ticks = []
        for number in range(-(-first // step) * step, last + 1, step):
            day = date(number // 12, number % 12 + 1, 1)
            years = (day - self.as_of).days / DAYS_PER_YEAR
            if -self.past_years <= years <= self.horizon_years:
                ticks.append((years, day, step < 12))
        return ticks


def past_shown_years(horizon_years: float) -> float:
    """How much of the past stands left of today for a horizon."""
    return min(max(0.4 * horizon_years, 1.0), 5.0)
