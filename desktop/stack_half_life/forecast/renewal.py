"""The renewal equation on a grid: expected numbers of events without drawing a single future.

m(t) = F(t) + ∫₀ᵗ m(t − x) dF(x), solved by Xie's Riemann–Stieltjes rule (1989), whose error falls
with the square of the step for smooth F. It checks the simulation: same laws, no random numbers.
"""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import GapLaw, LogStudentPart, LomaxPart
from stack_half_life.forecast.simulation.gaps import SHORTEST_GAP_DAYS
from stack_half_life.forecast.student import Floats

_LEAST_DAYS = 1e-6
_LEAST_WEIGHT = 1e-15
_WIDEST_CELL_DAYS = 1.9 * SHORTEST_GAP_DAYS
"""In half a cell no gap ends, whatever the parameters: what the solver divides by stays above 0."""

Distribution = Callable[[Floats], Floats]
"""From times, any shape, to P(gap ≤ time) for one or more laws; the last axis is time."""


def renewal_function(distribution: Distribution, horizon: float, cells: int) -> Floats:
    """[..., cells + 1] expected events by 0, h, 2h, … of a process that begins with a fresh gap."""
    step = horizon / cells
    ends = np.linspace(0.0, horizon, cells + 1)
    at_ends, at_middles = distribution(ends), distribution(ends[:-1] + 0.5 * step)
    expected = np.zeros_like(at_ends)
    grown = np.zeros_like(at_middles)
    for i in range(1, cells + 1):
        known = np.einsum("...i,...i", grown[..., : i - 1], at_middles[..., i - 1 : 0 : -1])
        first = at_middles[..., 0]
        expected[..., i] = at_ends[..., i] + known - first * expected[..., i - 1]
        expected[..., i] /= 1.0 - first
        grown[..., i - 1] = expected[..., i] - expected[..., i - 1]
    return expected


def delayed_renewals(first: Distribution, fresh: Floats, horizon: float) -> Floats:
    """[...] expected events by the horizon where the gap under way has a law of its own.

    M(t) = F₁(t) + ∫₀ᵗ m(t − x) dF₁(x), by the trapezium rule on m.  fresh: [..., cells + 1] m, as
    of `renewal_function`.
    """
    mass = np.diff(first(np.linspace(0.0, horizon, fresh.shape[-1])), axis=-1)
    middle = 0.5 * (fresh[..., 1:] + fresh[..., :-1])
    expected: Floats = (mass * (1.0 + middle[..., ::-1])).sum(axis=-1)
    return expected


@dataclass(frozen=True, slots=True)
class Resolution:
    """How finely the equation is solved: steps of time, and nodes of the parameters' quadrature."""

    cells: int = 600
    variance_nodes: int = 100
    location_nodes: int = 20


FINE = Resolution()


def expected_events(law: GapLaw, horizon_years: float, resolution: Resolution = FINE) -> float:
    """Expected number of events of a clock within a time from now.

    Parameters are integrated out by quadrature, given the days elapsed, as the simulation draws
    them: later gaps independent given the parameters and at least a week. After a first gap by a
    curve, pooled or under way, the parameters are those of the first log Student part given that
    gap; where there is none, later gaps equal the first.
    """
    horizon = horizon_years * DAYS_PER_YEAR
    elapsed = law.elapsed_days
    alive = [part.weight * float(part.survival(np.array(elapsed))) for part in law.parts]
    reached = law.never + (1.0 - law.never) * sum(alive)
    student = next((part for part in law.parts if isinstance(part, LogStudentPart)), None)
    solved = _Solved(student, elapsed, horizon, resolution) if student is not None else None
    total = 0.0
    for part, share in zip(law.parts, alive, strict=True):
        if isinstance(part, LogStudentPart):
            of_part = _Solved(part, elapsed, horizon, resolution) if part != student else solved
            events = of_part.events() if of_part is not None else 0.0
        elif isinstance(part, LomaxPart):
            events = part.shape / (part.scale_days + elapsed) * horizon
        else:
            whole = part.steps.places
            events = _events_of_steps(solved, whole - elapsed, part.steps.after, elapsed, horizon)
        total += (1.0 - law.never) * share / reached * events
    if law.under_way is None:
        return total
    curve = law.under_way.steps
    events = _events_of_steps(solved, curve.places, curve.after, elapsed, horizon)
    return (1.0 - law.under_way.weight) * total + law.under_way.weight * events


