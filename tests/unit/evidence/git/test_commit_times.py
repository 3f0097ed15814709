from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.evidence.git.commit_times import LATEST_SECONDS, ordered_times


def test_times_in_order_are_left_alone() -> None:
    assert ordered_times([5, 5, 7, 100]) == [5, 5, 7, 100]


def test_a_clock_that_was_wrong_is_overruled_by_its_neighbours() -> None:
    assert ordered_times([10, 20, 2**40, 30, 40]) == [10, 20, 30, 30, 40]
    assert ordered_times([10, 20, 0, 30, 40]) == [10, 10, 10, 30, 40]
    assert ordered_times([10, 20, 30, 1, 2, 40, 50])[-2:] == [40, 50]


def test_unreadable_times_take_their_neighbours() -> None:
    assert ordered_times([-1, 10, -1, 20]) == [10, 10, 10, 20]
    assert ordered_times([-1, -1]) == [0, 0]
    assert ordered_times([]) == []


def test_times_past_all_calendars_end_with_the_calendar() -> None:
    assert ordered_times([1, 2**60]) == [1, LATEST_SECONDS]


@settings(derandomize=True, max_examples=60)
@given(st.lists(st.integers(0, 12), max_size=7))
def test_no_order_is_nearer_to_what_was_reported(seconds: list[int]) -> None:
    found = ordered_times(seconds)
    assert all(a <= b for a, b in pairwise(found))
    best: dict[int, int] = dict.fromkeys(range(13), 0)
    for time in seconds:
        lowest = 10**9
        nearest = {}
        for value in range(13):
            lowest = min(lowest, best[value])
            nearest[value] = lowest + abs(value - time)
        best = nearest
    assert sum(abs(a - b) for a, b in zip(seconds, found, strict=True)) == min(best.values())
