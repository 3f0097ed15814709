"""A forecast in a terminal: aligned, with units, coverage and assumptions named."""

from made_values import made_component, made_forecast, made_stack
from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Scenario, Stack
from stack_half_life.report.figures import money
from stack_half_life.report.text.forecast import forecast_text
from stack_half_life.report.text.table import shortened, table, width


def test_the_answer_names_units_coverage_and_assumptions() -> None:
    stack = made_stack()
    said = forecast_text(stack, made_forecast(stack))
    for expected in (
        "A made stack",
        "4 components · 5 years from 2026-11-23 · 1,000 futures · seed 1",
        "person-days (P10–P90",
        "at an assumed 800 EUR a person-day, not discounted",
        "86 % of the effort rests on evidence of its own",
        "by clock: releases 86 %, support 61 %, tenure 34 %",
        "1 component without, so the layer's reference class: House engine (Kernel / compiler)",
        "House engine *",
        "> 5",
        "LangChain, in 7 months (P10–P90 0.2 to 2.0 years)",
        "Removals from a manifest that cost a replacement",
        "default",
    ):
        assert expected in said


def test_money_is_discounted_and_person_days_are_not() -> None:
    plain = made_stack()
    stack = with_scenario_changed(plain, discount_rate_per_year=0.1)
    said, undiscounted = (forecast_text(one, made_forecast(one)) for one in (stack, plain))
    present = made_forecast(stack).total_present_days
    assert f"{money(present.p50 * 800, 'EUR')} (P10–P90" in said
    assert "800 EUR a person-day, discounted 10 % a year" in said
    rework, was = (
        next(line for line in text.splitlines() if line.startswith("Total rework"))
        for text in (said, undiscounted)
    )
    assert rework == was


def test_columns_stand_under_their_heads() -> None:
    stack = made_stack()
    lines = forecast_text(stack, made_forecast(stack)).splitlines()
    rule = next(line for line in lines if line.startswith("─"))
    start = lines.index(rule)
    for line in lines[start - 1 : start + 5]:
        for place, letter in enumerate(rule):
            if letter == " ":
                assert line[place : place + 1] in ("", " ")


def test_wide_and_hostile_names_keep_the_columns() -> None:
    stack = Stack(
        components=(
            made_component("日本語の部品", Layer.SERVING),
            made_component("evil \x1b[31m", Layer.MODEL),
            made_component("x" * 100, Layer.MODEL),
        )
    )
    said = forecast_text(stack, made_forecast(stack))
    assert "\x1b" not in said
    assert "x" * 60 not in said
    assert "日本語の部品" in said


def test_a_stack_that_stands_says_so() -> None:
    stack = made_stack()
    forecast = made_forecast(stack)
    never = forecast.components[-1].replacement_years
    still = tuple(
        component.model_copy(update={"first_rework_years": never})
        for component in forecast.components
    )
    quiet = forecast.model_copy(update={"stack_half_life_years": None, "components": still})
    said = forecast_text(stack, quiet)
    assert "not reached within 5 years" in said
    assert "nothing in half of the futures within 5 years" in said


def test_a_changed_rate_is_the_files() -> None:
    stack = made_stack().model_copy(update={"scenario": Scenario(day_rate=950.5, currency="CHF")})
    said = forecast_text(stack, made_forecast(stack))
    line = next(line for line in said.splitlines() if line.startswith("Day rate"))
    assert "950.5 CHF a person-day" in line
    assert "stack file" in line


def test_width_and_shortening_count_columns() -> None:
    assert width("ab") == 2
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert shortened("日本語", 4) == "日…"
    assert shortened("abcd", 4) == "abcd"


def test_a_table_is_ruled() -> None:
    assert table(["A", "B"], [["x", "10"], ["yy", "2"]], align="lr").splitlines() == [
        "A    B",
        "──  ──",
        "x   10",
        "yy   2",
    ]
