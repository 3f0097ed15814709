"""When cycles lose support in each future: durations, announcements that slip, successors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import AnnouncementSlip, CycleSupport
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.gaps import GapLanes, draw_gaps, joined
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

_NEVER_DUE = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class SupportLanes:
    """The support clock of n lanes after their parameters were drawn.

    in_use_ends, newest_ends: [n] years at which the cycle in use, and the newest one out, lose
        support; inf where a successor decides it.
    in_use_due, newest_due: [n] number of the release to come that ends their support.
    behind: [n] how many cycles newer than the one in use are out already.
    durations: clocks of later durations.  kinds: [n] their kinds.
    successors: [n] k of the successor rule in lanes that follow it, else 0.
    """

    in_use_ends: Floats
    newest_ends: Floats
    in_use_due: NDArray[np.int64]
    newest_due: NDArray[np.int64]
    behind: NDArray[np.int64]
    durations: GapLanes
    kinds: Lanes
    successors: NDArray[np.int64]

    def ends_of_new(
        self, lanes: Lanes, released: Floats, taken: Floats, index: int, variates: Variates
    ) -> tuple[Floats, NDArray[np.int64]]:
        """End of support, and the release that decides it, of cycles taken in a future.

        A cycle is in support when it is taken: where the duration drawn says otherwise, it counts
        from then.  index: number of the newest release out.
        """
        durations = self.durations.later(lanes, self.kinds[lanes], variates)
        ends = np.where(released + durations > taken, released, taken) + durations
        successors = self.successors[lanes]
        ruled = successors > 0
        return np.where(ruled, np.inf, ends), np.where(ruled, index + successors, _NEVER_DUE)


def joined_support(batches: Sequence[SupportLanes]) -> SupportLanes:
    """Several batches of lanes as one, numbered one after the other."""
    durations = joined([batch.durations for batch in batches])
    return SupportLanes(
        np.concatenate([batch.in_use_ends for batch in batches]),
        np.concatenate([batch.newest_ends for batch in batches]),
        np.concatenate([batch.in_use_due for batch in batches]),
        np.concatenate([batch.newest_due for batch in batches]),
        np.concatenate([batch.behind for batch in batches]),
        durations,
        durations.kind_of_lanes(),
        np.concatenate([batch.successors for batch in batches]),
    )


def draw_support(
    clocks: TechnologyClocks, starts: Floats, variates: Variates, *, speed: float
) -> SupportLanes:
    """Draw the support clock of each lane.

    starts: [n] years at which the slot takes the technology.
    """
    n = len(starts)
    lanes = np.arange(n)
    successors = _successors(clocks, lanes, variates)
    durations = draw_gaps(clocks.support.duration, n, variates, speed=speed)
    kinds = durations.kind_of_lanes()
    if clocks.in_use is None or clocks.newest is None:
        ruled = successors > 0
        ends = np.where(ruled, np.inf, starts + durations.first_years)
        due = np.where(ruled, successors, _NEVER_DUE)
        behind = np.zeros(n, np.int64)
        return SupportLanes(ends, ends, due, due, behind, durations, kinds, successors)
    slip = clocks.support.slip
    in_use_ends, in_use_due = _known(clocks.in_use, slip, successors, variates, speed)
    if clocks.newest == clocks.in_use:
        newest_ends, newest_due = in_use_ends, in_use_due
    else:
        newest_ends, newest_due = _known(clocks.newest, slip, successors, variates, speed)
    behind = np.full(n, clocks.in_use.newer_cycles)
    return SupportLanes(
        in_use_ends,
        newest_ends,
        in_use_due,
        newest_due,
        behind,
        durations,
        kinds,
        successors,
    )


def _successors(clocks: TechnologyClocks, lanes: Lanes, variates: Variates) -> NDArray[np.int64]:
    """[n] the k of the successor rule, the same for a whole future; 0 where durations decide.

    k is more than the newer cycles that the one in use has outlived, where the rule allows any.
    """
    rule = clocks.support.successor
    outlived = clocks.in_use.newer_cycles if clocks.in_use is not None else 0
    chances = rule.beyond(outlived)
    if not chances:
        outlived, chances = 0, rule.beyond(0)
    if not chances or rule.weight <= 0.0:
        return np.zeros(len(lanes), np.int64)
    follows = variates.uniform(lanes) < rule.weight
    steps = np.searchsorted(np.cumsum(chances)[:-1], variates.uniform(lanes), side="right")
    return np.where(follows, outlived + 1 + steps, 0)


def _known(
    cycle: CycleSupport,
    slip: AnnouncementSlip,
    successors: NDArray[np.int64],
    variates: Variates,
    speed: float,
) -> tuple[Floats, NDArray[np.int64]]:
    """End of support of a cycle that is out, and the release that decides it where one does."""
    n = len(successors)
    due = np.full(n, _NEVER_DUE, np.int64)
    if cycle.ended_days_ago is not None:
        return np.full(n, -cycle.ended_days_ago / DAYS_PER_YEAR), due
    if cycle.announced_in_days is not None:
        return _slipped(cycle.announced_in_days / DAYS_PER_YEAR, slip, n, variates), due
    ends = draw_gaps(cycle.remaining, n, variates, speed=speed).first_years
    left = successors - cycle.newer_cycles
    ruled = left > 0
    return np.where(ruled, np.inf, ends), np.where(ruled, left, due)


def _slipped(announced: float, slip: AnnouncementSlip, n: int, variates: Variates) -> Floats:
    """An announced end as it comes: mostly on the day, sometimes later, seldom earlier."""
    lanes = np.arange(n)
    fate = variates.uniform(lanes)
    ends = np.full(n, announced)
    later = np.flatnonzero(fate < slip.later_probability)
    delays = variates.exponential(later) * slip.later_mean_days / DAYS_PER_YEAR
    ends[later] += delays
    earlier = np.flatnonzero(
        (fate >= slip.later_probability)
        & (fate < slip.later_probability + slip.earlier_probability)
    )
    ends[earlier] *= variates.uniform(earlier)
    return ends
