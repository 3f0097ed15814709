"""Ends are counted in the years in which they could be seen, and what they tell is an interval."""

from datetime import date

import numpy as np
import pytest

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.forecast.fitting.ends import LifeSpell, fit_end, life_spells
from stack_half_life.forecast.laws import EndLaw, gamma_quantiles

UNTIL = date(2026, 1, 1)
EVIDENCE = Evidence(source="made up", retrieved_on=UNTIL, confidence=Confidence.HIGH)


def product(name: str, support_ends: str | None, listed: date | None) -> ProductHistory:
    cycle = ReleaseCycle(
        cycle="1",
        released_on=PartialDate("2010-01-01"),
        support_ends_on=PartialDate(support_ends) if support_ends else None,
        support=SupportState.DATED if support_ends else SupportState.SUPPORTED,
        evidence=EVIDENCE,
    )
    known = {listed: (cycle,)} if listed else {}
    return ProductHistory(product=name, cycles=(cycle,), known_on=known)


def test_products_are_in_view_from_their_listing_to_their_end() -> None:
    listed = date(2022, 1, 1)
    spells = life_spells(
        [
            product("alive", None, listed),
            product("ended-with-its-last-support", "2024-01-01", listed),
            product("silent-for-less-than-a-year", "2025-06-01", listed),
            product("recorded", None, listed),
            product("ended-before-it-was-listed", "2021-01-01", listed),
            product("never-listed", None, None),
        ],
        {"recorded": date(2023, 1, 1)},
        UNTIL,
    )
    assert [spell.has_ended for spell in spells] == [False, True, False, True]
    assert [spell.years for spell in spells] == pytest.approx([4.0, 2.0, 4.0, 1.0], abs=0.01)


def test_the_hazard_is_as_sure_as_the_ends_are_many() -> None:
    few = fit_end([LifeSpell(100.0, True)] * 2 + [LifeSpell(100.0, False)] * 2)
    assert (few.shape, few.exposure_years) == (2.5, 400.0)
    bounds = EndLaw(few.shape, few.exposure_years).chance_bounds(10.0, np.array([0.05, 0.95]))
    mean = 1.0 - float(EndLaw(few.shape, few.exposure_years).survival(np.array(10.0)))
    assert 0.0 < bounds[0] < mean < bounds[1] < 0.25


def test_a_recorded_end_is_certain() -> None:
    for ended_in_years, chance in ((-1.0, 1.0), (5.0, 1.0), (12.0, 0.0)):
        law = EndLaw(2.5, 400.0, ended_in_years)
        assert law.chance_bounds(10.0, np.array([0.05, 0.95])).tolist() == [chance, chance]


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.5, 80.0])
def test_gamma_quantiles_hold_their_share_of_draws(shape: float) -> None:
    draws = np.random.default_rng(1).gamma(shape, size=200_000)
    for probability in (0.05, 0.5, 0.95):
        quantile = gamma_quantiles(shape, np.array([probability]))[0]
        assert float((draws <= quantile).mean()) == pytest.approx(probability, abs=0.003)
    assert gamma_quantiles(1.0, np.array([0.5]))[0] == pytest.approx(np.log(2.0), rel=1e-4)
