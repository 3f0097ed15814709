"""What the members of a layer do to a neighbour together, future by future."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from made_clocks import NAMES, SLOTS
from stack_half_life.domain.layers import Layer
from stack_half_life.forecast.neighbours import SPAN_YEARS, LayerCoupling
from stack_half_life.forecast.simulation.knock_ons import with_knock_ons
from stack_half_life.forecast.simulation.network import network_of
from stack_half_life.forecast.simulation.tenancies import World, slots_of
from stack_half_life.forecast.simulation.timeline import (
    ADAPTATION,
    KNOCKED_OUT,
    Block,
    Timeline,
    timelines_of,
)

BLOCK = Block(0, 0, 300)
WORLD = World(slots_of(SLOTS), np.full(BLOCK.n, 0.6), 6.0)
ALONE = timelines_of(WORLD, range(len(SLOTS)), 3, BLOCK)
QUIET = settings(max_examples=25, derandomize=True, deadline=None)


def adaptations(members: list[str], probability: float) -> dict[tuple[int, int], float]:
    """When the last slot adapts to some members, by future and half-year."""
    together = LayerCoupling(Layer.SERVING, tuple(members), NAMES[-1], probability, 0.0)
    network = network_of((), NAMES, [one.key for one in SLOTS], 3, [together] if members else [])
    timeline = with_knock_ons(ALONE, WORLD, network, 3, BLOCK)[-1]
    return found(timeline)


def found(timeline: Timeline) -> dict[tuple[int, int], float]:
    is_adapted = timeline.kinds == ADAPTATION
    lanes, times = timeline.lanes[is_adapted].tolist(), timeline.times[is_adapted].tolist()
    by_half_year = {
        (lane, int(time / SPAN_YEARS)): time for lane, time in zip(lanes, times, strict=True)
    }
    assert len(by_half_year) == len(lanes), "one in each half-year at most"
    return by_half_year


@QUIET
@given(
    st.lists(st.sampled_from(NAMES[:-1]), unique=True, min_size=1),
    st.sampled_from(NAMES[:-1]),
    st.floats(0.0, 1.0),
)
def test_a_further_member_only_adds_work_or_brings_it_forward(
    members: list[str], further: str, probability: float
) -> None:
    fewer = adaptations([one for one in members if one != further], probability)
    more = adaptations([*members, further], probability)
    assert fewer.keys() <= more.keys()
    assert all(more[half_year] <= time for half_year, time in fewer.items())


def replaced(members: tuple[str, ...]) -> set[tuple[int, int]]:
    """When neighbours replace a slot that itself replaces the first other, by half-year."""
    target, other = "minor", "steady"
    network = network_of(
        (),
        NAMES,
        [one.key for one in SLOTS],
        3,
        [
            LayerCoupling(Layer.SERVING, members, target, 0.0, 0.5),
            LayerCoupling(Layer.MODEL, (target,), other, 0.0, 0.5),
        ],
    )
    timeline = with_knock_ons(ALONE, WORLD, network, 3, BLOCK)[NAMES.index(target)]
    is_hit = timeline.kinds == KNOCKED_OUT
    half_years = (timeline.times[is_hit] / SPAN_YEARS).astype(int).tolist()
    return set(zip(timeline.lanes[is_hit].tolist(), half_years, strict=True))


def test_what_a_slot_does_to_a_member_uses_up_no_half_year() -> None:
    fewer, more = replaced(("zero",)), replaced(("steady", "zero"))
    assert fewer < more


def test_the_order_of_members_changes_nothing() -> None:
    assert adaptations(NAMES[:-1], 0.4) == adaptations(NAMES[-2::-1], 0.4)
