"""From running totals to the figures of a forecast."""

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.results import (
    ComponentForecast,
    CostFan,
    DayQuantiles,
    EventWindow,
    ReworkKind,
    TimeQuantiles,
    YearCost,
)
from stack_half_life.domain.stack import Component
from stack_half_life.forecast.simulation.axes import Axes
from stack_half_life.forecast.simulation.tally import ComponentTally, StackTally
from stack_half_life.forecast.simulation.variates import Floats

KIND_ORDER = (ReworkKind.UPGRADE, ReworkKind.REPLACEMENT, ReworkKind.KNOCK_ON)
_LEAST_REACHED = 0.05
_LEAST_FOR_ERRORS = 20


def time_at(reached: Floats, n: int, share: float, axes: Axes) -> float | None:
    """Years by which a share of n futures has seen the event; None where it is not reached.

    reached: [fine] futures that have seen it by the end of each fine cell.
    """
    wanted = share * n
    if reached[-1] < wanted or reached[-1] <= 0.0:
        return None
    cell = int(reached.searchsorted(wanted))
    before = reached[cell - 1] if cell else 0.0
    inside = (wanted - before) / (reached[cell] - before)
    return min(float((cell + inside) / axes.fine_per_year), axes.horizon_years)


def time_quantiles(reached: Floats, n: int, axes: Axes) -> TimeQuantiles:
    """The times reached by a tenth, half and nine tenths of n futures."""
    return TimeQuantiles(
        p10=time_at(reached, n, 0.1, axes),
        p50=time_at(reached, n, 0.5, axes),
        p90=time_at(reached, n, 0.9, axes),
    )


def day_quantiles(values: Floats, mean: float, variance: float, n: int) -> DayQuantiles:
    """Quantiles of the values kept; mean and variance over all n futures."""
    ordered = np.sort(values)
    shares = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}
    figures = {name: float(quantile(ordered, share)) for name, share in shares.items()}
    errors = {
        f"{name}_standard_error": quantile_error(ordered, share) for name, share in shares.items()
    }
    return DayQuantiles.model_validate(
        {"mean": mean, "standard_error": (variance / n) ** 0.5, **figures, **errors}
    )


def quantiles_of_all(values: Floats) -> DayQuantiles:
    """Quantiles, mean and standard error of values known in every future."""
    return day_quantiles(values, float(values.mean()), float(values.var()), len(values))


def quantile_error(ordered: Floats, share: float) -> float | None:
    """The standard error of a quantile of a sorted sample; None where it is too small to tell.

    How many futures lie below the true quantile is binomial with deviation d = √(n q (1 − q)): half
    the way between the quantiles d futures to either side, whatever the density there.
    """
    n = len(ordered)
    deviation = (share * (1.0 - share) / n) ** 0.5
    if n < _LEAST_FOR_ERRORS or deviation >= min(share, 1.0 - share):
        return None
    return 0.5 * float(quantile(ordered, share + deviation) - quantile(ordered, share - deviation))


def quantile(ordered: NDArray[np.floating], share: float) -> NDArray[np.floating]:
    """The quantile of samples sorted along the last axis, between ranks linearly."""
    last = ordered.shape[-1] - 1
    place = share * last
    low = int(place)
    below = ordered[..., low]
    mixed: NDArray[np.floating] = below + (place - low) * (ordered[..., min(low + 1, last)] - below)
    return mixed


def windows(table: Floats, n: int, axes: Axes) -> tuple[EventWindow, ...]:
    """The windows of the first, second, … event that at least one future in twenty sees."""
    shares = table.sum(axis=1) / n
    return tuple(
        EventWindow(
            number=number,
            reached_share=min(float(share), 1.0),
            years=time_quantiles(np.cumsum(histogram), n, axes),
        )
        for number, (share, histogram) in enumerate(zip(shares, table, strict=True), start=1)
        if share >= _LEAST_REACHED or (number == 1 and share > 0.0)
    )


