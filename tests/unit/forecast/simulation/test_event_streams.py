"""Streams of events: every event in its place, whatever else is drawn, and cursors that count."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.laws import GapLaw, LogStudentPart, LomaxPart
from stack_half_life.forecast.simulation.event_streams import (
    EventStream,
    Stretch,
    event_stream,
)
from stack_half_life.forecast.simulation.gaps import (
    EXPONENTIAL,
    LOGNORMAL,
    SHORTEST_GAP_YEARS,
    GapLanes,
    draw_gaps,
)
from stack_half_life.forecast.simulation.law_table import law_table
from stack_half_life.forecast.simulation.variates import LaneVariates, Variates, bulk_variates

LAW = GapLaw((LogStudentPart(0.6, 4.6, 0.2, 0.4, 4.0), LomaxPart(0.4, 3.0, 400.0)), 0.1)
YEARS = 8.0


def drawn(n: int, variates: Variates, before: tuple[float, ...] = ()) -> EventStream:
    until = np.full(n, YEARS)
    clock = draw_gaps(law_table([LAW]), np.zeros(n, np.intp), variates, until, np.ones(1))
    return event_stream(clock, np.zeros(n), until, variates, [Stretch(0, n, before)])


def times_of(stream: EventStream, lane: int) -> np.ndarray:
    return stream.times[stream.firsts[lane] : stream.lasts[lane] + 1]


def test_each_lane_has_its_events_in_order_up_to_its_bound() -> None:
    before = (-2.0, -0.5)
    stream = drawn(3000, bulk_variates("order"), before)
    for lane in range(3000):
        times = times_of(stream, lane)
        assert tuple(times[:2]) == before
        assert times[-1] >= YEARS
        if len(times) > 3:
            assert np.diff(times[2:]).min() >= SHORTEST_GAP_YEARS * (1.0 - 1e-4)


def test_lanes_with_numbers_of_their_own_do_not_depend_on_others() -> None:
    keys = np.arange(400, dtype=np.uint64)
    whole, some = drawn(400, LaneVariates(keys)), drawn(7, LaneVariates(keys[:7]))
    for lane in range(7):
        ours, theirs = times_of(whole, lane), times_of(some, lane)
        shared = min(len(ours), len(theirs))
        np.testing.assert_array_equal(ours[:shared], theirs[:shared])


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.floats(0.0, YEARS * 0.999), min_size=1, max_size=6), st.integers(0, 5))
def test_a_cursor_counts_events_up_to_each_time(stops: list[float], seed: int) -> None:
    n = 60
    stream = drawn(n, bulk_variates("cursor", seed))
    cursor = stream.cursor(np.arange(n))
    passed = np.zeros(n, np.intp)
    for stop in sorted(stops):
        passed += cursor.move_past(np.full(n, stop))
        for lane in range(n):
            times = times_of(stream, lane)
            assert passed[lane] == (times <= stop).sum()
            assert cursor.times[lane] == times[passed[lane]]
            before = times[passed[lane] - 1] if passed[lane] else -np.inf
            assert cursor.passed[lane] == before
            further = cursor.further(slice(lane, lane + 1), np.array([3]))[0]
            assert further == times[min(passed[lane] + 2, len(times) - 1)]


def test_lanes_where_nothing_counts_have_no_events() -> None:
    n, variates = 50, bulk_variates("idle")
    never = np.full(n, -np.inf)
    clock = draw_gaps(law_table([LAW]), np.zeros(n, np.intp), variates, never, np.ones(1))
    stream = event_stream(clock, np.zeros(n), never, variates, [Stretch(0, n)])
    assert np.isinf(stream.cursor(np.arange(n)).times).all()


def test_later_gaps_have_the_parameters_drawn() -> None:
    n = 20_000
    kinds = np.repeat(np.array([LOGNORMAL, EXPONENTIAL], np.int8), n // 2)
    later = (np.full(n, figure, np.float32) for figure in (-1.0, 0.4, 0.5))
    clock = GapLanes(np.full(n, 0.1), kinds, *later)
    stream = event_stream(
        clock, np.zeros(n), np.full(n, 0.2), bulk_variates("gaps"), [Stretch(0, n)]
    )
    gaps = stream.times[stream.firsts + 1] - 0.1
    normal, waiting = np.log(gaps[: n // 2]), gaps[n // 2 :]
    assert abs(normal.mean() + 1.0) < 4.0 * 0.4 / np.sqrt(n / 2)
    assert abs(normal.std() - 0.4) < 4.0 * 0.4 / np.sqrt(n)
    assert abs((waiting > 0.5).mean() - np.exp(-1.0)) < 4.0 * np.sqrt(0.24 / (n / 2))
