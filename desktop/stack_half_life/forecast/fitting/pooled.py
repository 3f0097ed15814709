"""Pooled Kaplan–Meier curves: climatology, and the prior for technologies without a history."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.student import Floats


@dataclass(frozen=True, slots=True)
class Spells:
    """Waiting times: days, and whether the event was seen (else censored); both (n,)."""

    days: Floats
    seen: NDArray[np.bool_]


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
    """The product-limit estimate, spells equal; censored spells count as at risk at their end."""
    order = np.argsort(spells.days, kind="stable")
    days, seen = spells.days[order], spells.seen[order]
    ages, first = np.unique(days, return_index=True)
    if not len(ages):
        return PooledCurve(np.zeros(0), np.zeros(0))
    at_risk = len(days) - first
    events = np.add.reduceat(seen.astype(float), first)
    survival = np.cumprod(1.0 - events / at_risk.astype(float))
    some = events > 0
    return PooledCurve(ages[some], survival[some])


def spells_of(pairs: Sequence[tuple[float, bool]]) -> Spells:
    """Spells from (days, seen) pairs."""
    return Spells(
        np.array([days for days, _ in pairs], float), np.array([seen for _, seen in pairs], bool)
    )
