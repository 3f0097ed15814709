"""Two stacks over the same futures: the paired difference, who is cheaper, from when, and why."""

from dataclasses import dataclass

import numpy as np

from stack_half_life.domain.results import (
    Comparison,
    ComponentDifference,
    Forecast,
    Histogram,
)
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.simulation.summary import (
    day_quantiles,
    fan_of,
    quantiles_of_all,
)
from stack_half_life.forecast.simulation.tally import StackTally
from stack_half_life.forecast.simulation.variates import Floats

_BINS = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two stacks with its forecast and totals."""

    stack: Stack
    forecast: Forecast
    tally: StackTally


def compared(a: Side, b: Side) -> Comparison:
    """The comparison of two stacks simulated under one scenario; differences are B − A."""
    differences = np.concatenate(b.tally.totals) - np.concatenate(a.tally.totals)
    present = np.concatenate(b.tally.present_totals) - np.concatenate(a.tally.present_totals)
    fan_a, fan_b = (np.concatenate(side.tally.fan, axis=1) for side in (a, b))
    kept = min(fan_a.shape[1], fan_b.shape[1])
    mean = b.tally.cumulative / b.tally.n - a.tally.cumulative / a.tally.n
    grid = np.array(a.forecast.grid_years)
    return Comparison(
        a=a.forecast,
        b=b.forecast,
        difference_days=quantiles_of_all(differences),
        difference_present_days=quantiles_of_all(present),
        probability_b_cheaper=float((differences < 0.0).mean()),
        probability_equal=float((differences == 0.0).mean()),
        break_even_years=break_even_years(grid, mean),
        contributions=_contributions(a, b),
        distribution=_histogram(differences),
        cumulative_difference_days=fan_of(fan_b[:, :kept] - fan_a[:, :kept], mean),
    )


def break_even_years(grid_years: Floats, difference: Floats) -> float | None:
    """When a difference last changes sign for good, between grid points linearly; None if never."""
    final = np.sign(difference[-1])
    against = np.flatnonzero(np.sign(difference) == -final) if final else np.zeros(0, int)
    if not len(against):
        return None
    last = int(against[-1])
    step = difference[last + 1] - difference[last]
    share = -difference[last] / step
    return float(grid_years[last] + share * (grid_years[last + 1] - grid_years[last]))


def _contributions(a: Side, b: Side) -> tuple[ComponentDifference, ...]:
    """Components of both by name, then by profile; those of one stack alone count in full."""
    names_b = [component.name for component in b.stack.components]
    profiles_b = [component.profile for component in b.stack.components]
    left = set(range(len(names_b)))
    partner: dict[int, int] = {}
    for of_a, of_b in (
        ([one.name for one in a.stack.components], names_b),
        ([one.profile for one in a.stack.components], profiles_b),
    ):
        for place, word in enumerate(of_a):
            found = [other for other in sorted(left) if of_b[other] == word]
            if place not in partner and found:
                partner[place] = found[0]
                left.discard(found[0])
    pairs: list[tuple[int | None, int | None]] = [
        (place, partner.get(place)) for place in range(len(a.stack.components))
    ]
    pairs += [(None, place) for place in sorted(left)]
    return tuple(_contribution(a, b, *pair) for pair in pairs)


def _contribution(a: Side, b: Side, in_a: int | None, in_b: int | None) -> ComponentDifference:
    costs, means = [], []
    for side, place in ((a, in_a), (b, in_b)):
        if place is None:
            costs.append(np.zeros(1))
            means.append(0.0)
        else:
            tally = side.tally.components[place]
            costs.append(np.concatenate(tally.kept))
            means.append(tally.cost / side.tally.n)
    kept = min((len(cost) for cost in costs if len(cost) > 1), default=1)
    differences = costs[1][:kept] - costs[0][:kept]
    return ComponentDifference(
        a=None if in_a is None else a.stack.components[in_a].name,
        b=None if in_b is None else b.stack.components[in_b].name,
        difference_days=day_quantiles(
            differences, means[1] - means[0], float(differences.var()), kept
        ),
    )


def _histogram(values: Floats) -> Histogram:
    shares, edges = np.histogram(values, bins=_BINS)
    return Histogram(
        edges_days=tuple(edges.tolist()), shares=tuple((shares / len(values)).tolist())
    )
