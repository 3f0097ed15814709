"""Courses of slots put together: reigns cut off, order kept, nothing lost that happened."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.simulation.merging import merged_timelines
from stack_half_life.forecast.simulation.timeline import (
    ADAPTATION,
    KNOCKED_OUT,
    UPGRADE,
    Timeline,
)
from stack_half_life.forecast.simulation.triggers import (
    Adaptations,
    Events,
    Reigns,
    bounds_of_keys,
    no_open_time,
    order_keys,
)

FUTURES, YEARS = 5, 10.0
WITHIN = st.floats(0.0, YEARS * 0.999)
OWN = st.lists(st.tuples(st.integers(0, FUTURES - 1), WITHIN), max_size=30)


def own_course(events: list[tuple[int, float]], spells: list[tuple[int, float]]) -> Timeline:
    events = sorted(events)
    lanes, times = np.array([f for f, _ in events], np.intp), np.array([t for _, t in events])
    nothing = np.zeros(len(events), np.int32)
    starts = np.array([start for _, start in spells])
    return Timeline(
        lanes, times, np.full(len(events), UPGRADE, np.int8), nothing + 1, nothing,
        nothing - 1, np.array([f for f, _ in spells], np.intp), starts, starts + 0.5,
    )  # fmt: skip


@settings(max_examples=60, derandomize=True, deadline=None)
@given(OWN, OWN, st.dictionaries(st.integers(0, FUTURES - 1), WITHIN), OWN)
def test_what_comes_after_a_cut_is_gone_and_the_rest_is_in_order(
    own: list[tuple[int, float]],
    adapted: list[tuple[int, float]],
    cuts: dict[int, float],
    spells: list[tuple[int, float]],
) -> None:
    reigns = Reigns(2, FUTURES)
    futures, when = np.array([*cuts], np.intp), np.array([*cuts.values()])
    slots, sources = np.full(len(cuts), 1), np.zeros(len(cuts), np.intp)
    following = reigns.cut(slots, futures, order_keys(when, sources))
    nothing = np.zeros(len(cuts), np.int32)
    kinds = np.full(len(cuts), KNOCKED_OUT, np.int8)
    events = Events(slots, futures, when, kinds, nothing, nothing, following)
    lanes, times = np.array([f for f, _ in adapted], np.intp), np.array([t for _, t in adapted])
    of_zero = np.zeros(len(adapted), np.intp)
    adaptations = Adaptations(of_zero, lanes, times)
    whole = merged_timelines(
        [own_course([], []), own_course(own, spells)],
        events, adaptations, no_open_time(), reigns, np.array([1]), YEARS,
    )[1]  # fmt: skip
    left = [(f, t, UPGRADE) for f, t in own if f not in cuts or t < cuts[f]]
    left += [(f, t, KNOCKED_OUT) for f, t in cuts.items()]
    left += [(f, t, ADAPTATION) for f, t in adapted]
    found = [*zip(whole.lanes.tolist(), whole.times.tolist(), whole.kinds.tolist(), strict=True)]
    assert sorted(found) == sorted(left)
    assert (np.diff(whole.lanes) >= 0).all()
    steps = np.diff(whole.times)[np.diff(whole.lanes) == 0]
    assert (steps >= -1e-6).all()
    assert (whole.edges[whole.kinds == ADAPTATION] == 0).all()
    assert (whole.edges[whole.kinds != ADAPTATION] == -1).all()
    spans = [(f, s, min(s + 0.5, cuts.get(f, np.inf))) for f, s in spells]
    open_spans = sorted(span for span in spans if span[1] < span[2] * (1.0 - 1e-12))
    merged = sorted(zip(whole.spell_lanes, whole.spell_starts, whole.spell_ends, strict=True))
    np.testing.assert_allclose(np.array(merged), np.array(open_spans), rtol=1e-9)


def test_the_last_instant_before_the_horizon_stays_the_last() -> None:
    nothing, nobody = np.zeros(0, np.int32), np.zeros(0, np.intp)
    never = np.zeros(0)
    events = Events(nobody, nobody, never, nothing.astype(np.int8), nothing, nothing, nobody)
    adaptations = Adaptations(nobody, nobody, never)
    for horizon in np.linspace(0.1, 20.0, 400).tolist():
        own = [(1, 0.1 * horizon), (1, float(np.nextafter(horizon, 0.0))), (2, 0.2 * horizon)]
        (whole,) = merged_timelines(
            [own_course(own, [])], events, adaptations, no_open_time(), Reigns(1, 3), nobody,
            horizon,
        )  # fmt: skip
        assert [*zip(whole.lanes.tolist(), whole.times.tolist(), strict=True)] == own


@settings(max_examples=200, derandomize=True, deadline=None)
@given(WITHIN, WITHIN, st.integers(0, 300), st.integers(0, 300))
def test_bounds_of_keys_say_which_event_comes_first(
    time: float, cut: float, slot: int, source: int
) -> None:
    key = order_keys(np.array([cut]), np.array([source]))
    comes_before = order_keys(np.array([time]), np.array([slot])) < key
    bits = np.array([time + 0.0]).view(np.int64)
    assert (bits < bounds_of_keys(key, slot)) == comes_before


def test_reigns_are_cut_one_after_the_other() -> None:
    reigns, slot, future = Reigns(1, 3), np.array([0]), np.array([2])
    first = reigns.present(slot, future)
    second = reigns.cut(slot, future, np.array([100]))
    third = reigns.cut(slot, future, np.array([200]))
    assert reigns.present(slot, future) == third
    never = reigns.cuts(third)
    assert [*reigns.cuts(np.concatenate([first, second]))] == [100, 200]
    assert never > 200
    assert reigns.first_cuts(0)[2] == 100
    assert (reigns.first_cuts(0)[:2] == never).all()
