"""Which slots adapt to events, once it is known which of them happen."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.neighbours import SPAN_YEARS
from stack_half_life.forecast.simulation.lives import stable_order
from stack_half_life.forecast.simulation.network import (
    Network,
    span_words,
    spans_of,
)
from stack_half_life.forecast.simulation.rows import chosen, places_of, together
from stack_half_life.forecast.simulation.timeline import Block
from stack_half_life.forecast.simulation.triggers import (
    Adaptations,
    Involved,
    Triggers,
    no_adaptations,
)
from stack_half_life.forecast.simulation.variates import Floats, Lanes


def single_adaptations(
    network: Network, block: Block, batches: Sequence[Triggers]
) -> Iterator[Adaptations]:
    """What events force by edges of one source; the dice fall for each event."""
    for events in batches:
        for slot, places in _by_slot(events):
            edges = [edge for edge in network.edges_of(slot) if edge < network.n_single]
            if not edges:
                continue
            futures, times = events.futures[places], events.times[places]
            words = network.event_words(block, events.slots[places], futures, times)
            for edge in edges:
                hit = places_of(network.hits(edge, words)[1])
                yield Adaptations(np.full(len(hit), edge), futures[hit], times[hit])


def shared_adaptations(
    network: Network, block: Block, horizon_years: float, batches: Sequence[Triggers]
) -> Adaptations:
    """What events force by edges of several sources: in each half-year the first of them does."""
    n_spans = math.ceil(horizon_years / SPAN_YEARS) + 1
    parts = _cells_by_slot(network, n_spans, batches)
    found = [no_adaptations()]
    for slots, edges in network.circles():
        first = np.full(block.n * n_spans, np.inf)
        for slot in slots:
            for cells, times in parts[slot]:
                np.minimum.at(first, cells, times)
        cells = places_of(first < np.inf)
        futures, spans = np.divmod(cells, n_spans)
        words, times = span_words(block, futures, spans), first[cells]
        for edge in edges:
            replaces, adapts = network.hits(edge, words)
            hit = places_of(adapts & ~replaces)
            found.append(Adaptations(np.full(len(hit), edge), futures[hit], times[hit]))
    return together(found)


def once_by_event(
    adaptations: Adaptations, targets: Lanes, n_slots: int, involved: Sequence[Involved]
) -> Adaptations:
    """The adaptations without those of slots that the same event began in, replaced or adapted."""
    known = together(involved)
    doubtful = _near(adaptations, known)
    some = chosen(adaptations, doubtful)
    first = len(known.slots)
    rows = np.empty((first + len(doubtful), 2), np.int64)
    rows[:first, 0] = known.futures * n_slots + known.slots
    rows[first:, 0] = some.futures * n_slots + targets[some.edges]
    rows[:, 1] = np.concatenate([known.times, some.times]).view(np.int64)
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    again = order[1:][(rows[order[1:]] == rows[order[:-1]]).all(axis=1)]
    is_left = np.ones(len(adaptations.edges), bool)
    is_left[doubtful[again[again >= first] - first]] = False
    return adaptations if is_left.all() else chosen(adaptations, is_left)


def _near(adaptations: Adaptations, involved: Involved) -> NDArray[np.intp]:
    """Where adaptations come in the same half-year of the same future as any of some events."""
    spans, known = spans_of(adaptations.times), spans_of(involved.times)
    n_spans = max(spans.max(initial=0), known.max(initial=0)) + 1
    n_futures = max(adaptations.futures.max(initial=0), involved.futures.max(initial=0)) + 1
    is_touched = np.zeros(n_futures * n_spans, bool)
    is_touched[involved.futures * n_spans + known] = True
    return places_of(is_touched.take(adaptations.futures * n_spans + spans))


def _cells_by_slot(
    network: Network, n_spans: int, batches: Sequence[Triggers]
) -> list[list[tuple[NDArray[np.intp], Floats]]]:
    """Of each slot's events the half-years of which futures they are in, and their times."""
    parts: list[list[tuple[NDArray[np.intp], Floats]]] = [[] for _ in range(network.n_slots)]
    for events in batches:
        cells = events.futures * n_spans + spans_of(events.times)
        for slot, places in _by_slot(events):
            parts[slot].append((cells[places], events.times[places]))
    return parts


def _by_slot(events: Triggers) -> Iterator[tuple[int, NDArray[np.intp] | slice]]:
    """The slots of events, each with where its events stand."""
    slots = events.slots
    if not len(slots):
        return
    if slots[0] == slots[-1] and (slots == slots[0]).all():
        yield int(slots[0]), slice(None)
        return
    order = stable_order(slots)
    present, firsts = np.unique(slots[order], return_index=True)
    yield from zip(present.tolist(), np.split(order, firsts[1:]), strict=True)
