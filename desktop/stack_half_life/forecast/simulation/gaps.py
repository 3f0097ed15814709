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
from stack_half_life.forecast.simulation.rows import places_of
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Singles, Variates

SHORTEST_GAP_DAYS = float(SAME_EVENT_DAYS)
SHORTEST_GAP_YEARS = SHORTEST_GAP_DAYS / DAYS_PER_YEAR
LARGEST_LOG = 69.0

LOGNORMAL, EXPONENTIAL, FIXED = np.int8(0), np.int8(1), np.int8(2)

_LEAST = np.float32(1e-30)
_SHORTEST = np.float32(SHORTEST_GAP_YEARS)


@dataclass(frozen=True, slots=True)
class GapLanes:
    """The clocks of n lanes after their parameters were drawn.

    first_years: [n] years to the first event, inf where none comes.
    kinds: [n] `LOGNORMAL`: later gaps are exp(location + spread · N(0, 1)) years; `EXPONENTIAL`:
        of mean `scale`; `FIXED`: `scale` itself.
    location, spread, scale: [n], each in the lanes whose kind needs it; single precision.
    """

    first_years: Floats
    kinds: NDArray[np.int8]
    location: Singles
    spread: Singles
    scale: Singles

    def usual_years(self) -> Singles:
        """[n] mean of the later gaps, never below the shortest gap."""
        logs = np.multiply(self.spread, np.float32(0.5))
        logs *= self.spread
        logs += self.location
        years = np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=logs)
        others = places_of(self.kinds != LOGNORMAL)
        years[others] = self.scale.take(others)
        return np.maximum(years, _SHORTEST, out=years)

    def later(self, lanes: Lanes, variates: Variates) -> Singles:
        """One later gap in years for each of some lanes; lanes in the order of their kinds."""
        normal, known = self.kinds.take(lanes).searchsorted((EXPONENTIAL, FIXED)).tolist()
        some = lanes[:normal]
        logs = variates.normal(some)
        logs *= self.spread.take(some)
        logs += self.location.take(some)
        gaps = np.empty(len(lanes), np.float32)
        np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=gaps[:normal])
        gaps[normal:] = self.scale.take(lanes[normal:])
        gaps[normal:known] *= variates.exponential(lanes[normal:known])
        return np.maximum(gaps, _SHORTEST, out=gaps)


def draw_gaps(
    table: LawTable, rows: Lanes, variates: Variates, within: Floats, speeds: Floats
) -> GapLanes:
    """Draw n clocks, each from the table's law of its row.

    rows: [n].  within: [n] years within which events count: the parameters of later gaps are drawn
    only where the first event comes before, and nothing where they are negative.
    speeds: by row, how many times as fast clocks run from now on.
    """
    n, lanes = len(rows), places_of(within >= 0.0)
    rows, within = rows.take(lanes), within.take(lanes)
    parts = table.part_of(rows, variates.uniform(lanes))
    part_kinds, elapsed = table.kinds.take(parts), table.elapsed_days.take(rows)
    gaps, logs = np.full(len(lanes), np.inf), np.zeros(len(lanes))

    students = places_of(part_kinds == STUDENT)
    drawn_logs = _log_gaps(table, parts.take(students), lanes.take(students), variates)
    logs[students] = drawn_logs
    gaps[students] = np.exp(np.minimum(drawn_logs, LARGEST_LOG))
    pooled = places_of(part_kinds == EMPIRICAL)
    ranks = variates.uniform(lanes.take(pooled))
    gaps[pooled] = pools = table.empirical_gaps(parts.take(pooled), ranks)
    logs[pooled] = np.log(pools)
    waiting = places_of(part_kinds == LOMAX)
    some, waited = parts.take(waiting), elapsed.take(waiting)
    waits = np.log(variates.uniform(lanes.take(waiting))) / -table.shape.take(some)
    np.expm1(np.minimum(waits, LARGEST_LOG), out=waits)
    gaps[waiting] = waited + (table.scale_days.take(some) + waited) * waits

    row_years = 1.0 / (DAYS_PER_YEAR * speeds)
    first = np.maximum(gaps - elapsed, 0.0) * row_years.take(rows)
    if table.is_due.any():
        first[places_of(table.is_due.take(rows) & np.isfinite(first))] = 0.0
    drawn = GapLanes(
        np.full(n, np.inf),
        np.full(n, FIXED),
        np.zeros(n, np.float32),
        np.zeros(n, np.float32),
        np.full(n, np.inf, np.float32),
    )
    drawn.first_years[lanes] = first

    is_counting, basis = first < within, parts
    basis[pooled] = table.student_of.take(rows.take(pooled))
    is_normal = is_counting & (basis >= 0)
    is_normal[waiting] = False
    normal = places_of(is_normal)
    whose, log_years = lanes.take(normal), np.log(row_years)
    location, spread = _parameters(table, basis.take(normal), logs.take(normal), whose, variates)
    drawn.kinds[whose] = LOGNORMAL
    drawn.location[whose] = location + log_years.astype(np.float32).take(rows.take(normal))
    drawn.spread[whose] = spread

    some = waiting.compress(is_counting.take(waiting))
    whose, parts = lanes.take(some), basis.take(some)
    rates = variates.gamma(whose, table.shape.take(parts) + 1.0)
    days = (table.scale_days.take(parts) + gaps.take(some)) / np.maximum(rates, _LEAST)
    drawn.kinds[whose] = EXPONENTIAL
    drawn.scale[whose] = days * row_years.take(rows.take(some))

    fixed = pooled.compress((is_counting & (basis < 0)).take(pooled))
    drawn.scale[lanes.take(fixed)] = (gaps * row_years.take(rows)).take(fixed)
    return drawn


