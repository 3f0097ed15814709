"""What rework of one slot does to the others: adaptations, replacements, cascades.

A replacement, or an upgrade across a breaking cycle, triggers the edges out of its slot. Slots it
replaces trigger theirs in turn, with the same event; a slot is hit at most once by one event,
replaced rather than adapted where both would happen, and never the slot where the event began.

Adaptations change no clock. So only events that replace a neighbour need be taken in order of
time: of every future the next such event at once, round after round, until none is left.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.progress import OnStep, no_step
from stack_half_life.forecast.simulation.adapting import (
    once_by_event,
    shared_adaptations,
    single_adaptations,
)
from stack_half_life.forecast.simulation.lives import stable_order
from stack_half_life.forecast.simulation.merging import merged_timelines
from stack_half_life.forecast.simulation.network import Network, span_words, spans_of
from stack_half_life.forecast.simulation.rows import chosen, places_of, together
from stack_half_life.forecast.simulation.tenancies import (
    Course,
    Tenancies,
    World,
    successor_courses,
)
from stack_half_life.forecast.simulation.timeline import (
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
    Involved,
    OpenTime,
    Reigns,
    Triggers,
    no_adaptations,
    no_events,
    no_open_time,
    no_triggers,
    nobody_involved,
    order_keys,
)
from stack_half_life.forecast.simulation.variates import Lanes, Words


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
    if not len(network.links):
        return list(timelines)
    return _KnockOns(timelines, world, network, seed, block).run(on_step)


class _KnockOns:
    """The state of a block of futures while events are taken in order."""

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
        self._reigns = Reigns(network.n_slots, block.n)
        self._waiting: list[Triggers] = []
        self._settled: list[Triggers] = []
        self._happened: list[Triggers] = [no_triggers()]
        self._involved: list[Involved] = [nobody_involved()]
        n_shared = len(network.targets) - network.n_single
        self._last_spans = np.full((n_shared, block.n), -1, np.int16)
        self._adaptations: list[Adaptations] = [no_adaptations()]
        self._events: list[Events] = [no_events()]
        self._open: list[OpenTime] = [no_open_time()]

    def run(self, on_step: OnStep) -> list[Timeline]:
        """Cast the dice of all events, then take those that replace in order of time."""
        for slot, timeline in enumerate(self._timelines):
            places = places_of((timeline.kinds == REPLACEMENT) | (timeline.breaking > 0))
            slots, lanes = np.full(len(places), slot), timeline.lanes[places]
            reigns = self._reigns.present(slots, lanes)
            self._cast(Triggers(slots, lanes, timeline.times[places], reigns), slot)
        while len((waiting := self._still_waiting()).slots):
            is_next = self._is_next(waiting)
            self._waiting = [chosen(waiting, ~is_next)]
            self._take(chosen(waiting, is_next))
            on_step()
        settled = [self._real(events) for events in self._settled]
        self._adaptations += single_adaptations(self._network, self._block, settled)
        shared = shared_adaptations(
            self._network, self._block, self._world.horizon_years, [*settled, *self._happened]
        )
        self._adaptations.append(
            once_by_event(shared, self._network.targets, self._network.n_slots, self._involved)
        )
        return merged_timelines(
            self._timelines,
            together(self._events),
            together(self._adaptations),
            together(self._open),
            self._reigns,
            self._network.targets,
            self._world.horizon_years,
        )

    def _real(self, events: Triggers) -> Triggers:
        """The events without those of technologies replaced before."""
        keys = order_keys(events.times, events.slots)
        is_real = keys < self._reigns.cuts(events.reigns)
        return events if is_real.all() else chosen(events, is_real)

    def _still_waiting(self) -> Triggers:
        """Events that wait, without those of technologies replaced since."""
        waiting = together(self._waiting)
        present = self._reigns.present(waiting.slots, waiting.futures)
        return chosen(waiting, present == waiting.reigns)

    def _is_next(self, waiting: Triggers) -> NDArray[np.bool_]:
        """Which of the waiting events is the first of its future."""
        keys = order_keys(waiting.times, waiting.slots)
        first = np.full(self._block.n, NEVER)
        np.minimum.at(first, waiting.futures, keys)
        places = places_of(keys == first[waiting.futures])
        only = np.zeros(self._block.n, np.intp)
        only[waiting.futures[places]] = places
        is_next = np.zeros(len(keys), bool)
        is_next[only[waiting.futures[places]]] = True
        return is_next

    def _cast(self, triggers: Triggers, slots: Lanes | int) -> None:
        """Cast the dice of events: those that replace must wait, the rest are settled.

        slots: those of the events, or the one that is all of theirs.
        """
        is_replacing = np.zeros(len(triggers.slots), bool)
        single, shared = self._words(triggers)
        if isinstance(slots, int):
            for edge in self._network.edges_of(slots):
                words = single if edge < self._network.n_single else shared
                is_replacing |= self._network.hits(edge, words)[0]
        else:
            places, edges = self._network.edges_out(slots)
            replaces, _adapts = self._hits(edges, single[places], shared[places])
            is_replacing[places[replaces]] = True
        self._waiting.append(chosen(triggers, is_replacing))
        self._settled.append(chosen(triggers, ~is_replacing))

    def _words(self, triggers: Triggers) -> tuple[Words, Words]:
        """[k] a word for each event, and one for the half-year it is in."""
        futures, times = triggers.futures, triggers.times
        return (
            self._network.event_words(self._block, triggers.slots, futures, times),
            span_words(self._block, futures, spans_of(times)),
        )

    def _hits(
        self, edges: NDArray[np.intp], single: Words, shared: Words
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        return self._network.hits(edges, np.where(edges < self._network.n_single, single, shared))

    def _take(self, roots: Triggers) -> None:
        """Let one event of each of some futures run through the stack."""
        network, n_slots = self._network, self._network.n_slots
        single, shared = self._words(roots)
        reached, slots = np.arange(len(single)), roots.slots
        cells = reached * n_slots + slots
        is_hit = np.zeros(len(single) * n_slots, bool)
        claims = np.zeros(len(is_hit), np.intp)
        is_hit[cells] = True
        hit_places, hit_slots, adapting, by_edges = [], [], [], []
        while len(slots):
            places, edges = network.edges_out(slots)
            who = reached.take(places)
            replaces, adapts = self._hits(edges, single.take(who), shared.take(who))
            adapts &= edges < network.n_single
            adapting.append(who[adapts])
            by_edges.append(edges[adapts])
            who, edges = who[replaces], edges[replaces]
            is_new = ~is_hit[who * n_slots + network.targets[edges]]
            who, edges = self._first_of_spans(roots, who[is_new], edges[is_new])
            cells = who * n_slots + network.targets[edges]
            is_hit[cells] = True
            claims[cells] = turn = np.arange(len(cells))
            reached, slots = np.divmod(cells[claims[cells] == turn], n_slots)
            hit_places.append(reached)
            hit_slots.append(slots)
        who, edges = np.concatenate(adapting), np.concatenate(by_edges)
        is_left = ~is_hit[who * n_slots + network.targets[edges]]
        who, edges = self._strongest(roots, who[is_left], edges[is_left])
        self._adaptations.append(Adaptations(edges, roots.futures[who], roots.times[who]))
        self._happened.append(roots)
        places, slots = np.concatenate(hit_places), np.concatenate(hit_slots)
        is_cascade = np.bincount(places, minlength=len(single)) > 0
        self._involve(chosen(roots, is_cascade), roots.slots[is_cascade])
        self._involve(chosen(roots, places), slots)
        self._involve(chosen(roots, who), network.targets[edges])
        self._replace(roots, places, slots)

    def _involve(self, events: Triggers, slots: Lanes) -> None:
        self._involved.append(Involved(slots, events.futures, events.times))

    def _first_of_spans(
        self, roots: Triggers, places: NDArray[np.intp], edges: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Of edges that events take, those not shared or not taken yet in this half-year."""
        futures, spans = roots.futures[places], spans_of(roots.times[places])
        is_first = np.ones(len(edges), bool)
        shared = places_of(edges >= self._network.n_single)
        cells = edges[shared] - self._network.n_single, futures[shared]
        is_first[shared] = self._last_spans[cells] < spans[shared]
        self._last_spans[cells] = spans[shared]
        return places[is_first], edges[is_first]

    def _strongest(
        self, roots: Triggers, places: NDArray[np.intp], edges: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Of several edges by which one event reaches a slot, the one that costs most."""
        targets = places * self._network.n_slots + self._network.targets[edges]
        is_several = np.bincount(targets)[targets] > 1 if len(targets) else targets > 0
        alone, some = places_of(~is_several), places_of(is_several)
        dearness = self._network.dearness(self._block, edges[some], roots.futures[places[some]])
        order = some[np.lexsort((-dearness, targets[some]))]
        first = order[places_of(np.diff(targets[order], prepend=-1))]
        left = np.concatenate([alone, first])
        return places[left], edges[left]

    def _replace(self, roots: Triggers, places: NDArray[np.intp], slots: Lanes) -> None:
        """Give slots to successors at the time of the events that replace them."""
        order = stable_order(slots)
        places, slots = places[order], slots[order]
        futures, times = roots.futures[places], roots.times[places]
        keys = order_keys(roots.times, roots.slots)[places]
        reigns = self._reigns.cut(slots, futures, keys)
        self._happened.append(Triggers(slots, futures, times, reigns))
        nothing = np.zeros(len(slots), np.int32)
        kinds = np.full(len(slots), KNOCKED_OUT, np.int8)
        self._events.append(Events(slots, futures, times, kinds, nothing, nothing, reigns))
        taken = Tenancies(slots, futures, times, times)
        for course in successor_courses(self._world, taken, self._randomness):
            self._log(course)

    def _log(self, course: Course) -> None:
        """Note the rework of successors; it may reach neighbours in turn."""
        held, upgrades, spells = course.held, together(course.upgrades), course.spells
        replaced = places_of(held.ends < self._world.horizon_years)
        tenancies = np.concatenate([upgrades.lanes, replaced])
        nothing = np.zeros(len(replaced), np.int32)
        kinds = np.repeat(
            np.array([UPGRADE, REPLACEMENT], np.int8), [len(upgrades.lanes), len(replaced)]
        )
        reigns = self._reigns.present(held.slots, held.futures)
        events = Events(
            held.slots[tenancies],
            held.futures[tenancies],
            np.concatenate([upgrades.times, held.ends[replaced]]),
            kinds,
            np.concatenate([upgrades.crossed, nothing]),
            np.concatenate([upgrades.breaking, nothing]),
            reigns[tenancies],
        )
        self._events.append(events)
        self._open.append(
            OpenTime(
                held.slots[spells.lanes],
                held.futures[spells.lanes],
                spells.starts.astype(np.float64),
                spells.ends.astype(np.float64),
                reigns[spells.lanes],
            )
        )
        is_trigger = (events.kinds == REPLACEMENT) | (events.breaking > 0)
        triggers = Triggers(events.slots, events.futures, events.times, events.reigns)
        triggers = chosen(triggers, is_trigger)
        self._cast(triggers, triggers.slots)
