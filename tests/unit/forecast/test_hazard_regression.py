"""The hazard regression finds hazards again, and its curve joins the gap law rightly."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.domain.hyperparameters import GapHyperparameters, HazardHyperparameters
from stack_half_life.forecast.fitting.covariates import (
    COVARIATES,
    cycle_covariates,
    typical_covariates,
)
from stack_half_life.forecast.fitting.gap_law import (
    GapCase,
    gap_law,
    gap_laws,
    law_spans,
    survival_left,
)
from stack_half_life.forecast.fitting.gaps import GapTable, gap_table, law_figures
from stack_half_life.forecast.fitting.hazard import (
    SPAN_EDGES_DAYS,
    span_features,
    survival_at_edges,
)
from stack_half_life.forecast.fitting.hazard_fit import fit_hazard, sharpened
from stack_half_life.forecast.fitting.refit import (
    FitCases,
    from_vector,
    neutral,
    product_weights,
    refit,
    to_vector,
)
from stack_half_life.forecast.laws import GapLaw, LomaxPart, UnderWay
from stack_half_life.forecast.scores import Outcomes, crps_days
from stack_half_life.forecast.student import Floats
from stack_half_life.store.shipped import shipped_hyperparameters

TODAY = date(2025, 7, 1)
HYPER: GapHyperparameters = neutral(shipped_hyperparameters().cycle)


def case_of(gaps: list[float], elapsed: float, covariates: Floats) -> GapCase:
    """A history without a class, today."""
    return GapCase(tuple(gaps), elapsed, TODAY, tuple(covariates.tolist()), "")


def made_cases(count: int, seed: int) -> tuple[GapTable, Outcomes]:
    """Technologies whose next event is exponential: half fast (mean 90 days), half slow (900)."""
    rng = np.random.default_rng(seed)
    means = np.where(np.arange(count) % 2 == 0, 90.0, 900.0)
    covariates = np.tile(cycle_covariates((), TODAY), (count, 1))
    covariates[:, COVARIATES.index("one_number")] = means == 90.0
    table = gap_table([((), 0.0)] * count, [TODAY] * count, list(covariates), [""] * count)
    events = rng.exponential(means)
    return table, Outcomes(events, np.full(count, 1826.25), np.arange(count))


def test_different_hazards_are_found_again() -> None:
    table, outcomes = made_cases(800, seed=2)
    spans = law_spans(table, law_figures(table, HYPER), HYPER)
    fitted = fit_hazard(spans, outcomes, product_weights(outcomes), share=1.0, ridge=1.0)
    survival = survival_at_edges(spans, fitted)
    edge = int(np.searchsorted(SPAN_EDGES_DAYS, 90.0))
    assert survival[0, edge] == pytest.approx(np.exp(-1.0), abs=0.06)
    assert survival[1, edge] == pytest.approx(np.exp(-0.1), abs=0.06)


def test_fitting_lowers_the_score_and_moves_only_what_it_may() -> None:
    table, outcomes = made_cases(300, seed=3)
    cases = FitCases(table, outcomes, product_weights(outcomes))
    start = HYPER.model_copy(update={"location": {"intercept": 5.5, "one_number": 0.0}})
    fitted = refit(cases, start, steps=12)

    def score(hyper: GapHyperparameters) -> float:
        grid = np.arange(0.0, 1834.0, 7.0)
        cdf = 1.0 - survival_left(table, hyper, grid)
        return float(crps_days(cdf, grid, outcomes).mean())

    assert score(fitted) < 0.8 * score(start)
    assert fitted.location["one_number"] < -1.0
    assert fitted.pooled_survival == start.pooled_survival


def test_vectors_and_hyperparameters_say_the_same() -> None:
    hyper = shipped_hyperparameters().breaking
    back = from_vector(to_vector(hyper), hyper)
    assert back.location == pytest.approx(hyper.location)
    assert back.recency == pytest.approx(hyper.recency)
    assert back.location_variance == pytest.approx(hyper.location_variance)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(1.0, 3000.0), max_size=8),
    st.floats(0.0, 4000.0),
    st.floats(-1.0, 1.0),
)
def test_one_law_and_many_at_once_agree(gaps: list[float], elapsed: float, slope: float) -> None:
    curve = HazardHyperparameters(
        share=0.6, coefficients={"intercept": -1.0, "law": 0.8, "median": slope, "spring": 0.2}
    )
    hyper = HYPER.model_copy(update={"under_way": curve})
    covariates = cycle_covariates((), TODAY)
    law = gap_law(case_of(gaps, elapsed, covariates), hyper)
    table = gap_table([(gaps, elapsed)], [TODAY], [covariates], [""])
    days = np.arange(0.0, 1827.0, 28.0)
    alone = law.survival(days)
    np.testing.assert_allclose(survival_left(table, hyper, days)[0], alone, atol=1e-9)
    assert np.all(np.diff(alone) <= 1e-12)
    assert alone[0] == 1.0
    assert np.all((alone >= 0.0) & (alone <= 1.0))


@pytest.mark.parametrize("clock", ["cycle", "breaking", "duration"])
def test_laws_fitted_together_are_to_the_last_bit_those_fitted_alone(clock: str) -> None:
    """Else an edit of one component would move the dice of others, which are keyed by times."""
    hyper: GapHyperparameters = getattr(shipped_hyperparameters(), clock)
    rng = np.random.default_rng(5)
    typical = typical_covariates(hyper.typical)
    cases = [
        case_of(rng.uniform(5.0, 900.0, count).tolist(), elapsed, typical + rng.normal(size=18) / 9)
        for count in (0, 1, 2, 3, 5, 8, 13, 40, 59, 60, 61, 200)
        for elapsed in (0.0, 3.0, 400.0, 4000.0)
    ]
    for some in (cases, cases[::3], [*cases[7:18], cases[7]]):
        assert gap_laws(some, hyper) == [gap_law(case, hyper) for case in some]


def test_a_second_opinion_counts_by_its_weight() -> None:
    lomax = LomaxPart(1.0, 2.0, 400.0)
    mixture = GapLaw((lomax,), elapsed_days=100.0).survival(np.array([60.0]))[0]
    opinion = UnderWay(0.75, (50.0, 90.0), (0.5, 0.2))
    law = GapLaw((lomax,), elapsed_days=100.0, under_way=opinion)
    assert law.survival(np.array([60.0]))[0] == pytest.approx(0.25 * mixture + 0.75 * 0.5)
    assert law.survival_of_gap(np.array([60.0])) == lomax.survival(np.array([60.0]))


def test_beyond_five_years_the_curve_goes_on_as_the_mixture_does() -> None:
    curve = HazardHyperparameters(share=1.0, coefficients={"intercept": -9.0})
    hyper = HYPER.model_copy(update={"under_way": curve})
    law = gap_law(case_of([3000.0, 2500.0], 10.0, cycle_covariates((), TODAY)), hyper)
    five, twenty = law.survival(np.array([1827.0, 7305.0]))
    mixture = law.mixture_left(np.array([1827.0, 7305.0]))
    assert five == pytest.approx(np.exp(-1827.0 * np.exp(-9.0)), rel=1e-6)
    assert twenty / five == pytest.approx(mixture[1] / mixture[0], rel=0.1)


def test_a_date_moves_only_the_seasonal_features() -> None:
    table, _ = made_cases(2, seed=1)
    later = gap_table(
        [((), 0.0)] * 2,
        [TODAY + timedelta(days=180)] * 2,
        list(table.covariates),
        [""] * 2,
    )
    first, second = (law_spans(t, law_figures(t, HYPER), HYPER) for t in (table, later))
    moved = {
        name
        for place, name in enumerate(first.names)
        if not np.allclose(first.values[:, :, place], second.values[:, :, place])
    }
    assert moved == {"spring", "summer"}


def test_sharpening_lowers_the_score_it_is_for_and_a_heavy_ridge_keeps_it_away() -> None:
    table, outcomes = made_cases(400, seed=5)
    weight = product_weights(outcomes)
    spans = law_spans(table, law_figures(table, HYPER), HYPER)
    fitted = fit_hazard(spans, outcomes, weight, share=1.0, ridge=2000.0)

    def score(hyper: HazardHyperparameters) -> float:
        cdf = 1.0 - survival_at_edges(spans, hyper)
        return float(weight @ crps_days(cdf, SPAN_EDGES_DAYS, outcomes))

    sharp = sharpened(fitted, spans, outcomes, weight, ridge=1e-4)
    same = sharpened(fitted, spans, outcomes, weight, ridge=1e6)
    assert score(sharp) < 0.98 * score(fitted)
    assert score(same) == pytest.approx(score(fitted), rel=1e-3)


def test_events_that_come_each_spring_make_spring_likely() -> None:
    gaps = [365.0, 366.0, 365.0, 365.0, 730.0]
    april, turned = (
        span_features(
            gap_table([(gaps, elapsed)], [TODAY], [cycle_covariates((), TODAY)], [""]),
            np.zeros((1, len(SPAN_EDGES_DAYS) - 1)),
        )
        for elapsed in (91.0, 274.0)
    )
    middle = 0.5 * (SPAN_EDGES_DAYS[1:] + SPAN_EDGES_DAYS[:-1])
    place = april.names.index("own_season")
    for spans, due in ((april, 274.0), (turned, 91.0)):
        season = spans.values[0, :, place]
        first_year = middle < 365.0
        assert abs(middle[first_year][season[first_year].argmax()] - due) < 16.0
        assert season.max() > 1.0 > 0.0 > season.min()
