"""Two stacks over the same futures: the difference, and where it comes from."""

from stack_half_life.domain.results import Comparison
from stack_half_life.report.differences import differences
from stack_half_life.report.figures import (
    NOT_REACHED,
    beyond,
    break_even,
    clock_coverage,
    count,
    days,
    money,
    percent,
    price,
    signed_days,
    years,
)
from stack_half_life.report.html.marks import (
    ESTIMATE,
    Card,
    Column,
    Marked,
    Table,
    assumption,
    estimate,
    plain,
)
from stack_half_life.report.subject import Subject


def comparison_cards(a: Subject, comparison: Comparison) -> tuple[Card, ...]:
    """How much cheaper, how surely, and from when."""
    spread, scenario = comparison.difference_days, a.stack.scenario
    difference = comparison.difference_present_days.mean * scenario.day_rate
    cheaper = "B" if spread.mean < 0 else "A"
    even = comparison.break_even_years
    return (
        Card(
            "Expected difference"
            if abs(spread.mean) < 0.05
            else f"{cheaper} is expected to be cheaper by",
            estimate(days(abs(spread.mean))),
            (
                estimate(f"B − A: 80 % range {days(spread.p10)} to {days(spread.p90)}"),
                estimate(f"B − A in money: {money(difference, scenario.currency)}"),
                assumption(f"at {price(scenario)}"),
            ),
            "person-days",
        ),
        Card(
            "Chance that B is cheaper",
            estimate(percent(comparison.probability_b_cheaper)),
            (plain("over the same random futures"), *_equal(comparison)),
        ),
        Card(
            "Break-even",
            estimate("none" if even is None else "at once" if even < 1 / 12 else years(even)),
            (plain(break_even(even, cheaper)),),
        ),
    )


def _equal(comparison: Comparison) -> tuple[Marked, ...]:
    share = comparison.probability_equal
    return (estimate(f"they cost the same in {percent(share)}"),) if share else ()


def side_by_side(comparison: Comparison) -> Table:
    """The headline figures of both."""
    a, b = comparison.a, comparison.b
    rows = (
        ("Rework, median (person-days)", *(days(f.total_cost_days.p50) for f in (a, b))),
        ("Rework, mean", *(days(f.total_cost_days.mean) for f in (a, b))),
        (
            "Rework, P10–P90",
            *(f"{days(f.total_cost_days.p10)}–{days(f.total_cost_days.p90)}" for f in (a, b)),
        ),
        (
            "Stack half-life (years)",
            *(
                NOT_REACHED
                if f.stack_half_life_years is None
                else beyond(f.stack_half_life_years, f.horizon_years)
                for f in (a, b)
            ),
        ),
        (
            "Component-years without support",
            *(count(f.unsupported_component_years) for f in (a, b)),
        ),
        ("Effort with evidence of its own", *(percent(f.coverage) for f in (a, b))),
        ("… by clock", *(clock_coverage(f.coverage_by_clock) for f in (a, b))),
    )
    return Table(
        "Side by side",
        (
            Column("Figure", is_figure=False),
            Column(f"A: {a.stack_name}", ESTIMATE),
            Column(f"B: {b.stack_name}", ESTIMATE),
        ),
        tuple(tuple(plain(cell) for cell in row) for row in rows),
    )


def what_differs(comparison: Comparison) -> Table:
    """Expected cost by component in both, the largest difference first."""
    rows = [
        (
            plain(found.name),
            plain("not in A" if found.a_days is None else days(found.a_days)),
            plain("not in B" if found.b_days is None else days(found.b_days)),
            plain(signed_days(found.gap_days.mean)),
            plain(f"{days(found.gap_days.p10)} to {days(found.gap_days.p90)}"),
        )
        for found in differences(comparison)
    ]
    return Table(
        "Which components make the difference (mean person-days)",
        (
            Column("Component", is_figure=False),
            Column("A", ESTIMATE),
            Column("B", ESTIMATE),
            Column("B − A", ESTIMATE),
            Column("P10 to P90", ESTIMATE),
        ),
        tuple(rows),
    )
