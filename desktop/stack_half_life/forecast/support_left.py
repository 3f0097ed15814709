"""How long a cycle that is out will still be supported, as cumulative chances on a grid of days.

Announced: the date, with a chance to slip later (exponential) or earlier (uniform until then).
Else: the duration law given the days since release, mixed with the successor rule: the end comes
with the k-th newer cycle, of which some may be out already.
"""

import numpy as np

from stack_half_life.forecast.laws import (
    AnnouncementSlip,
    CycleSupport,
    GapLaw,
    SupportLaw,
)
from stack_half_life.forecast.student import Floats


def support_cdf(
    support: CycleSupport, law: SupportLaw, next_cycle: GapLaw, grid_days: Floats
) -> Floats:
    """P(support has ended within grid days), (g,); grid_days even, from 0.

    next_cycle: the law of the time to the next release cycle of any kind, from the same date.
    """
    if support.ended_days_ago is not None:
        return np.ones_like(grid_days)
    if support.announced_in_days is not None:
        return announced_cdf(support.announced_in_days, law.slip, grid_days)
    by_duration = 1.0 - support.remaining.survival(grid_days)
    chances = law.successor.beyond(support.newer_cycles)
    if not chances:
        return by_duration
    by_rule = successor_cdf(chances, next_cycle, grid_days)
    return (1.0 - law.successor.weight) * by_duration + law.successor.weight * by_rule


def announced_cdf(announced_in_days: float, slip: AnnouncementSlip, grid_days: Floats) -> Floats:
    """P(ended within grid days) for an announced end, (g,)."""
    late = grid_days - announced_in_days
    earlier = slip.earlier_probability * np.clip(grid_days / max(announced_in_days, 1e-9), 0, 1)
    later = slip.later_probability * -np.expm1(-np.maximum(late, 0.0) / slip.later_mean_days)
    on_time = 1.0 - slip.earlier_probability - slip.later_probability
    total: Floats = earlier + np.where(late >= 0.0, on_time, 0.0) + later
    return total


def successor_cdf(chances: tuple[float, ...], next_cycle: GapLaw, grid_days: Floats) -> Floats:
    """P(the k-th further cycle is out within grid days), k drawn with `chances` of 1, 2, …; (g,).

    The gap under way follows next_cycle, those after it the same law from its start; they are
    added as if independent, on the grid.
    """
    cdf = 1.0 - next_cycle.survival(grid_days)
    following = np.diff(1.0 - next_cycle.survival_of_gap(grid_days), prepend=0.0)
    total = np.zeros_like(grid_days)
    for chance in chances:
        total = total + chance * cdf
        cdf = np.convolve(cdf, following)[: len(grid_days)]
    return total
