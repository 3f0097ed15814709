"""When cycles lose support in each future: durations, announcements that slip, successors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import CycleSupport, GapLaw
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.event_streams import Cursor, EventStream
from stack_half_life.forecast.simulation.gaps import GapLanes, draw_gaps
from stack_half_life.forecast.simulation.law_table import LawTable, law_table
from stack_half_life.forecast.simulation.rows import bounds_reached, places_of
from stack_half_life.forecast.simulation.variates import (
    Floats,
    Lanes,
    Singles,
    Variates,
)


@dataclass(frozen=True, slots=True)
class SupportLanes:
    """The support clock of n lanes after their parameters were drawn.

    in_use_ends, newest_ends: [n] years at which the cycle in use, and the newest one out, lose
        support where durations or dates decide it; inf where the successor rule does.
    outlived: [n] how many cycles newer than the one in use are out already.
    durations: clocks of later durations.
    successors: [n] k of the successor rule in lanes that follow it, else 0.
    deciders: [n] 0 in lanes that follow it, else one more than the kind of their durations.
    """

    in_use_ends: Singles
    newest_ends: Singles
    outlived: NDArray[np.intp]
    durations: GapLanes
    successors: NDArray[np.intp]
    deciders: NDArray[np.int8]

    def ends_at_start(self, lanes: Lanes, releases: EventStream, *, newest: bool) -> Singles:
        """End of support of the cycle in use at the start, or of the newest one out then."""
        ends = (self.newest_ends if newest else self.in_use_ends).take(lanes)
        numbers = self.successors.take(lanes)
        if not newest:
            numbers = numbers - self.outlived.take(lanes)
        ruled = places_of(np.isinf(ends) & (numbers > 0))
        ends[ruled] = releases.time_of(lanes.take(ruled), numbers.take(ruled))
        return ends

    def in_order(self, lanes: Lanes) -> Lanes:
        """The lanes by what decides later ends: successors first, then kinds of durations."""
        return lanes.take(self.deciders.take(lanes).argsort(kind="stable"))

    def ends_of_new(
        self, lanes: Lanes, releases: Cursor, released: Singles, taken: Singles, variates: Variates
    ) -> Singles:
        """End of support of the newest cycles out in a future; lanes as `in_order` has them.

        A cycle is in support when it is taken: where the duration drawn says otherwise, it counts
        from then.  released, taken: [k] years.
        """
        n_ruled = int(self.deciders.take(lanes).searchsorted(1))
        ruled, free = slice(0, n_ruled), slice(n_ruled, None)
        durations = self.durations.later(lanes[free], variates)
        ends = np.empty(len(lanes), np.float32)
        ends[ruled] = releases.further(ruled, self.successors.take(lanes[ruled]))
        of_free, taken = ends[free], taken[free]
        np.add(released[free], durations, out=of_free)
        over = places_of(of_free <= taken)
        of_free[over] = taken.take(over) + durations.take(over)
        return ends


@dataclass(frozen=True, slots=True)
class SupportTable:
    """The support of technologies laid out by row.

    durations: laws of new cycles.  rule_bounds: [rows, most] chance, in all, that durations decide
        or that k is at most so much; first_k: [rows] the least k.
    in_use, newest: what is known of cycles that are out; None where technologies begin with a
        cycle released at that moment.  is_newest: [rows] whether both are the same cycle.
    """

    durations: LawTable
    rule_bounds: Floats
    first_k: NDArray[np.intp]
    speeds: Floats
    in_use: "KnownTable | None"
    newest: "KnownTable | None"
    is_newest: NDArray[np.bool_]

    def draw(
        self, rows: Lanes, starts: Floats, can_move: NDArray[np.bool_], variates: Variates
    ) -> SupportLanes:
        """Draw the support clock of each lane.

        starts: [n] years of taking the technology.  can_move: [n] whether later cycles are taken.
        """
        ranks = variates.uniform(np.arange(len(rows)))
        steps = bounds_reached(self.rule_bounds.T, rows, ranks)
        successors = np.where(steps > 0, self.first_k.take(rows) + steps - 1, 0)
        within = np.where(can_move, np.inf, 0.0)
        within[places_of(steps > 0)] = -np.inf
        if self.in_use is None or self.newest is None:
            durations = draw_gaps(self.durations, rows, variates, within, self.speeds)
            in_use_ends = newest_ends = starts + durations.first_years
            outlived = np.zeros(len(rows), np.intp)
        else:
            in_use_ends = self.in_use.draw(rows, successors, variates)
            newest_ends = self.newest.draw(rows, successors, variates)
            durations = draw_gaps(self.durations, rows, variates, within, self.speeds)
            outlived = self.in_use.newer.take(rows)
            for known, ends in ((self.in_use, in_use_ends), (self.newest, newest_ends)):
                new = places_of(known.is_new.take(rows))
                ends[new] = durations.first_years.take(new)
            newest_ends = np.where(self.is_newest.take(rows), in_use_ends, newest_ends)
        deciders = (durations.kinds + np.int8(1)) * (steps == 0)
        return SupportLanes(
            in_use_ends.astype(np.float32),
            newest_ends.astype(np.float32),
            outlived,
            durations,
            successors,
            deciders,
        )


@dataclass(frozen=True, slots=True)
class KnownTable:
    """Support of cycles that are out, by row.

    ended, announced: [rows] years, inf where not so.  newer: [rows] newer cycles out.
    is_new: [rows] released just now.  law_row: [rows] row in `laws` of what remains, else −1.
    unseen: [rows] how many years before the start their laws begin.
    later, later_mean, earlier: how announced ends slip, years.
    """

    ended: Floats
    announced: Floats
    newer: NDArray[np.intp]
    is_new: NDArray[np.bool_]
    law_row: NDArray[np.intp]
    laws: LawTable | None
    later: Floats
    later_mean: Floats
    earlier: Floats
    law_speeds: Floats
    unseen: Floats

    def draw(self, rows: Lanes, successors: NDArray[np.intp], variates: Variates) -> Floats:
        """[n] end of support, inf where a release to come decides it or the cycle is new."""
        ends = self.ended.take(rows)
        announced = places_of(np.isfinite(self.announced.take(rows)))
        ends[announced] = self._slipped(rows.take(announced), announced, variates)
        if self.laws is not None:
            law_rows = self.law_row.take(rows)
            is_open = (law_rows >= 0) & (successors <= self.newer.take(rows))
            within = np.where(is_open, 0.0, -np.inf)
            gaps = draw_gaps(self.laws, law_rows, variates, within, self.law_speeds)
            open_lanes = places_of(is_open)
            waited = self.unseen.take(rows.take(open_lanes))
            ends[open_lanes] = gaps.first_years.take(open_lanes) - waited
        return ends

    def _slipped(self, rows: Lanes, lanes: Lanes, variates: Variates) -> Floats:
        """Announced ends as they come: mostly on the day, sometimes later, seldom earlier."""
        ends = self.announced[rows]
        fate = variates.uniform(lanes)
        later = np.flatnonzero(fate < self.later[rows])
        ends[later] += variates.exponential(lanes[later]) * self.later_mean[rows[later]]
        is_earlier = (fate >= self.later[rows]) & (fate < (self.later + self.earlier)[rows])
        earlier = np.flatnonzero(is_earlier)
        ends[earlier] *= variates.uniform(lanes[earlier])
        return ends


def support_table(clocks: Sequence[TechnologyClocks], speeds: Sequence[float]) -> SupportTable:
    """The table of some technologies, a row each."""
    rules = [_rule(one) for one in clocks]
    most = max(len(chances) for _, chances in rules)
    bounds = np.full((len(rules), max(most, 1)), 2.0)
    for row, (one, (_, chances)) in enumerate(zip(clocks, rules, strict=True)):
        weight = one.support.successor.weight
        if chances and weight > 0.0:
            steps = np.cumsum([1.0 - weight, *(weight * chance for chance in chances)])
            bounds[row, : len(chances)] = steps[:-1]
    has_known = any(one.in_use is not None for one in clocks)
    is_newest = [one.in_use == one.newest for one in clocks]
    return SupportTable(
        law_table([one.support.duration for one in clocks]),
        bounds,
        np.array([first for first, _ in rules], np.intp),
        np.array(speeds, float),
        _known_table(clocks, [one.in_use for one in clocks], speeds) if has_known else None,
        _known_table(
            clocks,
            [None if same else one.newest for one, same in zip(clocks, is_newest, strict=True)],
            speeds,
        )
        if has_known
        else None,
        np.array(is_newest),
    )


def _rule(clocks: TechnologyClocks) -> tuple[int, tuple[float, ...]]:
    """The least k of the successor rule, and the chances of it and those after it.

    One k holds for a whole future: more than the newer cycles that the one in use has outlived,
    where the rule allows any.
    """
    outlived = clocks.in_use.newer_cycles if clocks.in_use is not None else 0
    beyond = clocks.support.successor.beyond(outlived)
    return (outlived + 1, beyond) if beyond else (1, clocks.support.successor.beyond(0))


def _known_table(
    clocks: Sequence[TechnologyClocks],
    cycles: Sequence[CycleSupport | None],
    speeds: Sequence[float],
) -> KnownTable:
    laws: list[GapLaw] = []
    law_row, law_speeds = np.full(len(cycles), -1), []
    ended, announced = np.full(len(cycles), np.inf), np.full(len(cycles), np.inf)
    for row, cycle in enumerate(cycles):
        if cycle is None:
            continue
        if cycle.ended_days_ago is not None:
            ended[row] = -cycle.ended_days_ago / DAYS_PER_YEAR
        elif cycle.announced_in_days is not None:
            announced[row] = cycle.announced_in_days / DAYS_PER_YEAR
        else:
            law_row[row] = len(laws)
            laws.append(cycle.remaining)
            law_speeds.append(speeds[row])
    slips = [one.support.slip for one in clocks]
    return KnownTable(
        ended=ended,
        announced=announced,
        newer=np.array([cycle.newer_cycles if cycle else 0 for cycle in cycles], np.intp),
        is_new=np.array([cycle is None for cycle in cycles]),
        law_row=law_row,
        laws=law_table(laws) if laws else None,
        later=np.array([slip.later_probability for slip in slips]),
        later_mean=np.array([slip.later_mean_days for slip in slips]) / DAYS_PER_YEAR,
        earlier=np.array([slip.earlier_probability for slip in slips]),
        law_speeds=np.array(law_speeds, float),
        unseen=np.array([one.unseen_years for one in clocks]),
    )
