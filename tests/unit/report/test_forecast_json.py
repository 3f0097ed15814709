"""The JSON that others script against."""

import json

from made_values import made_comparison, made_forecast, made_stack
from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.report.json_values import comparison_json, forecast_json

KEYS = {
    "stack_half_life_years",
    "total_cost_days",
    "coverage",
    "components",
    "cost_by_year_days",
    "seed",
    "futures",
    "horizon_years",
    "as_of",
    "model_version",
    "data_hash",
}
COMPONENT_KEYS = {
    "name",
    "profile",
    "matched",
    "layer",
    "first_rework_years",
    "replacement_years",
    "half_life_years",
    "expected_upgrades",
    "expected_replacements",
    "expected_forced_replacements",
    "expected_knock_ons",
    "cost_days",
    "unsupported_years",
}


def test_the_promised_keys_are_there() -> None:
    stack = made_stack()
    value = forecast_json(stack, made_forecast(stack))
    assert value.keys() >= KEYS
    assert value["coverage_by_clock"] == {"release": 0.86, "support": 0.61, "tenure": 0.34}
    assert value["total_cost_days"].keys() == {
        "mean",
        "p10",
        "p50",
        "p80",
        "p90",
        "standard_error",
        "p10_standard_error",
        "p50_standard_error",
        "p80_standard_error",
        "p90_standard_error",
    }
    for component in value["components"]:
        assert component.keys() >= COMPONENT_KEYS
        assert component["first_rework_years"].keys() == {"p10", "p50", "p90"}
        assert component["effort_days"].keys() == {"low", "likely", "high"}
        assert component["cost_days"].keys() >= {"mean", "p10", "p50", "p90"}
    assert value["cost_by_year_days"][0].keys() >= {"year", "mean", "p10", "p90"}
    json.dumps(value, allow_nan=False)


def test_what_is_not_reached_is_null() -> None:
    stack = made_stack()
    forecast = made_forecast(stack).model_copy(update={"stack_half_life_years": None})
    value = forecast_json(stack, forecast)
    assert value["stack_half_life_years"] is None
    assert value["components"][-1]["half_life_years"] is None
    assert value["components"][-1]["replacement_years"]["p50"] is None


def test_money_stands_beside_its_rate() -> None:
    stack = made_stack()
    value = forecast_json(stack, made_forecast(stack))
    money = value["total_cost_money"]
    assert money["currency"] == "EUR"
    assert money["mean"] == round(value["total_cost_days"]["mean"] * money["day_rate"], 2)


def test_money_is_discounted_and_person_days_are_not() -> None:
    plain = made_stack()
    stack = with_scenario_changed(plain, discount_rate_per_year=0.1)
    forecast = made_forecast(stack)
    value = forecast_json(stack, forecast)
    assert value["total_cost_days"] == forecast_json(plain, made_forecast(plain))["total_cost_days"]
    money = value["total_cost_money"]
    assert money["p90"] == round(forecast.total_present_days.p90 * money["day_rate"], 2)
    assert money["p90"] < value["total_cost_days"]["p90"] * money["day_rate"]
    pair = comparison_json(stack, stack, made_comparison(stack, stack))
    difference = pair["difference_money"]
    assert difference["discount_rate_per_year"] == 0.1
    assert 0 > difference["mean"] > pair["difference_days"]["mean"] * money["day_rate"]


def test_a_comparison_holds_both_and_the_difference() -> None:
    a, b = made_stack("A"), made_stack("B")
    value = comparison_json(a, b, made_comparison(a, b))
    assert value["a"]["stack"] == "A"
    assert value["b"]["stack"] == "B"
    assert value["difference_days"].keys() >= {"mean", "p10", "p50", "p90"}
    assert value["probability_b_cheaper"] == 0.7
    assert value["break_even_years"] == 1.2
    json.dumps(value, allow_nan=False)
