"""Proper scores of forecast distributions of a waiting time, seen through a window.

Shapes: n cases, g grid days (increasing, from 0). cdf: (n, g), P(event within that many days),
taken as linear between grid days. event_days: (n,), inf where not seen. window_days: (n,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.student import Floats


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What happened: days from the origin to the event (inf: not seen), and how far one can see.

    product: (n,) index of the product each case belongs to.
    """

    event_days: Floats
    window_days: Floats
    product: NDArray[np.intp]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Whether the event fell inside the window."""
        return self.event_days <= self.window_days


def crps_days(cdf: Floats, grid_days: Floats, outcomes: Outcomes) -> Floats:
    """∫₀^window (F(x) − 1{event ≤ x})² dx for each case, (n,), in days."""
    stop = np.minimum(outcomes.event_days, outcomes.window_days)
    before = _integral_of_square(cdf, grid_days, stop)
    rest = 1.0 - cdf
    after = _integral_of_square(rest, grid_days, outcomes.window_days)
    return np.maximum(before + after - _integral_of_square(rest, grid_days, stop), 0.0)


def cdf_at(cdf: Floats, grid_days: Floats, days: Floats) -> Floats:
    """F at one time per case, (n,): linear between grid days, the last value beyond."""
    cell, share = _cell(grid_days, days)
    rows = np.arange(len(cdf))
    return cdf[rows, cell] * (1.0 - share) + cdf[rows, cell + 1] * share


def brier(cdf: Floats, grid_days: Floats, outcomes: Outcomes, horizon_days: float) -> Floats:
    """(P(event within horizon) − it came)², (n,); NaN where the window ends before the horizon."""
    chance = cdf_at(cdf, grid_days, np.full(len(cdf), horizon_days))
    loss = (chance - (outcomes.event_days <= horizon_days)) ** 2
    return np.where(outcomes.window_days >= horizon_days, loss, np.nan)


def pit_bounds(cdf: Floats, grid_days: Floats, outcomes: Outcomes) -> tuple[Floats, Floats]:
    """Where the truth lies in the forecast distribution, as (low, high), each (n,).

    Both are F(event) where it was seen; else F(window) and 1: somewhere between.
    """
    at = cdf_at(cdf, grid_days, np.minimum(outcomes.event_days, outcomes.window_days))
    return at, np.where(outcomes.seen, at, 1.0)


def share_within(low: Floats, high: Floats, start: float, stop: float) -> Floats:
    """Expected share of [start, stop) hit by a PIT spread evenly over [low, high], (n,)."""
    width = high - low
    overlap = np.clip(np.minimum(high, stop) - np.maximum(low, start), 0.0, None)
    point = (low >= start) & ((low < stop) | (stop >= 1.0))
    return np.where(width > 1e-12, overlap / np.maximum(width, 1e-12), point.astype(float))


def mean_by_product(values: Floats, product: NDArray[np.intp]) -> Floats:
    """Mean over each product's cases, (products,); NaN cases left out, NaN without any."""
    known = np.isfinite(values)
    size = int(product.max()) + 1 if len(product) else 0
    count = np.bincount(product[known], minlength=size)
    total = np.bincount(product[known], values[known], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _integral_of_square(values: Floats, grid_days: Floats, until: Floats) -> Floats:
    """∫₀^until f² of each row of a piecewise linear f, (n,)."""
    left, right = values[:, :-1], values[:, 1:]
    cells = np.diff(grid_days) * (left**2 + left * right + right**2) / 3.0
    cumulative = np.concatenate([np.zeros((len(values), 1)), np.cumsum(cells, axis=1)], axis=1)
    cell, share = _cell(grid_days, until)
    rows = np.arange(len(values))
    start, width = values[rows, cell], (grid_days[1:] - grid_days[:-1])[cell] * share
    stop = start * (1.0 - share) + values[rows, cell + 1] * share
    part: Floats = cumulative[rows, cell] + width * (start**2 + start * stop + stop**2) / 3.0
    return part


def _cell(grid_days: Floats, days: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The grid cell a time falls into and how far into it, clipped to the grid."""
    cell = np.clip(np.searchsorted(grid_days, days, side="right") - 1, 0, len(grid_days) - 2)
    start, stop = grid_days[cell], grid_days[cell + 1]
    return cell, np.clip((days - start) / (stop - start), 0.0, 1.0)
