"""What was released after anybody looked last is drawn, not taken for calm."""

from datetime import date, timedelta

import pytest

from made_futures import HYPER, component, profile, stack
from stack_half_life.domain.results import ComponentForecast
from stack_half_life.forecast.evidence_end import last_seen_on
from stack_half_life.forecast.run import forecast_stack

SEEN = date(2026, 7, 10)
SEEN_PROFILE = profile("steady", gap_days=120).model_copy(update={"observed_until": SEEN})
NEWEST = SEEN_PROFILE.cycles[-1]


def forecast(as_of: date, cycle: str | None = None) -> ComponentForecast:
    held = component("steady", policy="latest", upgrade_lag_years=0.0, cycle=cycle)
    wanted = stack(held, futures=4000).model_copy(update={"default_couplings": False})
    found = forecast_stack(wanted, {"steady": SEEN_PROFILE}, HYPER, as_of=as_of)
    return found.components[0]


def median_of_the_first(found: ComponentForecast) -> float:
    median = found.upgrades[0].years.p50
    assert median is not None
    return median


@pytest.mark.parametrize("days_later", [90, 400, 1200])
def test_old_evidence_foresees_as_many_upgrades_as_new(days_later: int) -> None:
    new, old = forecast(SEEN), forecast(SEEN + timedelta(days=days_later))

    assert old.expected_upgrades == pytest.approx(new.expected_upgrades, rel=0.06)


def test_who_names_a_cycle_is_behind_at_once_where_newer_ones_must_be_out() -> None:
    later = SEEN + timedelta(days=500)

    assert median_of_the_first(forecast(later, cycle=NEWEST.cycle)) < 0.05
    assert median_of_the_first(forecast(later)) > 0.05


def test_releases_are_known_up_to_the_day_of_looking_or_the_newest_of_them() -> None:
    newest = NEWEST.released_on.midpoint  # type: ignore[union-attr]
    early = SEEN_PROFILE.model_copy(update={"observed_until": newest - timedelta(days=900)})
    untold = SEEN_PROFILE.model_copy(update={"observed_until": None})
    nothing = SEEN_PROFILE.model_copy(update={"cycles": ()})
    later = SEEN + timedelta(days=100)

    assert last_seen_on(SEEN_PROFILE, later) == SEEN
    assert last_seen_on(SEEN_PROFILE, SEEN - timedelta(days=5)) == SEEN - timedelta(days=5)
    assert last_seen_on(early, later) == newest
    assert last_seen_on(untold, later) == later
    assert last_seen_on(nothing, later) == later
