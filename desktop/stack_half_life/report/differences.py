"""Which components make the difference between two stacks."""

from typing import NamedTuple

from stack_half_life.domain.results import Comparison, DayQuantiles, Forecast


class Difference(NamedTuple):
    """Expected person-days of one component in A and in B, None where it is absent, and B − A."""

    name: str
    a_days: float | None
    b_days: float | None
    gap_days: DayQuantiles


def differences(comparison: Comparison) -> list[Difference]:
    """Every component of both, the largest expected difference first."""
    a, b = _costs(comparison.a), _costs(comparison.b)
    found = [
        Difference(
            _name(part.a, part.b),
            None if part.a is None else a[part.a],
            None if part.b is None else b[part.b],
            part.difference_days,
        )
        for part in comparison.contributions
    ]
    return sorted(found, key=lambda difference: -abs(difference.gap_days.mean))


def _name(a: str | None, b: str | None) -> str:
    if a is None or b is None or a == b:
        return a or b or ""
    return f"{a} / {b}"


def _costs(forecast: Forecast) -> dict[str, float]:
    return {component.name: component.cost_days.mean for component in forecast.components}
