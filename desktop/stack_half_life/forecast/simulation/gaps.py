"""Gaps drawn from gap laws: parameters once per future, then independent gaps given them.

Given that the gap under way has lasted e, the part of the mixture is drawn with its posterior
weight w_k S_k(e), then the first gap and its parameters within the part, exactly:

- log Student: y = ln gap is Student t beyond ln e (polar method of Bailey 1994, whose radius is
  drawn beyond the bound); then σ² | y ~ scaled-inverse-χ²(d + 1) and μ | σ², y is normal. Later
  gaps are exp N(μ, σ²).
- Lomax: the rate is Gamma(a, b + e); first and later gaps are exponential with it.
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

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.simulation.law_table import EMPIRICAL, LOMAX, STUDENT, LawTable
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

SHORTEST_GAP_DAYS = 7.0
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
        normal, known = np.searchsorted(self.kinds[lanes], (EXPONENTIAL, FIXED)).tolist()
        gaps = self.scale[lanes]
        some = lanes[:normal]
        logs = variates.normal(some)
        logs *= self.spread[some]
        logs += self.location[some]
        gaps[:normal] = np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=logs)
        gaps[normal:known] *= variates.exponential(lanes[normal:known])
        return np.maximum(gaps, SHORTEST_GAP_YEARS, out=gaps)


def draw_gaps(
    table: LawTable,
    rows: Lanes,
    variates: Variates,
    speeds: Floats | None = None,
    lanes: Lanes | None = None,
) -> GapLanes:
    """Draw n clocks, each from the table's law of its row.

    rows: [n].  speeds: by row, how many times as fast clocks run from now on.
    lanes: [n] whose numbers they take, else 0 … n − 1.
    """
    n = len(rows)
    own = np.arange(n) if lanes is None else lanes
    parts = table.part_of(rows, variates.uniform(own))
    part_kinds = table.kinds[parts]
    elapsed = table.elapsed_days[rows]
    first = np.full(n, np.inf)
    location, spread, scale = np.zeros(n), np.zeros(n), np.full(n, np.inf)
    kinds = np.full(n, FIXED)

    students = np.flatnonzero(part_kinds == STUDENT)
    log_gaps = np.zeros(n)
    log_gaps[students] = _log_gaps(
        table, parts[students], elapsed[students], own[students], variates
    )
    pooled = np.flatnonzero(part_kinds == EMPIRICAL)
    scale[pooled] = table.empirical_gaps(parts[pooled], variates.uniform(own[pooled]))
    log_gaps[pooled] = np.log(scale[pooled])
    basis = parts.copy()
    basis[pooled] = table.student_of[rows[pooled]]
    is_lognormal = (part_kinds == STUDENT) | (
        (part_kinds == EMPIRICAL) & (basis >= 0) & np.isfinite(scale)
    )
    chosen = np.flatnonzero(is_lognormal)
    kinds[chosen] = LOGNORMAL
    location[chosen], spread[chosen] = _parameters(
        table, basis[chosen], log_gaps[chosen], own[chosen], variates
    )
    first[pooled] = scale[pooled] - elapsed[pooled]
    first[students] = np.exp(np.minimum(log_gaps[students], LARGEST_LOG)) - elapsed[students]

    chosen = np.flatnonzero(part_kinds == LOMAX)
    kinds[chosen] = EXPONENTIAL
    some = parts[chosen]
    rates = np.maximum(variates.gamma(own[chosen], table.shape[some]), _LEAST)
    scale[chosen] = (table.scale_days[some] + elapsed[chosen]) / rates
    first[chosen] = scale[chosen] * variates.exponential(own[chosen])

    first = np.where(table.is_due[rows] & np.isfinite(first), 0.0, np.maximum(first, 0.0))
    years = np.full(n, 1.0 / DAYS_PER_YEAR)
    if speeds is not None:
        years /= speeds[rows]
    return GapLanes(first * years, kinds, location + np.log(years), spread, scale * years)


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
    """Student t given that it exceeds a bound: R cos θ with R² = ν(U^(−2/ν) − 1)."""
    values = np.empty(len(lanes))
    left = np.arange(len(lanes))
    above = np.maximum(bounds, 0.0)
    log_reach = -0.5 * degrees * np.log1p(above * above / degrees)
    turn = np.where(bounds > 0.0, np.pi, 2.0 * np.pi)
    while len(left):
        asked, nu = lanes[left], degrees[left]
        log_u = np.log(variates.uniform(asked)) + log_reach[left]
        radius = np.sqrt(nu * np.expm1(np.minimum(log_u * (-2.0 / nu), LARGEST_LOG)))
        t = radius * np.cos(turn[left] * (variates.uniform(asked) - 0.5))
        taken = t > bounds[left]
        values[left[taken]] = t[taken]
        left = left[~taken]
    return values


def _parameters(
    table: LawTable, parts: NDArray[np.intp], log_gaps: Floats, lanes: Lanes, variates: Variates
) -> tuple[Floats, Floats]:
    """μ and σ of log days given ln of the first whole gap, by a log Student part."""
    ratio, degrees = table.ratio[parts], table.degrees[parts]
    deviation = np.clip(log_gaps, -LARGEST_LOG, LARGEST_LOG) - table.location[parts]
    chi = np.maximum(2.0 * variates.gamma(lanes, 0.5 * (degrees + 1.0)), _LEAST)
    squares = degrees * table.variance[parts] + deviation * deviation / (1.0 + ratio)
    sigma = np.sqrt(squares / chi)
    share = ratio / (1.0 + ratio)
    mu = table.location[parts] + share * deviation
    mu += np.sqrt(share) * sigma * variates.normal(lanes)
    return mu, sigma
