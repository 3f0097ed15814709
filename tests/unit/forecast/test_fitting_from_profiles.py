"""Histories become laws: merged, dated, shrunk, and defined for every strange history."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    ReleaseCycle,
    SupportState,
    Technology,
    TenureCount,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.breaking import Breaking, breaking_of, history_of_breaks
from stack_half_life.forecast.fitting import (
    breaking_law,
    cycle_law,
    cycle_support,
    end_law,
    support_law,
)
from stack_half_life.forecast.fitting.covariates import cycle_covariates
from stack_half_life.forecast.fitting.gap_law import GapCase, gap_law
from stack_half_life.forecast.fitting.tenure import removal_law
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    breaking_history,
    cycle_history,
    gap_history,
    leading_integer,
    starts_late,
    support_durations,
)
from stack_half_life.forecast.own_evidence import own_evidence
from stack_half_life.forecast.student import Floats
from stack_half_life.store.shipped import shipped_hyperparameters

TODAY = date(2026, 8, 22)
EVIDENCE = Evidence(source="made up", retrieved_on=TODAY, confidence=Confidence.HIGH)
HYPER = shipped_hyperparameters()


def cycle(
    name: str,
    start: str,
    end: str | None = None,
    *,
    lts: bool = False,
    breaking: bool | None = None,
) -> ReleaseCycle:
    return ReleaseCycle(
        cycle=name,
        released_on=PartialDate(start),
        support_ends_on=PartialDate(end) if end else None,
        support=SupportState.DATED if end else SupportState.SUPPORTED,
        is_lts=lts,
        is_breaking=breaking,
        evidence=EVIDENCE,
    )


def profile(*cycles: ReleaseCycle, tenure: TenureCount | None = None) -> ChurnProfile:
    technology = Technology(
        key="thing",
        name="Thing",
        layer=Layer.DATA_STORE,
        generation=Generation.CLASSICAL,
        nature=Nature.SOFTWARE,
        evidence=EVIDENCE,
    )
    return ChurnProfile(
        technology=technology, reference_class="software", cycles=cycles, tenure=tenure
    )


def yearly(count: int) -> ChurnProfile:
    return profile(
        *(
            cycle(f"{n}", f"{2025 - count + n}-04-01", f"{2027 - count + n}-04-01")
            for n in range(1, count + 1)
        )
    )


def test_cycles_within_a_week_are_one_event_and_the_future_is_not_known() -> None:
    known = profile(
        cycle("1.0", "2020-01-01"),
        cycle("1.1", "2020-01-08"),
        cycle("2.0", "2021-01-01"),
        cycle("3.0", "2027-01-01"),
    )
    history = gap_history(any_cycle_dates(known.cycles, TODAY), TODAY)
    assert history.gaps_days == (366.0,)
    assert history.elapsed_days == (TODAY - date(2021, 1, 1)).days


def test_breaking_cycles_are_new_leading_integers_or_what_the_source_says() -> None:
    known = profile(
        cycle("1.0", "2020-01-01"),
        cycle("1.1", "2020-06-01"),
        cycle("2.0", "2021-01-01"),
        cycle("1.2", "2021-06-01"),
        cycle("2.1", "2022-01-01", breaking=True),
        cycle("3.0", "2023-01-01", breaking=False),
    )
    dates = breaking_cycle_dates(known.cycles, TODAY)
    assert dates == (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))


def quarterly(*names: str, breaking: bool | None = None) -> tuple[ReleaseCycle, ...]:
    return tuple(
        cycle(name, f"{2020 + k // 4}-{1 + 3 * (k % 4):02}-01", breaking=breaking)
        for k, name in enumerate(names)
    )


def test_every_cycle_of_a_followable_zero_line_breaks_by_convention() -> None:
    known = quarterly("0.8", "0.9", "0.10", "0.11")
    assert breaking_of(known, TODAY) is Breaking.EVERY
    assert history_of_breaks(known, TODAY) == cycle_history(known, TODAY)
    law = breaking_law(profile(*known), HYPER, TODAY)
    assert law == cycle_law(profile(*known), HYPER, TODAY)


def test_a_zero_line_that_nobody_could_follow_does_not_break_with_every_cycle() -> None:
    known = tuple(cycle(f"0.{n}", f"2023-{n:02}-01") for n in range(1, 13))
    assert breaking_of(known, TODAY) is Breaking.ALL_TAKEN


def test_a_line_without_a_major_so_far_is_told_apart_from_one_that_had_one() -> None:
    assert breaking_of(quarterly("1.0", "1.1", "1.2"), TODAY) is Breaking.ALL_TAKEN
    assert breaking_of(quarterly("1.0", "1.1", "2.0"), TODAY) is Breaking.BY_CLOCK
    assert breaking_of(quarterly("0.9", "1.0"), TODAY) is Breaking.BY_CLOCK


@pytest.mark.parametrize("months", [3, 24])
def test_cycles_supported_alongside_newer_ones_are_all_taken(months: int) -> None:
    """Lines such as Python's 3.x: a major long ago, and each line kept for years."""
    ends = [
        date(2020 + (k + months // 3) // 4, 1 + 3 * ((k + months // 3) % 4), 1) for k in range(5)
    ]
    lines = [
        cycle(name, f"{2020 + k // 4}-{1 + 3 * (k % 4):02}-01", ends[k].isoformat())
        for k, name in enumerate(("2.7", "3.0", "3.1", "3.2", "3.3"))
    ]
    is_kept = breaking_of(lines, TODAY) is Breaking.ALL_TAKEN
    assert is_kept == (months == 24)
    with_lts = [one.model_copy(update={"is_lts": True}) for one in lines[:1]]
    assert breaking_of([*with_lts, *lines[1:]], TODAY) is Breaking.BY_CLOCK


def test_what_a_source_says_of_breaking_goes_before_the_convention() -> None:
    assert breaking_of(quarterly("0.8", "0.9", breaking=False), TODAY) is Breaking.BY_CLOCK
    assert breaking_of(quarterly("focal", "jammy"), TODAY) is Breaking.BY_CLOCK
    assert breaking_of((), TODAY) is Breaking.BY_CLOCK


def test_a_list_that_begins_inside_a_major_does_not_say_when_that_major_came() -> None:
    late = quarterly("2.6", "3.0", "4.0")
    assert breaking_history(late, TODAY).gaps_days == (91.0,)
    assert breaking_history(quarterly("2.0", "3.0", "4.0"), TODAY).gaps_days == (91.0, 91.0)
    assert cycle_history(late, TODAY).gaps_days == (91.0, 91.0)
    only = breaking_history(late[:1], TODAY)
    assert only.gaps_days == ()
    assert only.elapsed_days == (TODAY - date(2020, 1, 1)).days


@pytest.mark.parametrize(
    ("name", "is_late"),
    [("1.0", False), ("0.1", False), ("0.2", True), ("2.6", True), ("7", False), ("focal", False)],
)
def test_a_first_version_is_known_by_its_numbers(name: str, is_late: bool) -> None:
    assert starts_late(quarterly(name, "99.0")) is is_late
    assert not starts_late(quarterly(name, "99.0", breaking=True))


@pytest.mark.parametrize(
    ("name", "integer"),
    [("3.12", 3), ("v2", 2), ("bookworm", None), ("r550-linux", 550), ("9" * 5000, 999_999_999)],
)
def test_leading_integer(name: str, integer: int | None) -> None:
    assert leading_integer(name) == integer


def test_reversed_support_dates_do_not_count() -> None:
    known = profile(cycle("1", "2020-01-01", "2019-01-01"), cycle("2", "2021-01-01", "2022-01-01"))
    assert support_durations(known.cycles, TODAY, is_lts=False) == (365.0,)


def test_a_regular_history_is_forecast_to_continue() -> None:
    law = cycle_law(yearly(12), HYPER, date(2025, 5, 1))
    assert law.quantile(0.5) == pytest.approx(335.0, abs=25.0)


def test_more_history_narrows_the_forecast() -> None:
    def width(count: int) -> float:
        law = cycle_law(yearly(count), HYPER, date(2025, 4, 1))
        return law.quantile(0.9) - law.quantile(0.1)

    assert width(12) < width(3) < width(1)


def test_lts_cycles_keep_their_own_durations() -> None:
    known = profile(
        *(cycle(f"{y}", f"{y}-01-01", f"{y + 1}-01-01") for y in range(2012, 2022)),
        *(cycle(f"{y}-l", f"{y}-01-01", f"{y + 6}-01-01", lts=True) for y in range(2010, 2018)),
    )
    short = support_law(known, HYPER, TODAY).duration.quantile(0.5)
    long = support_law(known, HYPER, TODAY, is_lts=True).duration.quantile(0.5)
    assert short == pytest.approx(365, rel=0.1)
    assert long == pytest.approx(6 * 365.25, rel=0.15)


def test_support_of_a_cycle_is_ended_announced_or_open() -> None:
    past, planned, still = (
        cycle("1", "2020-01-01", "2022-01-01"),
        cycle("2", "2023-01-01", "2027-08-22"),
        cycle("3", "2025-01-01"),
    )
    known = profile(past, planned, still)
    assert cycle_support(known, HYPER, TODAY, past).ended_days_ago == 1694.0
    assert cycle_support(known, HYPER, TODAY, planned).announced_in_days == 365.0
    left = cycle_support(known, HYPER, TODAY, still)
    assert left.ended_days_ago is None
    assert left.announced_in_days is None
    assert left.newer_cycles == 0
    assert left.remaining.elapsed_days == (TODAY - date(2025, 1, 1)).days


def test_a_product_that_supports_its_last_two_is_recognised() -> None:
    known = profile(
        *(cycle(f"{y}", f"{y}-03-01", f"{y + 2}-03-03") for y in range(2012, 2025)),
        cycle("2025", "2025-03-01"),
        cycle("2026", "2026-03-01"),
    )
    rule = support_law(known, HYPER, TODAY).successor
    assert rule.probabilities[1] > 0.8
    assert sum(rule.probabilities) == pytest.approx(1.0)
    assert rule.beyond(1)[0] > 0.8
    assert rule.beyond(99) == ()
    device = known.model_copy(update={"reference_class": Layer.HARDWARE.value})
    assert support_law(device, HYPER, TODAY).successor.weight == 0.0, "newer devices end none"


def test_removals_move_the_multiplier_and_the_kind_of_product_counts() -> None:
    package = of_nature(Nature.PACKAGE, Layer.FRONT_END)
    counts = TenureCount(
        removals=40,
        exposure_years_by_band=(10.0, 10.0, 50.0, 40.0, 20.0),
        spells=80,
        repositories=30,
    )
    year = np.array(1.0)
    unseen = removal_law(package, HYPER).survival(year)
    seen = package.model_copy(update={"tenure": counts})
    dropped = removal_law(seen, HYPER).survival(year)
    in_ai = removal_law(seen, HYPER, ProductKind.AI).survival(year)
    assert float(in_ai) < float(dropped) < float(unseen)


def of_nature(nature: Nature, layer: Layer) -> ChurnProfile:
    known = profile()
    technology = known.technology.model_copy(update={"nature": nature, "layer": layer})
    return known.model_copy(update={"technology": technology})


def test_what_manifests_do_not_list_is_not_removed_like_a_dependency() -> None:
    years = np.array([0.25, 5.0])
    package = removal_law(of_nature(Nature.PACKAGE, Layer.FRONT_END), HYPER).survival(years)
    server = removal_law(of_nature(Nature.SOFTWARE, Layer.OPERATING_SYSTEM), HYPER).survival(years)
    chip = removal_law(of_nature(Nature.HARDWARE, Layer.HARDWARE), HYPER).survival(years)
    np.testing.assert_array_equal(chip, [1.0, 1.0])
    assert server[0] > 0.97
    assert np.all(package < server)


def test_only_spells_of_packages_tell_how_software_of_images_is_replaced() -> None:
    years = np.array([1.0, 10.0])
    unseen = of_nature(Nature.SOFTWARE, Layer.LANGUAGE_RUNTIME)
    spells = TenureCount(
        removals=30, exposure_years_by_band=(5.0, 5.0, 20.0, 20.0, 20.0), spells=40, repositories=30
    )
    of_images = unseen.model_copy(
        update={"tenure": spells.model_copy(update={"is_of_images": True})}
    )
    of_packages = unseen.model_copy(update={"tenure": spells})
    laws = [removal_law(each, HYPER) for each in (unseen, of_images, of_packages)]
    assert laws[0] == laws[1]
    assert [law.is_replacement for law in laws] == [True, True, False]
    assert np.all(laws[2].survival(years) < laws[0].survival(years))
    known = [own_evidence(each, TODAY).tenure for each in (unseen, of_images, of_packages)]
    assert known == [False, False, True]
    nobody_knows = unseen.model_copy(update={"is_matched": False})
    assert np.all(removal_law(nobody_knows, HYPER).survival(years) < laws[0].survival(years))


def test_an_end_law_without_a_recorded_end_is_uncertain() -> None:
    assert end_law(profile(), HYPER, TODAY).ended_in_years is None


STRANGE = {
    "nothing": profile(),
    "one release": profile(cycle("1", "2024-01-01")),
    "identical dates": profile(*(cycle(f"{n}", "2024-01-01", "2024-01-01") for n in range(50))),
    "only the future": profile(cycle("1", "2030-01-01", "2031-01-01")),
    "released today": profile(cycle("1", "2026-08-22")),
    "no dates": profile(
        ReleaseCycle(cycle="x", released_on=None, support=SupportState.UNKNOWN, evidence=EVIDENCE)
    ),
}


@pytest.mark.parametrize("known", STRANGE.values(), ids=STRANGE.keys())
def test_every_strange_history_has_a_finite_law(known: ChurnProfile) -> None:
    days = np.array([0.0, 1.0, 365.0, 36_500.0])
    for law in (
        cycle_law(known, HYPER, TODAY),
        breaking_law(known, HYPER, TODAY),
        support_law(known, HYPER, TODAY).duration,
        *(cycle_support(known, HYPER, TODAY, c).remaining for c in known.cycles),
    ):
        survival = law.survival(days)
        assert np.all(np.isfinite(survival))
        assert survival[0] == 1.0
        assert law.quantile(0.5) > 0.0


def test_ten_thousand_releases_are_no_trouble() -> None:
    start = date(1900, 1, 1)
    many = profile(
        *(
            cycle(f"{n}", (start + timedelta(days=4 * n)).isoformat(), breaking=n % 2 == 0)
            for n in range(10_000)
        )
    )
    assert 1.0 < cycle_law(many, HYPER, start + timedelta(days=39_997)).quantile(0.5) < 20.0


def case_of(gaps: list[float], elapsed: float, covariates: Floats) -> GapCase:
    """A history without a class, today."""
    return GapCase(tuple(gaps), elapsed, TODAY, tuple(covariates.tolist()), "")


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(8.0, 3000.0), min_size=1, max_size=12),
    st.floats(0.0, 2000.0),
    st.sampled_from([2.0, 4.0, 16.0]),
)
def test_scaling_time_and_prior_together_scales_the_law(
    gaps: list[float], elapsed: float, factor: float
) -> None:
    hyper = HYPER.cycle.model_copy(update={"under_way": None})
    covariates = cycle_covariates((), TODAY)
    scaled_hyper = hyper.model_copy(
        update={
            "location": hyper.location
            | {"intercept": hyper.location["intercept"] + math.log(factor)},
            "pooled_ages_days": tuple(age * factor for age in hyper.pooled_ages_days),
        }
    )
    law = gap_law(case_of(gaps, elapsed, covariates), hyper)
    longer = [gap * factor for gap in gaps]
    scaled = gap_law(case_of(longer, elapsed * factor, covariates), scaled_hyper)
    days = np.geomspace(1.0, 5000.0, 30) * 1.000123
    np.testing.assert_allclose(scaled.survival(days * factor), law.survival(days), atol=1e-9)
