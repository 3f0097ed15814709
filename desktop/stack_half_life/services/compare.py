"""Compare two stacks over the same futures."""

from dataclasses import dataclass

from stack_half_life.domain.results import Comparison
from stack_half_life.services.assess import Assessment


@dataclass(frozen=True, slots=True)
class Compared:
    """Two assessed stacks and the difference B − A.

    scenario_differs: B's own scenario was another than A's, under which both were judged.
    """

    a: Assessment
    b: Assessment
    comparison: Comparison
    scenario_differs: bool