class _Solved:
    """The renewal equation of a log Student part for each node of its parameters.

    sigma, mu, weights: [nodes], the weights given the days elapsed.  fresh: [nodes, cells + 1].
    """

    def __init__(
        self, part: LogStudentPart, elapsed: float, horizon: float, resolution: Resolution
    ) -> None:
        self._elapsed, self._horizon = elapsed, horizon
        cells = max(resolution.cells, math.ceil(horizon / _WIDEST_CELL_DAYS))
        self._times = np.linspace(0.0, horizon, cells + 1)
        self._sigma, self._mu, self._weights = _parameter_nodes(part, resolution)

        def cdf(days: Floats) -> Floats:
            chances = _normal_cdf(_scores(days, self._mu, self._sigma))
            return np.where(days >= SHORTEST_GAP_DAYS, chances, 0.0)

        self._fresh = renewal_function(cdf, horizon, cells)

    def events(self) -> float:
        """Expected events where the gap under way is of the part too."""
        elapsed = self._elapsed
        survives = 1.0 - _normal_cdf(_scores(np.array([elapsed]), self._mu, self._sigma))

        def under_way(days: Floats) -> Floats:
            later = 1.0 - _normal_cdf(_scores(elapsed + days, self._mu, self._sigma))
            return 1.0 - later / np.maximum(survives, 1e-300)

        posterior = self._weights * survives[:, 0]
        expected = delayed_renewals(under_way, self._fresh, self._horizon)
        return float(posterior @ expected / posterior.sum())

    def after(self, waits: Floats) -> Floats:
        """[waits] expected later events by the horizon after a first one so many days from now."""
        scores = _scores(np.maximum(self._elapsed + waits, _LEAST_DAYS), self._mu, self._sigma)
        logs = np.log(self._weights / self._sigma)[:, None] - 0.5 * scores * scores
        posterior = np.exp(logs - logs.max(axis=0))
        places = (self._horizon - waits) / self._times[1]
        low = np.minimum(places.astype(int), len(self._times) - 2)
        step = places - low
        expected = (1.0 - step) * self._fresh[:, low] + step * self._fresh[:, low + 1]
        later: Floats = (posterior * expected).sum(axis=0) / posterior.sum(axis=0)
        return later


def _events_of_steps(
    solved: _Solved | None, waits: Floats, after: Floats, elapsed: float, horizon: float
) -> float:
    """Expected events where the first comes after one of some waits, by a curve of survival.

    waits, after: [steps]; waits below 0 are over, and the curve is conditioned on that.
    """
    levels = np.concatenate([[1.0], after])
    is_left = waits > 0.0
    reached = levels[int(np.count_nonzero(~is_left))]
    if reached <= 0.0:
        return 0.0
    mass = -np.diff(levels)[is_left] / reached
    waits = waits[is_left]
    mass, waits = mass[waits < horizon], waits[waits < horizon]
    if solved is not None:
        return float(mass @ (1.0 + solved.after(waits)))
    gaps = np.maximum(elapsed + waits, SHORTEST_GAP_DAYS)
    return float(mass @ (1.0 + np.floor((horizon - waits) / gaps)))


def _parameter_nodes(part: LogStudentPart, resolution: Resolution) -> tuple[Floats, Floats, Floats]:
    """σ, μ and weights, [nodes] each, of the parameters before the gap under way is seen."""
    half = 0.5 * part.degrees
    reach = 9.0 / math.sqrt(half)
    log_chi = np.linspace(-reach - 12.0 / half, reach, resolution.variance_nodes) + math.log(half)
    log_density = half * log_chi - np.exp(log_chi)
    chi_weights = np.exp(log_density - log_density.max())
    sigma = np.sqrt(half * part.variance * np.exp(-log_chi))
    points, point_weights = np.polynomial.hermite_e.hermegauss(resolution.location_nodes)
    spread = np.sqrt(part.location_variance / part.variance) * sigma
    mu = part.location + spread[:, None] * points
    weights = chi_weights[:, None] * point_weights
    sigmas = np.broadcast_to(sigma[:, None], mu.shape)
    some = weights > _LEAST_WEIGHT * weights.max()
    return sigmas[some], mu[some], weights[some] / weights[some].sum()


def _scores(days: Floats, mu: Floats, sigma: Floats) -> Floats:
    logs = np.log(np.maximum(days, 1e-300))
    scores: Floats = (logs - mu[:, None]) / sigma[:, None]
    return scores


def _normal_cdf(scores: Floats) -> Floats:
    """Φ to 1e-8, by linear steps between exact values on a fine table."""
    return np.interp(scores, *_normal_table())


@functools.cache
def _normal_table() -> tuple[Floats, Floats]:
    scores = np.linspace(-9.0, 9.0, 36_001)
    return scores, np.array([0.5 * math.erfc(-score / math.sqrt(2.0)) for score in scores])
