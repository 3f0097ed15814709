"""Gaps drawn from a gap law: parameters once per future, then independent gaps given them.

Given that the gap under way has lasted e, the part of the mixture is drawn with its posterior
weight w_k S_k(e), then the first gap and its parameters within the part, exactly:

- log Student: y = ln gap is Student t beyond ln e (polar method of Bailey 1994, whose radius is
  drawn beyond the bound); then σ² | y ~ scaled-inverse-χ²(d + 1) and μ | σ², y is normal. Later
  gaps are exp N(μ, σ²).
- Lomax: the rate is Gamma(a, b + e); first and later gaps are exponential with it.
- empirical: the future keeps its rank in the pooled curve, so later gaps equal the first in full
  length: the pool mixes technologies much more than gaps of one (τ² ≫ s₀²), so a fresh rank per
  gap would make the long run look surer than it is.
- never: no further event.

Later gaps are at least `SHORTEST_GAP_DAYS`, as in the histories, where events so near are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import EmpiricalPart, GapLaw, LogStudentPart, LomaxPart
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

SHORTEST_GAP_DAYS = 7.0
SHORTEST_GAP_YEARS = SHORTEST_GAP_DAYS / DAYS_PER_YEAR

LARGEST_LOG = 690.0
_SMALLEST_SURVIVAL = 1e-300


@dataclass(frozen=True, slots=True)
class GapLanes:
    """The clocks of n lanes after their parameters were drawn.

    first_years: [n] years to the first event, inf where none comes.
    lognormal, exponential, fixed: which lanes have which kind of later gaps (disjoint).
    location, spread: [n] later gap = exp(location + spread · N(0, 1)) years in lognormal lanes.
    scale: [n] mean of later gaps in exponential lanes; the gap itself in fixed lanes; years.
    """

    first_years: Floats
    lognormal: Lanes
    exponential: Lanes
    fixed: Lanes
    location: Floats
    spread: Floats
    scale: Floats

    def later(self, lanes: Lanes, kinds: Lanes, variates: Variates) -> Floats:
        """One later gap in years for each of some lanes, `kinds` as by `kind_of_lanes`."""
        gaps = self.scale[lanes]
        chosen = np.flatnonzero(kinds == 0)
        some = lanes[chosen]
        logs = self.location[some] + self.spread[some] * variates.normal(some)
        gaps[chosen] = np.exp(np.minimum(logs, LARGEST_LOG))
        chosen = np.flatnonzero(kinds == 1)
        gaps[chosen] *= variates.exponential(lanes[chosen])
        return np.maximum(gaps, SHORTEST_GAP_YEARS)

    def kind_of_lanes(self) -> Lanes:
        """[n] 0 for lognormal, 1 for exponential, 2 for fixed lanes."""
        kinds = np.zeros(len(self.first_years), np.intp)
        kinds[self.exponential] = 1
        kinds[self.fixed] = 2
        return kinds


def joined(batches: Sequence[GapLanes]) -> GapLanes:
    """Several batches of lanes as one, numbered one after the other."""
    starts = np.cumsum([0, *(len(batch.first_years) for batch in batches)])

    def shifted(name: str) -> Lanes:
        return np.concatenate(
            [getattr(batch, name) + start for batch, start in zip(batches, starts, strict=False)]
        )

    def together(name: str) -> Floats:
        return np.concatenate([getattr(batch, name) for batch in batches])

    return GapLanes(
        together("first_years"),
        shifted("lognormal"),
        shifted("exponential"),
        shifted("fixed"),
        together("location"),
        together("spread"),
        together("scale"),
    )


def draw_gaps(law: GapLaw, n: int, variates: Variates, *, speed: float = 1.0) -> GapLanes:
    """Draw the clock of n lanes from a law; the clock runs `speed` times as fast from now on."""
    elapsed = law.elapsed_days
    at_elapsed = np.array(elapsed)
    weights = [(1.0 - law.never) * part.weight for part in law.parts]
    reached = [
        weight * float(part.survival(at_elapsed))
        for weight, part in zip(weights, law.parts, strict=True)
    ]
    due_at_once = law.never + sum(reached) <= _SMALLEST_SURVIVAL
    posterior = np.array([law.never, *(weights if due_at_once else reached)])
    bounds = np.cumsum(posterior / posterior.sum())[:-1]
    everyone = np.arange(n)
    chosen = np.searchsorted(bounds, variates.uniform(everyone), side="right")

    first = np.full(n, np.inf)
    location, spread, scale = np.zeros(n), np.zeros(n), np.full(n, np.inf)
    groups: dict[type, list[Lanes]] = {LogStudentPart: [], LomaxPart: [], EmpiricalPart: []}
    for index, part in enumerate(law.parts, start=1):
        lanes = np.flatnonzero(chosen == index)
        groups[type(part)].append(lanes)
        if isinstance(part, LogStudentPart):
            first[lanes], location[lanes], spread[lanes] = _log_student(
                part, elapsed, lanes, variates
            )
        elif isinstance(part, LomaxPart):
            scale[lanes] = (part.scale_days + elapsed) / variates.gamma(lanes, part.shape)
            first[lanes] = scale[lanes] * variates.exponential(lanes)
        else:
            scale[lanes] = _empirical(part, elapsed, lanes, variates)
            first[lanes] = scale[lanes] - elapsed
    if due_at_once:
        first = np.where(np.isfinite(first), 0.0, first)
    years = 1.0 / (DAYS_PER_YEAR * speed)
    never = np.flatnonzero(chosen == 0)
    return GapLanes(
        first * years,
        _concatenated(groups[LogStudentPart]),
        _concatenated(groups[LomaxPart]),
        _concatenated([never, *groups[EmpiricalPart]]),
        location + np.log(years),
        spread,
        scale * years,
    )


def _concatenated(groups: list[Lanes]) -> Lanes:
    return np.concatenate(groups) if groups else np.zeros(0, np.intp)


def _log_student(
    part: LogStudentPart, elapsed: float, lanes: Lanes, variates: Variates
) -> tuple[Floats, Floats, Floats]:
    """Residual first gap in days, μ and σ of log days, of lanes in this part."""
    ratio = part.location_variance / part.variance
    width = np.sqrt(part.variance + part.location_variance)
    if elapsed <= 0.0:
        chi = 2.0 * variates.gamma(lanes, 0.5 * part.degrees)
        sigma = np.sqrt(part.degrees * part.variance / np.maximum(chi, 1e-280))
        mu = part.location + np.sqrt(ratio) * sigma * variates.normal(lanes)
        log_gap = mu + sigma * variates.normal(lanes)
        return np.exp(np.clip(log_gap, -LARGEST_LOG, LARGEST_LOG)), mu, sigma
    bound = (np.log(elapsed) - part.location) / width
    deviation = width * _student_beyond(bound, part.degrees, lanes, variates)
    chi = 2.0 * variates.gamma(lanes, 0.5 * (part.degrees + 1.0))
    squares = part.degrees * part.variance + deviation**2 / (1.0 + ratio)
    sigma = np.sqrt(squares / np.maximum(chi, 1e-280))
    share = ratio / (1.0 + ratio)
    mu = part.location + share * deviation + np.sqrt(share) * sigma * variates.normal(lanes)
    gap = np.exp(np.minimum(part.location + deviation, LARGEST_LOG))
    return np.maximum(gap - elapsed, 0.0), mu, sigma


def _student_beyond(bound: float, degrees: float, lanes: Lanes, variates: Variates) -> Floats:
    """Student t given that it exceeds a bound: R cos θ with R² = ν(U^(−2/ν) − 1)."""
    values = np.empty(len(lanes))
    left = np.arange(len(lanes))
    above = bound > 0.0
    log_reach = -0.5 * degrees * np.log1p(bound * bound / degrees) if above else 0.0
    turn = np.pi if above else 2.0 * np.pi
    while len(left):
        asked = lanes[left]
        log_u = np.log(variates.uniform(asked)) + log_reach
        powers = np.minimum(-2.0 / degrees * log_u, LARGEST_LOG)
        radius = np.sqrt(degrees * np.expm1(powers))
        t = radius * np.cos(turn * (variates.uniform(asked) - 0.5))
        taken = t > bound
        values[left[taken]] = t[taken]
        left = left[~taken]
    return values


def _empirical(part: EmpiricalPart, elapsed: float, lanes: Lanes, variates: Variates) -> Floats:
    """Whole gaps in days (inf past the curve's end) of lanes in this part."""
    ages = np.array((*part.ages_days, np.inf))
    after = np.array(part.survival_after)
    reached = float(part.survival(np.array(elapsed)))
    ranks = reached * variates.uniform(lanes)
    gaps: Floats = np.maximum(ages[np.searchsorted(-after, -ranks, side="left")], elapsed)
    return gaps