def component_forecast(
    component: Component,
    *,
    profile: str,
    matched: bool,
    cycle_in_use: str | None,
    tally: ComponentTally,
    n: int,
) -> ComponentForecast:
    """The figures of one component over n futures."""
    axes = tally.axes
    replaced = np.cumsum(tally.replacements[0])
    mean = tally.cost / n
    variance = max(tally.cost_squares / n - mean * mean, 0.0)
    at_grid = replaced[axes.fine_per_grid - 1 :: axes.fine_per_grid]
    in_place = np.concatenate([[1.0], np.clip(1.0 - at_grid / n, 0.0, 1.0)])
    upgrades, replacements, knock_ons = (float(count) / n for count in tally.counts)
    return ComponentForecast(
        name=component.name,
        profile=profile,
        matched=matched,
        layer=component.layer,
        first_rework_years=time_quantiles(np.cumsum(tally.first_rework), n, axes),
        replacement_years=time_quantiles(replaced, n, axes),
        half_life_years=time_at(replaced, n, 0.5, axes),
        expected_upgrades=upgrades,
        expected_replacements=replacements,
        expected_forced_replacements=tally.forced / n,
        expected_knock_ons=knock_ons,
        cost_days=day_quantiles(np.concatenate(tally.kept), mean, variance, n),
        cost_days_by_kind=by_kind(tally.cost_by_kind / n),
        unsupported_years=tally.unsupported_years / n,
        upgrades=windows(tally.upgrades, n, axes),
        replacements=windows(tally.replacements, n, axes),
        in_place_share=tuple(in_place.tolist()),
        cycle_in_use=cycle_in_use,
        is_cycle_assumed=component.cycle is None and cycle_in_use is not None,
    )


def by_kind(costs: Floats) -> dict[ReworkKind, float]:
    """Costs in the order of `KIND_ORDER` by their kind."""
    return {kind: float(cost) for kind, cost in zip(KIND_ORDER, costs, strict=True)}


def cost_fan(tally: StackTally) -> CostFan:
    """Bands of the cumulative cost over the futures kept, and its mean over all."""
    return fan_of(np.concatenate(tally.fan, axis=1), tally.cumulative / tally.n)


def fan_of(curves: NDArray[np.floating], mean: Floats) -> CostFan:
    """Bands of curves, [grid + 1, futures], point by point; the curves are sorted in place."""
    curves.sort(axis=1)

    def band(share: float) -> tuple[float, ...]:
        return tuple(quantile(curves, share).tolist())

    return CostFan(
        p10=band(0.1),
        p25=band(0.25),
        p50=band(0.5),
        p75=band(0.75),
        p90=band(0.9),
        mean=tuple(mean.tolist()),
    )


def year_costs(tally: StackTally) -> tuple[YearCost, ...]:
    """Person-days year by year: mean and bands, by kind and by component."""
    ordered = np.concatenate(tally.by_year, axis=1)
    ordered.sort(axis=1)
    low, high = quantile(ordered, 0.1), quantile(ordered, 0.9)
    kinds = sum(
        (component.cost_by_year_kind for component in tally.components),
        start=np.zeros((tally.axes.years, len(KIND_ORDER))),
    )
    return tuple(
        YearCost(
            year=year + 1,
            mean=float(kinds[year].sum()) / tally.n,
            p10=float(low[year]),
            p90=float(high[year]),
            mean_by_kind=by_kind(kinds[year] / tally.n),
            mean_by_component=tuple(
                float(component.cost_by_year_kind[year].sum()) / tally.n
                for component in tally.components
            ),
        )
        for year in range(tally.axes.years)
    )


def redone_share(tally: StackTally, weights: Floats) -> Floats:
    """[grid + 1] expected share of the initial effort redone; weights: [components], sum 1."""
    redone = np.zeros(tally.axes.grid_cells + 1)
    for weight, component in zip(weights, tally.components, strict=True):
        redone += weight * np.cumsum(component.redone) / tally.n
    return np.clip(redone, 0.0, 1.0)


def crossing(grid: Floats, curve: Floats, level: float) -> float | None:
    """Where a rising curve first reaches a level, between grid points linearly; None if never."""
    reached = np.flatnonzero(curve >= level)
    if not len(reached):
        return None
    at = int(reached[0])
    if at == 0:
        return float(grid[0])
    share = (level - curve[at - 1]) / (curve[at] - curve[at - 1])
    return float(grid[at - 1] + share * (grid[at] - grid[at - 1]))
