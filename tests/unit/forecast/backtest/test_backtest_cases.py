"""Past forecasts know nothing of their future, and are scored on what came."""

from datetime import date

import numpy as np
import pytest

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.progress import ignore_progress
from stack_half_life.domain.track_record import CLIMATOLOGY, MODEL
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.backtest.folds import also_shipped, cross_validated, frozen
from stack_half_life.forecast.backtest.release import (
    RELEASE_CLOCKS,
    Events,
    release_cases,
    release_target,
)
from stack_half_life.forecast.backtest.run import run_backtest
from stack_half_life.forecast.backtest.support import support_cases
from stack_half_life.store.shipped import shipped_hyperparameters

UNTIL = date(2026, 8, 22)
EVIDENCE = Evidence(source="made up", retrieved_on=UNTIL, confidence=Confidence.HIGH)
HYPER = shipped_hyperparameters()


def cycle(name: str, start: date, end: date | None = None) -> ReleaseCycle:
    return ReleaseCycle(
        cycle=name,
        released_on=PartialDate(start.isoformat()),
        support_ends_on=PartialDate(end.isoformat()) if end else None,
        support=SupportState.DATED if end else SupportState.SUPPORTED,
        evidence=EVIDENCE,
    )


def regular(name: str, month: int, last_year: int = 2026, every: int = 1) -> ProductHistory:
    """A cycle every so many years, supported two more; listings know of ends a year ahead."""
    cycles = tuple(
        cycle(f"{year - 2000}", date(year, month, 1), date(year + every + 1, month, 1))
        for year in range(2010, last_year + 1, every)
    )
    known = {
        date(year, 1, 1): tuple(
            c
            if c.support_ends_on and c.support_ends_on.earliest < date(year + 1, 1, 1)
            else c.model_copy(update={"support_ends_on": None, "support": SupportState.SUPPORTED})
            for c in cycles
            if c.released_on and c.released_on.earliest <= date(year, 1, 1)
        )
        for year in range(2022, 2026)
    }
    return ProductHistory(product=name, cycles=cycles, known_on=known)


PRODUCTS = tuple(regular(f"product-{n}", 1 + n % 8, every=1 + n % 3) for n in range(12))


def test_a_case_holds_only_what_had_happened() -> None:
    events = Events((date(2015, 3, 1), date(2016, 3, 1), date(2017, 3, 1)))
    case = release_cases([events], UNTIL)[0]
    assert case.origin == date(2016, 1, 1)
    assert case.history.gaps_days == ()
    assert case.history.elapsed_days == 306.0
    assert case.event_days == 60.0
    assert case.window_days == 5 * 365.25


def test_the_last_event_is_followed_by_censored_cases_for_five_years() -> None:
    cases = release_cases([Events((date(2016, 6, 1),))], UNTIL)
    assert all(np.isinf(case.event_days) for case in cases)
    assert max(case.origin for case in cases) == date(2021, 1, 1)


def test_the_future_of_a_product_does_not_change_its_past_forecasts() -> None:
    short, long = regular("x", 4, last_year=2020), regular("x", 4, last_year=2026)
    for clock in RELEASE_CLOCKS:
        first, second = (
            release_target(frozen([product], PRODUCTS, HYPER), clock, UNTIL)
            for product in (short, long)
        )
        assert first is not None
        assert second is not None
        until_2020 = [k for k, origin in enumerate(first.origins) if origin < date(2020, 1, 1)]
        np.testing.assert_array_equal(first.cdfs[MODEL][until_2020], second.cdfs[MODEL][until_2020])


def test_support_is_forecast_from_the_listing_and_scored_on_the_end() -> None:
    cases = support_cases(PRODUCTS[:1], UNTIL)
    at_2024 = [case for case in cases if case.origin == date(2024, 1, 1)]
    assert [(case.cycle.cycle, case.event_days) for case in at_2024] == [
        ("23", 366.0),
        ("24", 731.0),
    ]


def test_regular_products_are_forecast_better_than_climatology() -> None:
    track = run_backtest(cross_validated(PRODUCTS, HYPER), UNTIL, is_frozen=False)
    names = [target.target for target in track.targets]
    assert names[:3] == ["release_any", "release_major", "support"]
    for target in track.targets[:3]:
        assert target.scores[MODEL].crps_days < target.scores[CLIMATOLOGY].crps_days
        assert target.scores[CLIMATOLOGY].skill_vs_climatology == 0.0
        assert sum(target.scores[MODEL].pit_deciles) == pytest.approx(1.0, abs=2e-3)


def test_layers_have_scores_of_their_own_products() -> None:
    inside = [product.product for product in PRODUCTS[:6]]
    layers = dict.fromkeys(inside, Layer.SERVING) | {PRODUCTS[-1].product: Layer.MODEL}
    folds = cross_validated(PRODUCTS, HYPER)
    track = run_backtest(folds, UNTIL, is_frozen=False, layers=layers)
    whole = track.targets[0]
    assert set(whole.by_layer) == {Layer.SERVING}, "one product is too few for a score"
    serving = whole.by_layer[Layer.SERVING].scores[MODEL]
    assert serving.products == len(inside)
    assert 0 < serving.n < whole.scores[MODEL].n
    bare = run_backtest(folds, UNTIL, is_frozen=False).targets[0]
    assert bare.scores == whole.scores
    assert bare.by_layer == {}


def test_folds_never_learn_from_the_product_they_are_about() -> None:
    for fold in cross_validated(PRODUCTS, HYPER):
        assert {product.product for product in fold.pool}.isdisjoint(
            product.product for product in fold.judged
        )


def test_frozen_products_that_are_shipped_too_are_counted() -> None:
    (fold,) = frozen(PRODUCTS[:2], PRODUCTS, HYPER)
    assert fold.pool == PRODUCTS
    assert also_shipped(PRODUCTS[:2], PRODUCTS[1:]) == 1


def test_devices_and_standards_are_left_out() -> None:
    device = PRODUCTS[0].model_copy(update={"category": "device"})
    (fold,) = frozen([device, PRODUCTS[1]], PRODUCTS[2:], HYPER)
    assert [product.product for product in fold.judged] == ["product-1"]


def test_nothing_to_forecast_is_said_clearly() -> None:
    late = ProductHistory(product="late", cycles=(cycle("1", date(2026, 8, 1)),))
    with pytest.raises(ForecastError, match="early enough"):
        run_backtest(
            frozen([late], PRODUCTS, HYPER), UNTIL, is_frozen=True, on_progress=ignore_progress
        )
