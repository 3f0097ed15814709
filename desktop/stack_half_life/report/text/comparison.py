"""Two stacks side by side as plain text."""

from stack_half_life.domain.results import Comparison, Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.report.differences import differences
from stack_half_life.report.figures import (
    break_even,
    days,
    money,
    percent,
    price,
    signed_days,
    span,
    with_errors,
)
from stack_half_life.report.text.forecast import headline
from stack_half_life.report.text.table import fields, shortened, table


def comparison_text(a: Stack, b: Stack, comparison: Comparison) -> str:
    """Both headlines, the difference B − A, and which components make it."""
    return "\n\n".join(
        [
            f"A  {shortened(a.name, 90)}\nB  {shortened(b.name, 90)}\n{_run(comparison.a)}",
            f"A\n\n{headline(a, comparison.a)}",
            f"B\n\n{headline(b, comparison.b)}",
            f"B − A, over the same futures\n\n{_difference(a, comparison)}",
            f"Where it comes from (mean person-days)\n\n{_components(comparison)}",
        ]
    )


def _run(forecast: Forecast) -> str:
    return (
        f"{span(forecast.horizon_years)} from {forecast.as_of} · "
        f"{forecast.futures:,} futures · seed {forecast.seed}"
    )


def _difference(a: Stack, comparison: Comparison) -> str:
    spread, scenario = comparison.difference_days, a.scenario
    told = with_errors(spread)
    rework = f"{told.mean} person-days in the mean (P10–P90 {told.p10} to {told.p90})"
    present = comparison.difference_present_days
    in_money = (
        f"{money(present.mean * scenario.day_rate, scenario.currency)}\n"
        f"at an assumed {price(scenario)}"
    )
    ahead = "B" if spread.mean < 0 else "A"
    return fields(
        [
            ("Rework", rework),
            ("In money", in_money),
            ("B is cheaper", f"in {percent(comparison.probability_b_cheaper)} of the futures"),
            *_equal(comparison),
            ("Break-even", break_even(comparison.break_even_years, ahead)),
        ]
    )


def _equal(comparison: Comparison) -> list[tuple[str, str]]:
    if not comparison.probability_equal:
        return []
    return [("They cost the same", f"in {percent(comparison.probability_equal)} of the futures")]


def _components(comparison: Comparison) -> str:
    rows = [
        [
            shortened(found.name, 40),
            "—" if found.a_days is None else days(found.a_days),
            "—" if found.b_days is None else days(found.b_days),
            signed_days(found.gap_days.mean),
            f"{days(found.gap_days.p10)} to {days(found.gap_days.p90)}",
        ]
        for found in differences(comparison)
    ]
    return table(["Component", "A", "B", "B − A", "P10 to P90"], rows, align="lrrrr")
