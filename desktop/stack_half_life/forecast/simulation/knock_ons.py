"""What rework of one slot does to the others: adaptations, replacements, cascades.

A replacement, or an upgrade across a breaking cycle, triggers the edges out of its slot. Slots it
replaces trigger theirs in turn, with the same event; a slot is hit at most once by one event,
replaced rather than adapted where both would happen, and never the slot where the event began.

Adaptations change no clock. So only events that replace a neighbour need be taken in order of
time: of every future the next such event at once, round after round, until none is left.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.progress import OnStep, no_step
from stack_half_life.forecast.simulation.lives import stable_order
from stack_half_life.forecast.simulation.network import Network
from stack_half_life.forecast.simulation.rows import Rows, chosen, together
from stack_half_life.forecast.simulation.tenancies import (
    Course,
    Tenancies,
    World,
    successor_courses,
)
from stack_half_life.forecast.simulation.timeline import (
    ADAPTATION,
    KNOCKED_OUT,
    REPLACEMENT,
    UPGRADE,
    Block,
    LaneRandomness,
    Timeline,
)
from stack_half_life.forecast.simulation.triggers import (
    NEVER,
    Adaptations,
    Events,
    Keys,
    OpenTime,
    Triggers,
    no_events,
    no_open_time,
    order_keys,
    time_of_keys,
)
from stack_half_life.forecast.simulation.variates import Floats, Lanes

Number = TypeVar("Number", np.int8, np.intp, np.float64)


def with_knock_ons(
    timelines: Sequence[Timeline],
    world: World,
    network: Network,
    seed: int,
    block: Block,
    on_step: OnStep = no_step,
) -> list[Timeline]:
    """The timelines of all slots once their events reach each other.

    on_step: called after each round; what it raises ends the work.
    """
    if not len(network.sources):
        return list(timelines)
    return _KnockOns(timelines, world, network, seed, block).run(on_step)


class _KnockOns:
    """The state of a block of futures while events are taken in order.

    epoch: [slots, futures] how often a neighbour has replaced the slot so far.
    first_cut: [slots, futures] order key of the event that first did.
    """

    def __init__(
        self,
        timelines: Sequence[Timeline],
        world: World,
        network: Network,
        seed: int,
        block: Block,
    ) -> None:
        self._timelines, self._world, self._network = timelines, world, network
        self._block, self._randomness = block, LaneRandomness(seed, block)
        self._epoch = np.zeros((network.n_slots, block.n), np.intp)
        self._first_cut = np.full((network.n_slots, block.n), NEVER)
        self._later_cuts: list[tuple[NDArray[np.intp], Keys]] = []
        self._waiting: list[Triggers] = []
        self._adaptations: list[Adaptations] = []
        self._events: list[Events] = []
        self._open: list[OpenTime] = []

    def run(self, on_step: OnStep) -> list[Timeline]:
        """Cast the dice of all events, then take those that replace in order of time."""
        for slot, timeline in enumerate(self._timelines):
            is_trigger = (timeline.kinds == REPLACEMENT) | (timeline.breaking > 0)
            chosen_events = np.flatnonzero(is_trigger)
            lanes = timeline.lanes[chosen_events]
            self._cast(
                Triggers(
                    np.full(len(lanes), slot),
                    lanes,
                    timeline.times[chosen_events],
                    np.zeros(len(lanes), np.intp),
                )
            )
        while len((waiting := self._still_waiting()).slots):
            is_next = self._is_next(waiting)
            self._waiting = [chosen(waiting, ~is_next)]
            self._take(chosen(waiting, is_next))
            on_step()
        return self._knocked_on()

    def _knocked_on(self) -> list[Timeline]:
        """All that happened, slot by slot."""
        n_slots = len(self._timelines)
        events = together([*self._events, no_events()])
        is_real = self._happens(events.slots, events.futures, events.times, events.epochs)
        events = chosen(events, is_real)
        by_slot = _split(events, events.slots, n_slots)
        adaptations = together(self._adaptations)
        is_real = self._happens(
            adaptations.sources, adaptations.futures, adaptations.times, adaptations.epochs
        )
        adaptations = chosen(adaptations, is_real)
        adapted = _split(adaptations, adaptations.targets, n_slots)
        opened = together([*self._open, no_open_time()])
        open_by_slot = _split(opened, opened.slots, n_slots)
        return [
            self._merged(slot, timeline, by_slot[slot], adapted[slot], open_by_slot[slot])
            for slot, timeline in enumerate(self._timelines)
        ]

    def _merged(
        self,
        slot: int,
        timeline: Timeline,
        events: Events,
        adaptations: Adaptations,
        opened: OpenTime,
    ) -> Timeline:
        """What is left of a slot's own course, with what its neighbours did to it."""
        where = np.full(len(timeline.lanes), slot)
        never = np.zeros(len(timeline.lanes), np.intp)
        base = timeline.chosen(self._happens(where, timeline.lanes, timeline.times, never))
        n_adapted = len(adaptations.edges)
        nothing = np.zeros(n_adapted, np.intp)
        lanes = np.concatenate([events.futures, adaptations.futures])
        times = np.concatenate([events.times, adaptations.times])
        span = 2.0 * self._world.horizon_years
        keys = lanes * span + times
        order = np.argsort(keys)
        at = np.searchsorted(base.lanes * span + base.times, keys[order]) + np.arange(len(order))
        is_new = np.zeros(len(base.lanes) + len(order), bool)
        is_new[at] = True
        old_at = np.flatnonzero(~is_new)

        def merged(old: NDArray[Number], *new: NDArray[Number]) -> NDArray[Number]:
            whole = np.empty(len(is_new), old.dtype)
            whole[at] = np.concatenate(new)[order]
            whole[old_at] = old
            return whole

        slots = np.full(len(timeline.spell_lanes) + len(opened.futures), slot)
        spell_lanes = np.concatenate([timeline.spell_lanes, opened.futures])
        epochs = np.concatenate([np.zeros(len(timeline.spell_lanes), np.intp), opened.epochs])
        cuts = time_of_keys(self._cut_keys(slots, spell_lanes, epochs))
        starts = np.concatenate([timeline.spell_starts, opened.starts])
        ends = np.minimum(np.concatenate([timeline.spell_ends, opened.ends]), cuts)
        is_open = np.flatnonzero(starts < ends)
        adapted = np.full(n_adapted, ADAPTATION, np.int8)
        no_edge = np.full(len(events.times), -1)
        return Timeline(
            merged(base.lanes, lanes),
            merged(base.times, times),
            merged(base.kinds, events.kinds, adapted),
            merged(base.crossed, events.crossed, nothing),
            merged(base.breaking, events.breaking, nothing),
            merged(base.edges, no_edge, adaptations.edges),
            spell_lanes[is_open],
            starts[is_open],
            ends[is_open],
        )

    def _still_waiting(self) -> Triggers:
        """Events that wait, without those of technologies replaced since."""
        waiting = together(self._waiting)
        is_current = self._epoch[waiting.slots, waiting.futures] == waiting.epochs
        return chosen(waiting, is_current)

    def _is_next(self, waiting: Triggers) -> NDArray[np.bool_]:
        """Which of the waiting events is the first of its future."""
        keys = order_keys(waiting.times, waiting.slots)
        first = np.full(self._block.n, NEVER)
        np.minimum.at(first, waiting.futures, keys)
        is_first = keys == first[waiting.futures]
        places = np.flatnonzero(is_first)
        _, once = np.unique(waiting.futures[places], return_index=True)
        is_next = np.zeros(len(keys), bool)
        is_next[places[once]] = True
        return is_next

    def _cast(self, triggers: Triggers) -> None:
        """Cast the dice of events: those that replace must wait, the rest adapt neighbours now."""
        network = self._network
        words = network.trigger_words(self._block, triggers.slots, triggers.futures, triggers.times)
        places, edges = network.edges_of(triggers.slots)
        dice = network.dice(edges, words[places])
        replaces = np.zeros(len(words), bool)
        replaces[places[np.flatnonzero(dice < network.replace_below[edges])]] = True
        hits = np.flatnonzero(dice < network.adapt_below[edges])
        adapts = hits[~replaces[places[hits]]]
        self._waiting.append(chosen(triggers, replaces))
        self._adapt(triggers, places[adapts], edges[adapts])

    def _adapt(self, triggers: Triggers, places: NDArray[np.intp], edges: NDArray[np.intp]) -> None:
        self._adaptations.append(
            Adaptations(
                self._network.targets[edges],
                triggers.futures[places],
                triggers.times[places],
                edges,
                triggers.slots[places],
                triggers.epochs[places],
            )
        )

    def _take(self, roots: Triggers) -> None:
        """Let one event of each of some futures run through the stack."""
        network, n_slots = self._network, self._network.n_slots
        words = network.trigger_words(self._block, roots.slots, roots.futures, roots.times)
        is_hit = np.zeros((len(words), n_slots), bool)
        reached, slots = np.arange(len(words)), roots.slots
        is_hit[reached, slots] = True
        hit_places, hit_slots, adapting, by_edges = [], [], [], []
        while len(slots):
            places, edges = network.edges_of(slots)
            who, targets = reached[places], network.targets[edges]
            dice = network.dice(edges, words[who])
            is_out = (dice < network.replace_below[edges]) & ~is_hit[who, targets]
            pairs = np.unique(who[is_out] * n_slots + targets[is_out])
            adapts = dice < network.adapt_below[edges]
            adapting.append(who[adapts])
            by_edges.append(edges[adapts])
            reached, slots = pairs // n_slots, pairs % n_slots
            is_hit[reached, slots] = True
            hit_places.append(reached)
            hit_slots.append(slots)
        who, edges = np.concatenate(adapting), np.concatenate(by_edges)
        is_left = ~is_hit[who, network.targets[edges]]
        who, edges = self._strongest(roots, who[is_left], edges[is_left])
        self._adapt(roots, who, edges)
        self._replace(roots, np.concatenate(hit_places), np.concatenate(hit_slots))

    def _strongest(
        self, roots: Triggers, places: NDArray[np.intp], edges: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Of several edges by which one event reaches a slot, the one that costs most."""
        targets = places * self._network.n_slots + self._network.targets[edges]
        shares = self._network.adaptation_shares(self._block, edges, roots.futures[places])
        order = np.lexsort((-shares, targets))
        _, first = np.unique(targets[order], return_index=True)
        return places[order[first]], edges[order[first]]

    def _replace(self, roots: Triggers, places: NDArray[np.intp], slots: Lanes) -> None:
        """Give slots to successors at the time of the events that replace them."""
        order = stable_order(slots)
        places, slots = places[order], slots[order]
        futures, times = roots.futures[places], roots.times[places]
        keys = order_keys(roots.times, roots.slots)[places]
        before = self._epoch[slots, futures]
        is_first = before == 0
        self._first_cut[slots[is_first], futures[is_first]] = keys[is_first]
        ids = self._ids(slots, futures, before)[~is_first]
        self._later_cuts.append((ids, keys[~is_first]))
        self._epoch[slots, futures] = before + 1
        nothing = np.zeros(len(slots), np.intp)
        kinds = np.full(len(slots), KNOCKED_OUT, np.int8)
        self._events.append(Events(slots, futures, times, kinds, nothing, nothing, before + 1))
        taken = Tenancies(slots, futures, times, times)
        for course in successor_courses(self._world, taken, self._randomness):
            self._log(course)

    def _log(self, course: Course) -> None:
        """Note the rework of successors; it may reach neighbours in turn."""
        held, upgrades, spells = course.held, course.upgrades, course.spells
        replaced = np.flatnonzero(held.ends < self._world.horizon_years)
        tenancies = np.concatenate([upgrades.lanes, replaced])
        nothing = np.zeros(len(replaced), np.intp)
        slots, futures = held.slots[tenancies], held.futures[tenancies]
        events = Events(
            slots,
            futures,
            np.concatenate([upgrades.times, held.ends[replaced]]),
            np.repeat(
                np.array([UPGRADE, REPLACEMENT], np.int8), [len(upgrades.lanes), len(replaced)]
            ),
            np.concatenate([upgrades.crossed, nothing]),
            np.concatenate([upgrades.breaking, nothing]),
            self._epoch[slots, futures],
        )
        self._events.append(events)
        is_trigger = (events.kinds == REPLACEMENT) | (events.breaking > 0)
        triggers = Triggers(events.slots, events.futures, events.times, events.epochs)
        self._cast(chosen(triggers, is_trigger))
        slots, futures = held.slots[spells.lanes], held.futures[spells.lanes]
        epochs = self._epoch[slots, futures]
        self._open.append(OpenTime(slots, futures, spells.starts, spells.ends, epochs))

    def _ids(self, slots: Lanes, futures: Lanes, epochs: NDArray[np.intp]) -> NDArray[np.intp]:
        ids: NDArray[np.intp] = (epochs * len(self._epoch) + slots) * self._block.n + futures
        return ids

    def _cut_keys(self, slots: Lanes, futures: Lanes, epochs: NDArray[np.intp]) -> Keys:
        """[k] order key of the event that ended an epoch of a slot in a future."""
        keys = self._first_cut[slots, futures]
        later = np.flatnonzero(epochs)
        if len(later):
            ids = np.concatenate([one for one, _ in self._later_cuts])
            cuts = np.append(np.concatenate([one for _, one in self._later_cuts]), NEVER)
            order = np.argsort(ids)
            wanted = self._ids(slots[later], futures[later], epochs[later])
            found = np.searchsorted(ids[order], wanted)
            inside = np.minimum(found, len(ids) - 1)
            is_cut = (found < len(ids)) & (ids[order][inside] == wanted) if len(ids) else False
            keys[later] = np.where(is_cut, cuts[np.append(order, len(ids))[found]], NEVER)
        return keys

    def _happens(
        self, slots: Lanes, futures: Lanes, times: Floats, epochs: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """[k] whether events came before the slot was replaced by a neighbour."""
        is_before: NDArray[np.bool_] = order_keys(times, slots) < self._cut_keys(
            slots, futures, epochs
        )
        return is_before


def _split(rows: Rows, slots: Lanes, n_slots: int) -> list[Rows]:
    """The rows of each slot."""
    order = stable_order(slots)
    bounds = np.searchsorted(slots[order], np.arange(n_slots + 1)).tolist()
    return [chosen(rows, order[first:last]) for first, last in pairwise(bounds)]
