"""Clocks as figures to show."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from made_values import AS_OF, EVIDENCE, made_component, made_profile
from stack_half_life.domain.clock_figures import RemovalBasis
from stack_half_life.domain.dates import DAYS_PER_YEAR, PartialDate
from stack_half_life.domain.facts import Nature, ReleaseCycle, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.clock_figures import clock_figures
from stack_half_life.forecast.evidence_end import last_seen_on
from stack_half_life.forecast.fitting import cycle_law
from stack_half_life.forecast.laws import RemovalLaw
from stack_half_life.store.shipped import shipped_hyperparameters


def yearly_profile() -> ChurnProfile:
    cycles = tuple(
        ReleaseCycle(
            cycle=f"{year - 2010}",
            released_on=PartialDate(f"{year}-05-01"),
            support_ends_on=PartialDate(f"{year + 3}-05-01"),
            support=SupportState.DATED,
            evidence=EVIDENCE,
        )
        for year in range(2012, 2026)
    )
    made = made_profile(made_component("x", Layer.SERVING))
    return made.model_copy(update={"cycles": cycles, "observed_until": None})


def test_a_steady_history_shows_its_own_pace() -> None:
    profile = yearly_profile()
    figures = clock_figures(profile, shipped_hyperparameters(), AS_OF)
    soon = clock_figures(profile, shipped_hyperparameters(), date(2025, 6, 1))
    for gap in (figures.cycle_gap, soon.breaking_gap):
        assert gap.median_years == pytest.approx(1.0, abs=0.2)
        assert gap.observations == 13
    assert figures.support.median_years == pytest.approx(3.0, abs=0.5)
    assert figures.support.observations == 14


def test_without_history_the_class_speaks_and_says_so() -> None:
    unmatched = made_profile(made_component("x", Layer.SERVING), matched=False)
    figures = clock_figures(unmatched, shipped_hyperparameters(), AS_OF)
    own = clock_figures(yearly_profile(), shipped_hyperparameters(), AS_OF)
    assert figures.cycle_gap.observations == 0
    assert figures.cycle_gap.median_years is not None
    assert figures.cycle_gap.p10_years is not None
    assert own.cycle_gap.p10_years is not None
    assert figures.cycle_gap.p10_years < own.cycle_gap.p10_years
    assert 0.0 < figures.end_within_ten_years < 0.5


def test_only_what_was_out_by_then_counts() -> None:
    then = clock_figures(yearly_profile(), shipped_hyperparameters(), date(2014, 1, 1))
    assert then.cycle_gap.observations == 1


def test_the_removal_quantile_is_where_the_survival_is() -> None:
    law = RemovalLaw(5.34, 4.0, 0.8, (0.0, 0.25, 0.5, 2.0, 4.0), (0.43, 0.231, 0.158, 0.106, 0.073))
    for probability in (0.01, 0.1, 0.3, 0.5, 0.9):
        years = law.quantile(probability)
        assert float(law.survival(np.array(years))) == pytest.approx(1 - probability, abs=1e-9)
    never = RemovalLaw(5.34, 4.0, 1.0, (0.0, 0.25), (0.0, 0.0))
    assert never.quantile(0.5) == math.inf


def test_a_breaking_gap_is_at_least_as_long_as_it_has_lasted() -> None:
    hyper = shipped_hyperparameters()
    profile = yearly_profile()
    soon = clock_figures(profile, hyper, AS_OF).breaking_gap.median_years
    late = clock_figures(profile, hyper, AS_OF.replace(year=AS_OF.year + 15)).breaking_gap
    assert soon is not None
    assert late.p10_years is not None
    assert late.p10_years > 14.0 > soon


def test_the_figures_are_the_laws_quantiles() -> None:
    hyper = shipped_hyperparameters()
    for profile in (yearly_profile(), made_profile(made_component("x", Layer.MODEL))):
        seen_on = last_seen_on(profile, AS_OF)
        law = replace(cycle_law(profile, hyper, seen_on), elapsed_days=0.0, under_way=None)
        figure = clock_figures(profile, hyper, AS_OF).cycle_gap
        told = (figure.p10_years, figure.median_years, figure.p90_years)
        for probability, years in zip((0.1, 0.5, 0.9), told, strict=True):
            exact = law.quantile(probability) / DAYS_PER_YEAR
            if exact <= 200:
                assert years == pytest.approx(exact, rel=0.02)
            else:
                assert years is None


@pytest.mark.parametrize(
    ("nature", "layer", "basis"),
    [
        (Nature.HARDWARE, Layer.HARDWARE, RemovalBasis.ENDS_BY_SUPPORT),
        (Nature.SOFTWARE, Layer.HARDWARE_INTERFACE, RemovalBasis.ENDS_BY_SUPPORT),
        (Nature.HOSTED_SERVICE, Layer.CLOUD_SERVICE, RemovalBasis.ENDS_BY_SHUTDOWN),
        (Nature.SOFTWARE, Layer.OPERATING_SYSTEM, RemovalBasis.IMAGES),
        (Nature.OPEN_MODEL, Layer.MODEL, RemovalBasis.ASSUMED_LONG_RUN),
        (Nature.PACKAGE, Layer.SERVING, RemovalBasis.MANIFESTS),
    ],
)
def test_why_there_is_no_removal_is_told(nature: Nature, layer: Layer, basis: RemovalBasis) -> None:
    made = made_profile(made_component("x", layer))
    technology = made.technology.model_copy(update={"nature": nature, "layer": layer})
    profile = made.model_copy(update={"technology": technology, "tenure": None})
    figures = clock_figures(profile, shipped_hyperparameters(), AS_OF)
    assert figures.removal_basis is basis
    assert bool(basis.why) is (basis is not RemovalBasis.MANIFESTS)
    is_removed = basis in (RemovalBasis.ASSUMED_LONG_RUN, RemovalBasis.MANIFESTS)
    assert (figures.in_manifest.median_years is not None) is is_removed
    low, high = figures.end_within_ten_years_p5, figures.end_within_ten_years_p95
    assert 0.0 < low < figures.end_within_ten_years < high < 0.5
