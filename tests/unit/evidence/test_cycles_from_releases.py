"""Release cycles told from releases, by version scheme."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.evidence.cycles_from_releases import (
    DatedVersion,
    ToldCycle,
    cycles_from_releases,
)
from stack_half_life.evidence.versions import parse_version

START = date(2020, 1, 1)


def told(*versions: str, step_days: int = 30, start: date = START) -> list[tuple[str, bool | None]]:
    releases = [
        DatedVersion(version, start + timedelta(days=step_days * number))
        for number, version in enumerate(versions)
    ]
    return [(cycle.cycle, cycle.is_breaking) for cycle in cycles_from_releases(releases)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.2.3", (1, 2, 3)),
        ("v5.10", (5, 10)),
        ("release-1_2", (1, 2)),
        ("3.0.post1", (3, 0)),
        ("2.0-GA", (2, 0)),
        ("1.2rc1", None),
        ("2.0.0-beta.1", None),
        ("2024-01-01-nightly", None),
        ("latest", None),
        ("", None),
        ("1." * 7 + "1", None),
        ("99999999999", None),
    ],
)
def test_versions_are_numbers_and_pre_releases_are_none(
    text: str, numbers: tuple[int, ...] | None
) -> None:
    assert parse_version(text) == numbers


def test_a_new_leading_number_breaks_and_a_minor_does_not() -> None:
    assert told("1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.1.0") == [
        ("1.0", True),
        ("1.1", False),
        ("2.0", True),
        ("2.1", False),
    ]


def test_before_one_every_minor_breaks() -> None:
    assert told("0.1.0", "0.1.1", "0.2.0", "1.0.0") == [("0.1", True), ("0.2", True), ("1.0", True)]


def test_with_patches_alone_every_release_is_a_cycle() -> None:
    assert told("0.0.1", "0.0.2", "0.0.3") == [("0.0.1", True), ("0.0.2", True), ("0.0.3", True)]


def test_zero_versions_that_nobody_could_follow_say_nothing_of_breaking() -> None:
    often = told(*(f"0.{minor}.0" for minor in range(1, 9)), "1.0.0", step_days=20)
    assert often[-1] == ("1.0", True)
    assert {breaking for _, breaking in often[:-1]} == {None}
    seldom = told(*(f"0.{minor}.0" for minor in range(1, 9)), step_days=90)
    assert {breaking for _, breaking in seldom} == {True}


def test_five_ten_is_not_five_one() -> None:
    assert [cycle for cycle, _ in told("5.1", "5.9", "5.10")] == ["5.1", "5.9", "5.10"]


@pytest.mark.parametrize(
    "versions", [("2020.1.0", "2020.6.0", "2021.1.0"), ("20.1", "20.4", "20.10")]
)
def test_a_year_is_no_promise(versions: tuple[str, ...]) -> None:
    assert {breaking for _, breaking in told(*versions)} == {None}


def test_a_backport_to_an_old_line_breaks_nothing() -> None:
    assert told("1.0", "2.0", "1.1", "0.9") == [
        ("1.0", True),
        ("2.0", True),
        ("1.1", False),
        ("0.9", False),
    ]


def test_tags_made_long_after_the_fact_leave_one_cycle() -> None:
    same_day = [DatedVersion(f"1.{minor}", START) for minor in range(9)]
    later = DatedVersion("1.9", START + timedelta(days=100))
    assert cycles_from_releases([*same_day, later]) == (
        ToldCycle("1.8", START, True),
        ToldCycle("1.9", later.released_on, False),
    )


def test_listings_out_of_order_give_the_same_cycles() -> None:
    releases = [DatedVersion(f"{n}.0", START + timedelta(days=100 * n)) for n in range(1, 6)]
    assert cycles_from_releases(releases[::-1]) == cycles_from_releases(releases)


def test_nothing_gives_nothing() -> None:
    assert cycles_from_releases([]) == ()
    assert cycles_from_releases([DatedVersion("nightly", START)]) == ()


VERSIONS = st.builds(
    DatedVersion,
    version=st.lists(st.integers(0, 40), min_size=1, max_size=4).map(
        lambda numbers: ".".join(map(str, numbers))
    ),
    released_on=st.dates(date(2000, 1, 1), date(2026, 1, 1)),
)


@given(st.lists(VERSIONS, max_size=40))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_cycles_are_distinct_ordered_and_begin_with_a_release(releases: list[DatedVersion]) -> None:
    cycles = cycles_from_releases(releases)
    days = [cycle.released_on for cycle in cycles]
    assert days == sorted(days)
    assert len({cycle.cycle for cycle in cycles}) == len(cycles)
    assert {cycle.released_on for cycle in cycles} <= {one.released_on for one in releases}
    assert bool(cycles) == bool(releases)


@given(st.lists(VERSIONS, max_size=30), st.randoms(use_true_random=False))
@settings(derandomize=True, max_examples=80, deadline=None)
def test_the_order_of_the_listing_does_not_matter(
    releases: list[DatedVersion], random: object
) -> None:
    shuffled = list(releases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cycles_from_releases(shuffled) == cycles_from_releases(releases)
