"""Which rework event of which slot reaches which neighbours: edges and their dice.

An edge leads from one slot to another, and its die falls for each event; or it leads from several
slots together, and its die falls once in each half-year, for the first event of any of them; an
event that can replace nothing there, since it began there, leaves it to the next. A die is keyed by
edge and future, and by triggering slot and time or by half-year, so that it falls the same whatever
else is in the stack, and a higher probability only adds to what it hits.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import Coupling
from stack_half_life.forecast.neighbours import SPAN_YEARS, LayerCoupling
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.rows import places_of
from stack_half_life.forecast.simulation.timeline import Block
from stack_half_life.forecast.simulation.variates import (
    Floats,
    Lanes,
    Words,
    mixed,
    unit_interval,
    word_of,
)

Edges = NDArray[np.intp] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Network:
    """Edges between slots; those of one source first, then the shared ones of several.

    links: [l] the edges that each slot triggers, slot by slot.  firsts: [slots + 1] where each
        slot's begin.
    targets: [e] slots.  n_single: how many edges have one source.
    replace_below, adapt_below: [e] the die, a word, replaces below the one, adapts below the other.
    shares: what adaptations cost, each once.  share_of: [e] which of them.
    words: [e].  slot_words: [slots].
    """

    links: Lanes
    firsts: NDArray[np.intp]
    targets: Lanes
    n_single: int
    replace_below: Words
    adapt_below: Words
    shares: tuple[Pert, ...]
    share_of: NDArray[np.intp]
    words: Words
    slot_words: Words

    @property
    def key(self) -> Hashable:
        """What tells it from networks that reach other components or otherwise.

        What adaptations cost tells only where it may decide by which of two edges one comes.
        """
        arrays = (
            self.links,
            self.firsts,
            self.targets,
            self.replace_below,
            self.adapt_below,
            self.words,
            self.slot_words,
        )
        key = (self.n_single, *(array.tobytes() for array in arrays))
        several = len(self.shares) > 1 and len(set(self.targets.tolist())) < len(self.targets)
        return (*key, self.shares, self.share_of.tobytes()) if several else key

    @property
    def n_slots(self) -> int:
        """How many slots there are."""
        return len(self.slot_words)

    def edges_of(self, slot: int) -> list[int]:
        """The edges out of a slot."""
        edges: list[int] = self.links[self.firsts[slot] : self.firsts[slot + 1]].tolist()
        return edges

    def edges_out(self, slots: Lanes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """All edges out of some slots: place among the slots given, and edge; [k] each."""
        first = self.firsts.take(slots)
        counts = self.firsts.take(slots + 1) - first
        places = np.arange(len(slots)).repeat(counts)
        links = np.arange(len(places))
        links += (first - counts.cumsum() + counts).take(places)
        return places, self.links.take(links)

    def circles(self) -> Iterator[tuple[tuple[int, ...], list[int]]]:
        """The slots that share edges, and the edges they share."""
        sources: dict[int, list[int]] = {}
        for slot in range(self.n_slots):
            for edge in self.edges_of(slot):
                if edge >= self.n_single:
                    sources.setdefault(edge, []).append(slot)
        circles: dict[tuple[int, ...], list[int]] = {}
        for edge, slots in sources.items():
            circles.setdefault(tuple(slots), []).append(edge)
        yield from circles.items()

    def event_words(self, block: Block, slots: Lanes, futures: Lanes, times: Floats) -> Words:
        """[k] a word for each triggering event."""
        numbers = mixed(block.numbers)[futures]
        words = mixed(np.ascontiguousarray(times).view(np.uint64))
        words ^= numbers
        words = mixed(words)
        words ^= self.slot_words[slots]
        return words

    def hits(
        self, edges: NDArray[np.intp] | int, words: Words
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """[k] whether the target of an edge is replaced, and whether it is adapted at least.

        words: [k] of the event, or for a shared edge of the half-year.  One die, a word of its own
        for each of these and each edge, decides both.
        """
        dice = mixed(words ^ self.words[edges])
        return dice < self.replace_below[edges], dice < self.adapt_below[edges]

    def adaptation_shares(self, block: Block, edges: Edges, futures: Lanes) -> Floats:
        """[k] share of the effort an adaptation costs: one judgement per edge and future."""
        ranks = self._ranks(block, edges, futures)
        if len(self.shares) == 1:
            return self.shares[0].at(ranks)
        shares = np.empty(len(edges))
        share_of_event = self.share_of[edges]
        for number, pert in enumerate(self.shares):
            some = places_of(share_of_event == number)
            shares[some] = pert.at(ranks[some])
        return shares

    def dearness(self, block: Block, edges: Edges, futures: Lanes) -> Floats:
        """[k] numbers in the order of what adaptations cost."""
        if len(self.shares) == 1:
            return self._ranks(block, edges, futures)
        return self.adaptation_shares(block, edges, futures)

    def _ranks(self, block: Block, edges: Edges, futures: Lanes) -> Floats:
        return unit_interval(mixed(mixed(block.numbers)[futures] + self.words[edges]))


def spans_of(times: Floats) -> NDArray[np.intp]:
    """[k] the number of the half-year that each time is in."""
    return (times / SPAN_YEARS).astype(np.intp)


def span_words(block: Block, futures: Lanes, spans: NDArray[np.intp]) -> Words:
    """[k] a word for each half-year of each future."""
    return mixed(mixed(block.numbers)[futures] ^ mixed(spans.astype(np.uint64) + np.uint64(1)))


def network_of(
    couplings: Sequence[Coupling],
    names: Sequence[str],
    keys: Sequence[str],
    seed: int,
    together: Sequence[LayerCoupling] = (),
) -> Network:
    """The network of a stack's couplings; those that can never hit are left out.

    names, keys: of the slots, in order.  together: what members of a layer do as one, pairs that
    are coupled by themselves left out.
    """
    place = {name: number for number, name in enumerate(names)}
    single = sorted(
        (one for one in couplings if one.replace_probability + one.adapt_probability > 0.0),
        key=lambda one: (place[one.when], place[one.then]),
    )
    edges: tuple[Coupling | LayerCoupling, ...] = (*single, *together)
    targets = np.array([place[one.then] for one in edges], np.intp)
    replacing = np.array([one.replace_probability for one in edges], float)
    adapting = np.array([one.adapt_probability for one in edges], float)
    shares = [Pert.of(one.adapt_share) for one in edges]
    numbers = {share: number for number, share in enumerate(dict.fromkeys(shares))}
    words = [
        *(word_of(seed, keys[place[one.when]], keys[place[one.then]]) for one in single),
        *(word_of(seed, "layer", one.layer.value, keys[place[one.then]]) for one in together),
    ]
    links = sorted(
        [(place[one.when], edge) for edge, one in enumerate(single)]
        + [
            (place[member], len(single) + number)
            for number, one in enumerate(together)
            for member in one.members
        ]
    )
    sources = np.array([source for source, _edge in links], np.intp)
    return Network(
        np.array([edge for _source, edge in links], np.intp),
        np.searchsorted(sources, np.arange(len(names) + 1)),
        targets,
        len(single),
        _word_at(replacing),
        _word_at(np.minimum(replacing + adapting, 1.0)),
        tuple(numbers),
        np.array([numbers[one] for one in shares], np.intp),
        np.array(words, np.uint64),
        np.array([word_of(seed, key, "trigger") for key in keys], np.uint64),
    )


def _word_at(shares: Floats) -> Words:
    """[k] the words below which a share of all words lies, to within one part in 2⁵³."""
    words = (np.minimum(shares, 1.0 - 2.0**-53) * 2.0**64).astype(np.uint64)
    return np.where(shares >= 1.0, np.iinfo(np.uint64).max, words)
