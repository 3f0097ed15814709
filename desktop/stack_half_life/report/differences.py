"""Which components make the difference between two stacks."""

from typing import NamedTuple

from stack_half_life.domain.results import Comparison, Forecast


class Difference(NamedTuple):
    """Expected person-days of one component in A and in B (None where it is not in it)."""

    name: str
    a_days: float | None
    b_days: float | None

    @property
    def gap_days(self) -> float:
        """B − A."""
        return (self.b_days or 0.0) - (self.a_days or 0.0)


def differences(comparison: Comparison) -> list[Difference]:
    """Every component of both, the largest difference first."""
    a, b = _costs(comparison.a), _costs(comparison.b)
    found = [Difference(name, a.get(name), b.get(name)) for name in {**a, **b}]
    return sorted(found, key=lambda difference: -abs(difference.gap_days))


def _costs(forecast: Forecast) -> dict[str, float]:
    return {component.name: component.cost_days.mean for component in forecast.components}
