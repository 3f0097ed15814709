"""Gaps drawn from gap laws: parameters once per future, then independent gaps given them.

Given that the gap under way has lasted e, the part of the mixture is drawn with its posterior
weight w_k S_k(e), then the first gap and its parameters within the part, exactly:

- log Student: y = ln gap is Student t beyond ln e (polar method of Bailey 1994, whose radius is
  drawn beyond the bound); then σ² | y ~ scaled-inverse-χ²(d + 1) and μ | σ², y is normal. Later
  gaps are exp N(μ, σ²).
- Lomax: what is left of the first gap is Lomax(a, b + e); given that it is x the rate of the
  exponential gaps after it is Gamma(a + 1, b + e + x).
- empirical: the pooled curve gives the first gap; later ones are those of the law's log Student
  part given that gap, as above, since the pool mixes technologies much more than gaps of one. In a
  law of nothing else later gaps equal the first.
- a curve of the gap under way: like the pooled curve, in whatever part of the futures it weighs.
- never: no further event.

Later gaps are at least `SHORTEST_GAP_DAYS`, as in the histories, where events so near are one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.cadence import SAME_EVENT_DAYS
from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.simulation.law_table import EMPIRICAL, LOMAX, STUDENT, LawTable
from stack_half_life.forecast.simulation.rows import chosen, places_of
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

SHORTEST_GAP_DAYS = float(SAME_EVENT_DAYS)
SHORTEST_GAP_YEARS = SHORTEST_GAP_DAYS / DAYS_PER_YEAR
LARGEST_LOG = 690.0

LOGNORMAL, EXPONENTIAL, FIXED = np.int8(0), np.int8(1), np.int8(2)

_LEAST = 1e-280


@dataclass(frozen=True, slots=True)
class GapLanes:
    """The clocks of n lanes after their parameters were drawn.

    first_years: [n] years to the first event, inf where none comes.
    kinds: [n] `LOGNORMAL`: later gaps are exp(location + spread · N(0, 1)) years; `EXPONENTIAL`:
        of mean `scale`; `FIXED`: `scale` itself.
    location, spread, scale: [n], each in the lanes whose kind needs it.
    """

    first_years: Floats
    kinds: NDArray[np.int8]
    location: Floats
    spread: Floats
    scale: Floats

    def usual_years(self, lanes: Lanes) -> Floats:
        """Mean of the later gaps of some lanes, never below the shortest gap."""
        kinds, location, spread = self.kinds[lanes], self.location[lanes], self.spread[lanes]
        logs = np.minimum(location + 0.5 * spread * spread, LARGEST_LOG)
        years = np.where(kinds == LOGNORMAL, np.exp(logs), self.scale[lanes])
        return np.maximum(years, SHORTEST_GAP_YEARS)

    def later(self, lanes: Lanes, variates: Variates) -> Floats:
        """One later gap in years for each of some lanes; lanes in the order of their kinds."""
        normal, known = self.kinds.take(lanes).searchsorted((EXPONENTIAL, FIXED)).tolist()
        gaps = self.scale.take(lanes)
        some = lanes[:normal]
        logs = variates.normal(some)
        logs *= self.spread.take(some)
        logs += self.location.take(some)
        gaps[:normal] = np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=logs)
        gaps[normal:known] *= variates.exponential(lanes[normal:known])
        return np.maximum(gaps, SHORTEST_GAP_YEARS, out=gaps)


def draw_gaps(
    table: LawTable, rows: Lanes, variates: Variates, within: Floats, speeds: Floats
) -> GapLanes:
    """Draw n clocks, each from the table's law of its row.

    rows: [n].  within: [n] years within which events count: the parameters of later gaps are drawn
    only where the first event comes before, and nothing where they are negative.
    speeds: by row, how many times as fast clocks run from now on.
    """
    n, lanes = len(rows), places_of(within >= 0.0)
    rows = rows.take(lanes)
    parts = table.part_of(rows, variates.uniform(lanes))
    part_kinds, elapsed = table.kinds.take(parts), table.elapsed_days.take(rows)
    gaps, logs = np.full(len(lanes), np.inf), np.zeros(len(lanes))

    students = places_of(part_kinds == STUDENT)
    some, waited = parts.take(students), elapsed.take(students)
    logs[students] = drawn_logs = _log_gaps(table, some, waited, lanes.take(students), variates)
    gaps[students] = np.exp(np.minimum(drawn_logs, LARGEST_LOG))
    pooled = places_of(part_kinds == EMPIRICAL)
    gaps[pooled] = pools = table.empirical_gaps(
        parts.take(pooled), variates.uniform(lanes.take(pooled))
    )
    logs[pooled] = np.log(pools)
    waiting = places_of(part_kinds == LOMAX)
    some, waited = parts.take(waiting), elapsed.take(waiting)
    waits = np.log(variates.uniform(lanes.take(waiting))) / -table.shape.take(some)
    np.expm1(np.minimum(waits, LARGEST_LOG), out=waits)
    gaps[waiting] = waited + (table.scale_days.take(some) + waited) * waits

    years = 1.0 / (DAYS_PER_YEAR * speeds.take(rows))
    first = np.maximum(gaps - elapsed, 0.0) * years
    first[places_of(table.is_due.take(rows) & np.isfinite(first))] = 0.0
    drawn = GapLanes(
        np.full(n, np.inf), np.full(n, FIXED), np.zeros(n), np.zeros(n), np.full(n, np.inf)
    )
    drawn.first_years[lanes] = first
    counting = places_of(first < within.take(lanes))
    basis = np.where(part_kinds == EMPIRICAL, table.student_of.take(rows), parts)
    _draw_later(
        _FirstGaps(
            lanes.take(counting),
            part_kinds.take(counting),
            basis.take(counting),
            gaps.take(counting),
            logs.take(counting),
            years.take(counting),
        ),
        drawn,
        table,
        variates,
    )
    return drawn


@dataclass(frozen=True, slots=True)
class _FirstGaps:
    """First gaps after which others follow; [k] each.

    lanes: whose.  kinds: of the part of the law drawn.  basis: the part that gives the parameters,
    −1 where none does.  days, logs: whole gaps and their ln where known.  years: in a day.
    """

    lanes: Lanes
    kinds: NDArray[np.int8]
    basis: NDArray[np.intp]
    days: Floats
    logs: Floats
    years: Floats


def _draw_later(first: _FirstGaps, drawn: GapLanes, table: LawTable, variates: Variates) -> None:
    """Draw the parameters of the gaps that follow first ones, given these."""
    is_waiting = first.kinds == LOMAX
    is_normal = ~is_waiting & (first.basis >= 0) & np.isfinite(first.days)
    normal = chosen(first, is_normal)
    location, spread = _parameters(table, normal.basis, normal.logs, normal.lanes, variates)
    drawn.kinds[normal.lanes] = LOGNORMAL
    drawn.location[normal.lanes] = location + np.log(normal.years)
    drawn.spread[normal.lanes] = spread
    waiting = chosen(first, is_waiting)
    rates = variates.gamma(waiting.lanes, table.shape.take(waiting.basis) + 1.0)
    days = (table.scale_days.take(waiting.basis) + waiting.days) / np.maximum(rates, _LEAST)
    drawn.kinds[waiting.lanes] = EXPONENTIAL
    drawn.scale[waiting.lanes] = days * waiting.years
    fixed = chosen(first, ~is_waiting & ~is_normal)
    drawn.scale[fixed.lanes] = fixed.days * fixed.years


def _log_gaps(
    table: LawTable,
    parts: NDArray[np.intp],
    elapsed: Floats,
    lanes: Lanes,
    variates: Variates,
) -> Floats:
    """Ln of the whole first gap in days of log Student lanes."""
    width, location = table.width[parts], table.location[parts]
    with np.errstate(divide="ignore"):
        bounds = (np.log(elapsed) - location) / width
    return location + width * _student_beyond(bounds, table.degrees[parts], lanes, variates)


def _student_beyond(bounds: Floats, degrees: Floats, lanes: Lanes, variates: Variates) -> Floats:
    """Student t given that it exceeds a bound: R cos θ with R² = ν(U^(−2/ν) − 1).

    The cosine is in single precision, which is many times as fast.
    """
    values = np.empty(len(lanes))
    left = np.arange(len(lanes))
    above = np.maximum(bounds, 0.0)
    log_reach = -0.5 * degrees * np.log1p(above * above / degrees)
    turn = np.where(bounds > 0.0, np.pi, 2.0 * np.pi)
    while len(left):
        asked, nu = lanes.take(left), degrees.take(left)
        log_u = np.log(variates.uniform(asked)) + log_reach.take(left)
        squares = nu * np.expm1(np.minimum(log_u * (-2.0 / nu), LARGEST_LOG))
        angles = turn.take(left) * (variates.uniform(asked) - 0.5)
        t = np.sqrt(squares) * np.cos(angles.astype(np.float32))
        taken = t > bounds.take(left)
        values[left[taken]] = t[taken]
        left = left[~taken]
    return values


def _parameters(
    table: LawTable, parts: NDArray[np.intp], log_gaps: Floats, lanes: Lanes, variates: Variates
) -> tuple[Floats, Floats]:
    """μ and σ of log days given ln of the first whole gap, by a log Student part."""
    ratio, degrees = table.ratio.take(parts), table.degrees.take(parts)
    center = table.location.take(parts)
    deviation = np.clip(log_gaps, -LARGEST_LOG, LARGEST_LOG) - center
    chi = np.maximum(2.0 * variates.gamma(lanes, 0.5 * (degrees + 1.0)), _LEAST)
    squares = degrees * table.variance.take(parts) + deviation * deviation / (1.0 + ratio)
    sigma = np.sqrt(squares / chi)
    share = ratio / (1.0 + ratio)
    mu = center + share * deviation
    mu += np.sqrt(share) * sigma * variates.normal(lanes)
    return mu, sigma