def _log_gaps(table: LawTable, parts: NDArray[np.intp], lanes: Lanes, variates: Variates) -> Floats:
    """Ln of the whole first gap in days of log Student lanes."""
    t = _student_beyond(table, parts, lanes, variates)
    t *= table.width.take(parts)
    t += table.location.take(parts)
    return t


def _student_beyond(
    table: LawTable, parts: NDArray[np.intp], lanes: Lanes, variates: Variates
) -> Floats:
    """Student t given that it exceeds a part's bound: R cos θ with R² = ν(U^(−2/ν) − 1).

    The cosine is in single precision, which is many times as fast.
    """
    degrees, bounds = table.degrees, table.bound
    above = np.maximum(bounds, 0.0)
    log_reach = -0.5 * degrees * np.log1p(above * above / degrees)
    turn = np.where(bounds > 0.0, np.pi, 2.0 * np.pi)
    values = np.empty(len(lanes))
    left = np.arange(len(lanes))
    while len(left):
        asked, some = lanes.take(left), parts.take(left)
        powers = np.log(variates.uniform(asked))
        powers += log_reach.take(some)
        powers *= (-2.0 / degrees).take(some)
        squares = np.expm1(np.minimum(powers, LARGEST_LOG, out=powers), out=powers)
        squares *= degrees.take(some)
        angles = variates.uniform(asked)
        angles -= 0.5
        angles *= turn.take(some)
        t = np.sqrt(squares, out=squares)
        t *= np.cos(angles.astype(np.float32))
        is_taken = t > bounds.take(some)
        values[left] = t
        left = left.compress(~is_taken)
    return values


def _parameters(
    table: LawTable, parts: NDArray[np.intp], log_gaps: Floats, lanes: Lanes, variates: Variates
) -> tuple[Singles, Singles]:
    """μ and σ of log days given ln of the first whole gap, by a log Student part."""

    def of_lanes(by_part: Floats) -> Singles:
        return by_part.astype(np.float32).take(parts)

    ratio = table.ratio
    center, share = of_lanes(table.location), of_lanes(ratio / (1.0 + ratio))
    deviation = np.clip(log_gaps, -LARGEST_LOG, LARGEST_LOG).astype(np.float32) - center
    chi = variates.gamma(lanes, (0.5 * (table.degrees + 1.0)).take(parts)).astype(np.float32)
    chi *= np.float32(2.0)
    squares = deviation * deviation
    squares *= of_lanes(1.0 / (1.0 + ratio))
    squares += of_lanes(table.degrees * table.variance)
    squares /= np.maximum(chi, _LEAST, out=chi)
    sigma = np.sqrt(squares, out=squares)
    mu = np.sqrt(share)
    mu *= sigma
    mu *= variates.normal(lanes)
    deviation *= share
    mu += deviation
    mu += center
    return mu, sigma
