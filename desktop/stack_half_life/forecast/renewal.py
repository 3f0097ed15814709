"""The renewal equation on a grid: expected numbers of events without drawing a single future.

m(t) = F(t) + ∫₀ᵗ m(t − x) dF(x), solved by Xie's Riemann–Stieltjes rule (1989), whose error falls
with the square of the step for smooth F. It checks the simulation: same laws, no random numbers.
"""

import functools
import math
from collections.abc import Callable

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import EmpiricalPart, GapLaw, LogStudentPart
from stack_half_life.forecast.simulation.gaps import SHORTEST_GAP_DAYS
from stack_half_life.forecast.student import Floats

_VARIANCE_NODES = 100
_LOCATION_NODES = 20

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
        known = (grown[..., : i - 1] * at_middles[..., i - 1 : 0 : -1]).sum(axis=-1)
        first = at_middles[..., 0]
        expected[..., i] = at_ends[..., i] + known - first * expected[..., i - 1]
        expected[..., i] /= 1.0 - first
        grown[..., i - 1] = expected[..., i] - expected[..., i - 1]
    return expected


def delayed_renewal_function(
    first: Distribution, later: Distribution, horizon: float, cells: int
) -> Floats:
    """[..., cells + 1] the same where the gap under way has a law of its own.

    M(t) = F₁(t) + ∫₀ᵗ m(t − x) dF₁(x), by the trapezium rule on m.
    """
    fresh = renewal_function(later, horizon, cells)
    mass = np.diff(first(np.linspace(0.0, horizon, cells + 1)), axis=-1)
    middle = 0.5 * (fresh[..., 1:] + fresh[..., :-1])
    expected = np.zeros_like(fresh)
    for i in range(1, cells + 1):
        waits = mass[..., :i]
        expected[..., i] = (waits * (1.0 + middle[..., i - 1 :: -1][..., :i])).sum(axis=-1)
    return expected


def expected_events(law: GapLaw, horizon_years: float, cells: int = 600) -> Floats:
    """[cells + 1] expected events of a clock by 0, h, 2h, … years from now.

    Parameters are integrated out by quadrature, given the days elapsed, as the simulation draws
    them: later gaps independent given the parameters and at least a week. Defined for laws of log
    Student and Lomax parts.

    Raises:
        ValueError: where the law has an empirical part.
    """
    horizon = horizon_years * DAYS_PER_YEAR
    total = np.zeros(cells + 1)
    reached = law.never
    for part in law.parts:
        if isinstance(part, EmpiricalPart):
            raise ValueError("the renewal equation is solved for laws without an empirical part")
        weight = (1.0 - law.never) * part.weight * float(part.survival(np.array(law.elapsed_days)))
        reached += weight
        if isinstance(part, LogStudentPart):
            total += weight * _log_student_events(part, law.elapsed_days, horizon, cells)
        else:
            rate = part.shape / (part.scale_days + law.elapsed_days)
            total += weight * rate * horizon * np.linspace(0.0, 1.0, cells + 1)
    return total / reached


def _log_student_events(part: LogStudentPart, elapsed: float, horizon: float, cells: int) -> Floats:
    """[cells + 1] expected events where ln gap is normal given parameters drawn once."""
    sigma, mu, weights = _parameter_nodes(part)

    def fresh(days: Floats) -> Floats:
        cdf = _normal_cdf(_scores(days, mu, sigma))
        return np.where(days >= SHORTEST_GAP_DAYS, cdf, 0.0)

    survives = 1.0 - _normal_cdf(_scores(np.array([elapsed]), mu, sigma))
    posterior = weights * survives[:, 0]
    posterior /= posterior.sum()
    chosen = posterior > 1e-12

    def under_way(days: Floats) -> Floats:
        later = 1.0 - _normal_cdf(_scores(elapsed + days, mu, sigma))
        return 1.0 - later / np.maximum(survives, 1e-300)

    expected = delayed_renewal_function(
        lambda days: under_way(days)[chosen], lambda days: fresh(days)[chosen], horizon, cells
    )
    total: Floats = posterior[chosen] @ expected
    return total


def _parameter_nodes(part: LogStudentPart) -> tuple[Floats, Floats, Floats]:
    """σ, μ and weights, [nodes] each, of the parameters before the gap under way is seen."""
    half = 0.5 * part.degrees
    reach = 9.0 / math.sqrt(half)
    log_chi = np.linspace(-reach - 12.0 / half, reach, _VARIANCE_NODES) + math.log(half)
    log_density = half * log_chi - np.exp(log_chi)
    chi_weights = np.exp(log_density - log_density.max())
    sigma = np.sqrt(half * part.variance * np.exp(-log_chi))
    points, point_weights = np.polynomial.hermite_e.hermegauss(_LOCATION_NODES)
    spread = np.sqrt(part.location_variance / part.variance) * sigma
    mu = part.location + spread[:, None] * points
    weights = chi_weights[:, None] * point_weights
    sigmas = np.broadcast_to(sigma[:, None], mu.shape)
    return sigmas.ravel(), mu.ravel(), (weights / weights.sum()).ravel()


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
