"""From figures to places on a chart, and where its ticks stand."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from stack_half_life.domain.dates import DAYS_PER_YEAR, years_between


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from [low, high] to [start, end]; figures outside stop at its ends."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a figure stands."""
        if self.high <= self.low:
            return self.start
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def round_step(least: float) -> float:
    """The least of 1, 2, 2.5 or 5 times a power of ten that is no less, but for a thousandth."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= least * 0.999)


def nice_ticks(high: float, about: int = 4) -> list[float]:
    """Round figures from 0 to at least `high`: steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high <= 0 or not math.isfinite(high):
        return [0.0, 1.0]
    step = round_step(high / about)
    steps = math.ceil(high / step - 1e-9)
    return [k * step for k in range(steps + 1)]


def time_ticks(as_of: date, horizon_years: float, about: int = 8) -> list[tuple[float, str]]:
    """Years from as_of and their labels: January of a year, or months where time is short.

    Where not two of these fall within the horizon, its two ends.
    """
    end = as_of + timedelta(days=horizon_years * DAYS_PER_YEAR)
    months = next(
        (k for k in (1, 2, 3, 6) if horizon_years * 12 / k <= about),
        12 * _round_years(horizon_years, about),
    )
    ticks = []
    total = -(-as_of.year * 12 // months) * months
    while (day := date(total // 12, total % 12 + 1, 1)) <= end:
        if day >= as_of:
            ticks.append((years_between(as_of, day), _label(day, months)))
        total += months
    if len(ticks) < 2:
        return [(0.0, as_of.isoformat()), (horizon_years, end.isoformat())]
    return ticks


def _round_years(horizon_years: float, about: int) -> int:
    return next((k for k in (1, 2, 5, 10) if horizon_years / k <= about), 20)


def _label(day: date, months: int) -> str:
    return str(day.year) if months >= 12 else f"{day.year}-{day.month:02}"
