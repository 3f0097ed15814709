"""Pooled Kaplan–Meier curves: climatology, and the prior for technologies without a history."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.student import Floats


@dataclass(frozen=True, slots=True)
class Spells:
    """Waiting times: days, whether the event was seen (else censored), and weights; (n,) each."""

    days: Floats
    seen: NDArray[np.bool_]
    weight: Floats

    @property
    def equal(self) -> "Spells":
        """The same spells with weight 1 each."""
        return Spells(self.days, self.seen, np.ones_like(self.days))


@dataclass(frozen=True, slots=True)
class PooledCurve:
    """Kaplan–Meier survival: survival_after[k] from ages_days[k] on; flat after the last."""

    ages_days: Floats
    survival_after: Floats

    def survival(self, days: Floats) -> Floats:
        """P(spell > days), any shape."""
        steps = np.concatenate([[1.0], self.survival_after])
        return steps[np.searchsorted(self.ages_days, days, side="right")]

    @property
    def median_days(self) -> float:
        """The age by which half of the spells have ended; the last age where they never have."""
        below = self.ages_days[self.survival_after <= 0.5]
        if len(below):
            return float(below[0])
        return float(self.ages_days[-1]) if len(self.ages_days) else math.inf

    def cdf_given(self, elapsed_days: Floats, grid_days: Floats) -> Floats:
        """P(event within grid days | none in elapsed_days), (n, g); 0 where none lasted so long."""
        reached = self.survival(elapsed_days)[:, None]
        later = self.survival(elapsed_days[:, None] + grid_days[None, :])
        return np.where(reached > 0.0, 1.0 - later / np.where(reached > 0.0, reached, 1.0), 0.0)


def kaplan_meier(spells: Spells) -> PooledCurve:
    """The product-limit estimate; censored spells count as at risk at their end."""
    order = np.argsort(spells.days, kind="stable")
    days, weight = spells.days[order], spells.weight[order]
    ages, first = np.unique(days, return_index=True)
    if not len(ages):
        return PooledCurve(np.zeros(0), np.zeros(0))
    at_risk: Floats = np.cumsum(weight[::-1])[::-1][first]
    events = np.add.reduceat(np.where(spells.seen[order], weight, 0.0), first)
    survival = np.cumprod(np.maximum(1.0 - events / at_risk, 0.0), dtype=float)
    some = events > 0
    return PooledCurve(ages[some], survival[some])


def thinned(curve: PooledCurve, points: int = 40) -> PooledCurve:
    """The curve at some forty of its steps."""
    step = max(len(curve.ages_days) // points, 1)
    keep = slice(step - 1, None, step)
    return PooledCurve(curve.ages_days[keep], curve.survival_after[keep])


def spells_of(technologies: Iterable[Sequence[tuple[float, bool]]]) -> Spells:
    """Spells from each technology's (days, seen) pairs; each technology's weights sum to 1."""
    pairs = [(days, seen, 1.0 / len(spells)) for spells in technologies for days, seen in spells]
    return Spells(
        np.array([days for days, _, _ in pairs], float),
        np.array([seen for _, seen, _ in pairs], bool),
        np.array([weight for _, _, weight in pairs], float),
    )
