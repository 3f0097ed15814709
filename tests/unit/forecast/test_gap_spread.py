"""How much gaps vary is learnt from whole gaps."""

import math
from datetime import date

import numpy as np
import pytest

from stack_half_life.forecast.fitting.covariates import COVARIATES
from stack_half_life.forecast.fitting.gaps import gap_table, law_figures
from stack_half_life.forecast.fitting.refit import neutral
from stack_half_life.forecast.fitting.spread import with_spread
from stack_half_life.store.shipped import shipped_hyperparameters

HYPER = neutral(shipped_hyperparameters().cycle)


def made_products(degrees: float, variance: float) -> list[list[float]]:
    """Products whose variances are scaled inverse χ², each with its own usual gap."""
    dice = np.random.default_rng(7)
    own = variance * degrees / dice.chisquare(degrees, 400)
    usual = dice.normal(5.5, 0.6, 400)
    return [
        np.exp(dice.normal(location, math.sqrt(spread), 12)).tolist()
        for location, spread in zip(usual, own, strict=True)
    ]


@pytest.mark.parametrize(("degrees", "variance"), [(2.0, 0.05), (6.0, 0.3)])
def test_the_spread_that_made_the_gaps_is_found(degrees: float, variance: float) -> None:
    found = with_spread(HYPER, made_products(degrees, variance))
    assert found.variance_degrees == pytest.approx(degrees, rel=0.5)
    assert math.exp(found.log_variance["intercept"]) == pytest.approx(variance, rel=0.3)
    assert {name for name, value in found.log_variance.items() if value} == {"intercept"}


def test_regular_products_get_narrow_laws_beside_irregular_ones() -> None:
    dice = np.random.default_rng(3)
    regular = [list(180.0 + dice.normal(0.0, 5.0, 15)) for _ in range(150)]
    irregular = [list(dice.exponential(180.0, 15)) for _ in range(150)]
    hyper = with_spread(HYPER, regular + irregular)
    histories = [(regular[0], 10.0), (irregular[0], 10.0)]
    table = gap_table(histories, [date(2024, 1, 1)] * 2, [np.zeros(len(COVARIATES))] * 2, ["", ""])
    narrow, wide = np.sqrt(law_figures(table, hyper).variance)
    assert narrow < 0.4
    assert wide > 2.0 * narrow


def test_without_two_gaps_of_anything_nothing_is_learnt() -> None:
    assert with_spread(HYPER, [[], [100.0]]) == HYPER
