"""Where things stand on a chart."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.report.figures import count, days, money, percent, span, years
from stack_half_life.report.svg.scale import Scale, nice_ticks, time_ticks


@settings(derandomize=True, max_examples=100)
@given(st.floats(1e-6, 1e9))
def test_ticks_are_few_even_and_reach_the_top(high: float) -> None:
    ticks = nice_ticks(high)
    assert ticks[0] == 0
    assert ticks[-1] >= high * 0.999999
    assert 2 <= len(ticks) <= 8
    steps = {round((b - a) / ticks[1], 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


@pytest.mark.parametrize("high", [0.0, -1.0, float("inf")])
def test_nothing_to_show_still_has_ticks(high: float) -> None:
    assert nice_ticks(high) == [0.0, 1.0]


@pytest.mark.parametrize("horizon", [1 / 365, 0.1, 0.5, 1, 2.5, 5, 10, 30, 100])
def test_time_ticks_stay_within_the_horizon(horizon: float) -> None:
    ticks = time_ticks(date(2026, 11, 23), horizon)
    assert all(0 <= place <= horizon + 0.01 for place, _ in ticks)
    assert len(ticks) <= 9
    assert len({label for _, label in ticks}) == len(ticks) >= 2


def test_years_far_apart_are_round() -> None:
    assert [label for _, label in time_ticks(date(2026, 11, 23), 100)] == [
        "2040",
        "2060",
        "2080",
        "2100",
        "2120",
    ]


def test_a_span_has_the_unit_that_fits() -> None:
    told = [span(years) for years in (100, 2.5, 1, 0.5, 1 / 12, 10 / 365.25, 1 / 365)]
    assert told == [
        "100 years",
        "2.5 years",
        "1 year",
        "6 months",
        "1 month",
        "10 days",
        "1 day",
    ]


def test_a_scale_stops_at_its_ends() -> None:
    scale = Scale(0, 10, 100, 200)
    assert [scale(value) for value in (-5, 0, 5, 10, 50)] == [100, 100, 150, 200, 200]
    assert Scale(0, 0, 100, 200)(3) == 100


def test_figures_carry_no_more_than_they_know() -> None:
    assert [years(value) for value in (None, 0.01, 0.08, 0.5, 3.44)] == [
        "not reached",
        "under a month",
        "1 month",
        "6 months",
        "3.4 years",
    ]
    assert [days(value) for value in (0.01, 3.44, 412.4, 12345.0, -12345.0)] == [
        "0",
        "3.4",
        "412",
        "12,300",
        "−12,300",
    ]
    assert money(329_612, "EUR") == "330,000 EUR"
    assert [percent(value) for value in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        "0 %",
        "< 1 %",
        "50 %",
        "> 99 %",
        "100 %",
    ]
    assert [count(value) for value in (0.0, 0.004, 0.04, 1.26)] == ["0", "< 0.01", "0.04", "1.3"]
