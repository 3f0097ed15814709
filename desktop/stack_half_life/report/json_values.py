"""Forecasts as JSON values: stable keys, units in their names, null where not reached."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.facts import TechnologyHit
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import Comparison, DayQuantiles, Forecast, YearCost
from stack_half_life.domain.stack import Scenario, Stack

_DIGITS = 6


def forecast_json(stack: Stack, forecast: Forecast) -> dict[str, Any]:
    """One forecast; times in years from `as_of`, costs in person-days, money with its rates.

    Person-days are never discounted, money is.
    """
    return {
        "stack": forecast.stack_name,
        "as_of": forecast.as_of.isoformat(),
        "horizon_years": forecast.horizon_years,
        "futures": forecast.futures,
        "seed": forecast.seed,
        "model_version": forecast.model_version,
        "data_hash": forecast.data_hash,
        "bit_generator": forecast.bit_generator,
        "stack_half_life_years": _rounded(forecast.stack_half_life_years),
        "total_cost_days": _rounded(forecast.total_cost_days.model_dump()),
        "total_cost_money": _money(forecast.total_present_days, stack.scenario),
        "coverage": _rounded(forecast.coverage),
        "coverage_by_clock": _rounded(forecast.coverage_by_clock.model_dump()),
        "unsupported_component_years": _rounded(forecast.unsupported_component_years),
        "components": [
            {
                **_rounded(component.model_dump(mode="json", exclude={"in_place_share"})),
                "cycle": place.cycle,
                "policy": place.policy.value,
                "effort_days": place.effort_days.model_dump(),
            }
            for component, place in zip(forecast.components, stack.components, strict=True)
        ],
        "cost_by_year_days": [_year(year) for year in forecast.cost_by_year_days],
        "cumulative_cost_days": {
            "years": _rounded(list(forecast.grid_years)),
            **_rounded(forecast.cumulative_cost_days.model_dump(mode="json")),
        },
        "redone_share": _rounded(list(forecast.redone_share)),
        "assumptions": stack.scenario.model_dump(mode="json"),
        "warnings": list(forecast.warnings),
    }


def comparison_json(a: Stack, b: Stack, comparison: Comparison) -> dict[str, Any]:
    """Two forecasts over the same futures, and B − A."""
    return {
        "a": forecast_json(a, comparison.a),
        "b": forecast_json(b, comparison.b),
        "difference_days": _rounded(comparison.difference_days.model_dump()),
        "difference_money": _money(comparison.difference_present_days, a.scenario),
        "probability_b_cheaper": _rounded(comparison.probability_b_cheaper),
        "probability_equal": _rounded(comparison.probability_equal),
        "break_even_years": _rounded(comparison.break_even_years),
        "contributions": [
            _rounded(part.model_dump(mode="json")) for part in comparison.contributions
        ],
        "distribution": _optional(comparison.distribution),
        "cumulative_difference_days": _optional(comparison.cumulative_difference_days),
    }


def _optional(value: BaseModel | None) -> Any:
    return None if value is None else _rounded(value.model_dump(mode="json"))


def _money(present: DayQuantiles, scenario: Scenario) -> dict[str, Any]:
    """The present value of person-days at the scenario's day rate and discount rate."""
    return {
        "currency": scenario.currency,
        "day_rate": scenario.day_rate,
        "discount_rate_per_year": scenario.discount_rate_per_year,
        **{
            name: round(getattr(present, name) * scenario.day_rate, 2)
            for name in ("mean", "p10", "p50", "p80", "p90", "standard_error")
        },
    }


def _year(year: YearCost) -> dict[str, Any]:
    values: dict[str, Any] = _rounded(year.model_dump(mode="json"))
    return values


def _rounded(value: Any) -> Any:
    """Floats to six decimals, all the way down."""
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


def profile_json(profile: ChurnProfile, clocks: ClockFigures, as_of: date) -> dict[str, Any]:
    """All evidence on one technology, and its clocks (estimates, in years)."""
    value: dict[str, Any] = profile.model_dump(mode="json")
    return {"as_of": as_of.isoformat(), "clocks": _rounded(clocks.model_dump()), **value}


def hits_json(hits: Sequence[TechnologyHit]) -> dict[str, Any]:
    """A list of technologies with how much is known of each."""
    return {
        "technologies": [
            {
                **hit.technology.model_dump(mode="json"),
                "cycles": hit.cycles,
                "releases": hit.releases,
                "tenure_spells": hit.spells,
                "newest_cycle": hit.newest_cycle or None,
                "median_gap_years": _rounded(hit.median_gap_years),
            }
            for hit in hits
        ]
    }
