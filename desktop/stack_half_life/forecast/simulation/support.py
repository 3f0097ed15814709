"""When cycles lose support in each future: durations, announcements that slip, successors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import AnnouncementSlip, CycleSupport
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.event_streams import EventStream
from stack_half_life.forecast.simulation.gaps import GapLanes, draw_gaps, joined
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates


@dataclass(frozen=True, slots=True)
class SupportLanes:
    """The support clock of n lanes after their parameters were drawn.

    in_use_ends, newest_ends: [n] years at which the cycle in use, and the newest one out, lose
        support where durations or dates decide it; inf where the successor rule does.
    outlived: [n] how many cycles newer than the one in use are out already.
    durations: clocks of later durations.  kinds: [n] their kinds.
    successors: [n] k of the successor rule in lanes that follow it, else 0.
    """

    in_use_ends: Floats
    newest_ends: Floats
    outlived: NDArray[np.intp]
    durations: GapLanes
    kinds: Lanes
    successors: NDArray[np.intp]

    def ends_at_start(self, lanes: Lanes, releases: EventStream, *, newest: bool) -> Floats:
        """End of support of the cycle in use at the start, or of the newest one out then."""
        ends = (self.newest_ends if newest else self.in_use_ends)[lanes]
        outlived = 0 if newest else self.outlived[lanes]
        numbers = self.successors[lanes] - outlived
        ruled = np.isinf(ends) & (numbers > 0)
        return np.where(ruled, releases.time_of(lanes, np.where(ruled, numbers, 1)), ends)

    def ends_of_new(
        self,
        lanes: Lanes,
        numbers: NDArray[np.intp],
        released: Floats,
        taken: Floats,
        releases: EventStream,
        variates: Variates,
    ) -> Floats:
        """End of support of cycles released in a future, of which numbers say which.

        A cycle is in support when it is taken: where the duration drawn says otherwise, it counts
        from then.
        """
        durations = self.durations.later(lanes, self.kinds[lanes], variates)
        ends = np.where(released + durations > taken, released, taken) + durations
        successors = self.successors[lanes]
        ruled = np.flatnonzero(successors)
        if len(ruled):
            ends[ruled] = releases.time_of(lanes[ruled], (numbers + successors)[ruled])
        return ends


def joined_support(batches: Sequence[SupportLanes]) -> SupportLanes:
    """Several batches of lanes as one, numbered one after the other."""
    durations = joined([batch.durations for batch in batches])
    return SupportLanes(
        np.concatenate([batch.in_use_ends for batch in batches]),
        np.concatenate([batch.newest_ends for batch in batches]),
        np.concatenate([batch.outlived for batch in batches]),
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
    successors = _successors(clocks, np.arange(n), variates)
    durations = draw_gaps(clocks.support.duration, n, variates, speed=speed)
    kinds = durations.kind_of_lanes()
    if clocks.in_use is None or clocks.newest is None:
        ends = np.where(successors > 0, np.inf, starts + durations.first_years)
        return SupportLanes(ends, ends, np.zeros(n, np.intp), durations, kinds, successors)
    slip = clocks.support.slip
    in_use_ends = _known(clocks.in_use, slip, successors, variates, speed)
    newest_ends = (
        in_use_ends
        if clocks.newest == clocks.in_use
        else _known(clocks.newest, slip, successors, variates, speed)
    )
    outlived = np.full(n, clocks.in_use.newer_cycles, np.intp)
    return SupportLanes(in_use_ends, newest_ends, outlived, durations, kinds, successors)


def _successors(clocks: TechnologyClocks, lanes: Lanes, variates: Variates) -> NDArray[np.intp]:
    """[n] the k of the successor rule, the same for a whole future; 0 where durations decide.

    k is more than the newer cycles that the one in use has outlived, where the rule allows any.
    """
    rule = clocks.support.successor
    outlived = clocks.in_use.newer_cycles if clocks.in_use is not None else 0
    chances = rule.beyond(outlived)
    if not chances:
        outlived, chances = 0, rule.beyond(0)
    if not chances or rule.weight <= 0.0:
        return np.zeros(len(lanes), np.intp)
    follows = variates.uniform(lanes) < rule.weight
    steps = np.searchsorted(np.cumsum(chances)[:-1], variates.uniform(lanes), side="right")
    return np.where(follows, outlived + 1 + steps, 0)


def _known(
    cycle: CycleSupport,
    slip: AnnouncementSlip,
    successors: NDArray[np.intp],
    variates: Variates,
    speed: float,
) -> Floats:
    """End of support of a cycle that is out; inf where a release to come decides it."""
    n = len(successors)
    if cycle.ended_days_ago is not None:
        return np.full(n, -cycle.ended_days_ago / DAYS_PER_YEAR)
    if cycle.announced_in_days is not None:
        return _slipped(cycle.announced_in_days / DAYS_PER_YEAR, slip, n, variates)
    ends = draw_gaps(cycle.remaining, n, variates, speed=speed).first_years
    return np.where(successors > cycle.newer_cycles, np.inf, ends)


def _slipped(announced: float, slip: AnnouncementSlip, n: int, variates: Variates) -> Floats:
    """An announced end as it comes: mostly on the day, sometimes later, seldom earlier."""
    lanes = np.arange(n)
    fate = variates.uniform(lanes)
    ends = np.full(n, announced)
    later = np.flatnonzero(fate < slip.later_probability)
    delays = variates.exponential(later) * slip.later_mean_days / DAYS_PER_YEAR
    ends[later] += delays
    is_earlier = (fate >= slip.later_probability) & (
        fate < slip.later_probability + slip.earlier_probability
    )
    earlier = np.flatnonzero(is_earlier)
    ends[earlier] *= variates.uniform(earlier)
    return ends
