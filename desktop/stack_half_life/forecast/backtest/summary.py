"""From forecasts and outcomes to scores with bootstrap intervals over products."""

from collections.abc import Mapping, Sequence

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.track_record import (
    BRIER_MONTHS,
    CLIMATOLOGY,
    INTERVALS_PERCENT,
    MODEL,
    Interval,
    ReliabilityPoint,
    Score,
    TargetRecord,
)
from stack_half_life.forecast.backtest.targets import PRODUCTS_EQUAL, UNCONDITIONED, Target
from stack_half_life.forecast.scores import (
    Outcomes,
    brier,
    cdf_at,
    crps_days,
    mean_by_product,
    pit_bounds,
    share_within,
)
from stack_half_life.forecast.student import Floats

DAYS_PER_MONTH = DAYS_PER_YEAR / 12
_RESAMPLES = 1000


LEAST_PRODUCTS = 5
"""Of a layer, for scores of its own."""


def record_by_layer(target: Target, layers: Sequence[Layer | None]) -> TargetRecord:
    """The record of a target, and of its products in each layer.

    layers: of the products by their index, None where unknown.
    """
    whole = record(target)
    places = [layers[product] for product in target.outcomes.product]
    by_layer = {}
    for layer in Layer:
        rows = [row for row, place in enumerate(places) if place is layer]
        if len(set(target.outcomes.product[rows].tolist())) >= LEAST_PRODUCTS:
            by_layer[layer] = record(target.only(target.name, target.what, rows))
    return whole.model_copy(update={"by_layer": by_layer})


def record(target: Target, seed: int = 1) -> TargetRecord:
    """Scores of every model of a target, products equal."""
    grid, outcomes = target.grid_days, target.outcomes
    crps = {
        model: mean_by_product(crps_days(cdf, grid, outcomes), outcomes.product)
        for model, cdf in target.cdfs.items()
    }
    known = np.flatnonzero(np.isfinite(crps[CLIMATOLOGY]))
    drawn = np.random.default_rng(seed).choice(known, (_RESAMPLES, len(known)))
    return TargetRecord(
        target=target.name,
        what=target.what,
        first_origin=min(target.origins),
        last_origin=max(target.origins),
        scores={
            model: _score(cdf, grid, outcomes, crps[model], crps, known, drawn)
            for model, cdf in target.cdfs.items()
        },
        reliability=_reliability(target.cdfs[MODEL], grid, outcomes),
    )


def interval_of_means(values: Floats, seed: int = 1) -> Interval:
    """The 90 % bootstrap interval of the mean of so many products' or repositories' values."""
    drawn = np.random.default_rng(seed).choice(len(values), (_RESAMPLES, len(values)))
    return _interval(values[drawn].mean(axis=1))


def _score(
    cdf: Floats,
    grid: Floats,
    outcomes: Outcomes,
    own: Floats,
    crps: Mapping[str, Floats],
    known: np.ndarray[tuple[int], np.dtype[np.intp]],
    drawn: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
) -> Score:
    low, high = pit_bounds(cdf, grid, outcomes)
    means = own[drawn].mean(axis=1)
    baseline = crps[CLIMATOLOGY]
    return Score(
        crps_days=float(own[known].mean()),
        crps_interval_days=_interval(means),
        skill_vs_climatology=float(1.0 - own[known].mean() / baseline[known].mean()),
        skill_interval=_interval(1.0 - means / baseline[drawn].mean(axis=1)),
        skill_vs={
            name: float(1.0 - own[known].mean() / crps[name][known].mean())
            for name in (UNCONDITIONED, PRODUCTS_EQUAL)
        },
        brier_by_months={
            months: _mean(brier(cdf, grid, outcomes, months * DAYS_PER_MONTH), outcomes)
            for months in BRIER_MONTHS
        },
        coverage_by_percent={
            percent: _mean(
                share_within(low, high, 0.5 - percent / 200, 0.5 + percent / 200), outcomes
            )
            or 0.0
            for percent in INTERVALS_PERCENT
        },
        pit_deciles=tuple(
            round(_mean(share_within(low, high, k / 10, (k + 1) / 10), outcomes) or 0.0, 4)
            for k in range(10)
        ),
        n=len(cdf),
        products=len(known),
    )


def _mean(values: Floats, outcomes: Outcomes) -> float | None:
    """Mean over products of the means of their cases, None without any."""
    means = mean_by_product(values, outcomes.product)
    known = np.isfinite(means)
    return float(means[known].mean()) if known.any() else None


def _interval(samples: Floats) -> Interval:
    low, high = np.quantile(samples, (0.05, 0.95))
    return Interval(low=float(low), high=float(high))


def _reliability(
    cdf: Floats, grid: Floats, outcomes: Outcomes, bins: int = 10
) -> tuple[ReliabilityPoint, ...]:
    """P(event within so many months), in tenths, against how often it came."""
    points = []
    for months in BRIER_MONTHS:
        days = months * DAYS_PER_MONTH
        seen = outcomes.window_days >= days
        chance = cdf_at(cdf, grid, np.full(len(cdf), days))[seen]
        came = (outcomes.event_days[seen] <= days).astype(float)
        place = np.minimum((chance * bins).astype(int), bins - 1)
        points += [
            ReliabilityPoint(
                months=months,
                forecast=float(chance[place == k].mean()),
                observed=float(came[place == k].mean()),
                n=int((place == k).sum()),
            )
            for k in range(bins)
            if (place == k).any()
        ]
    return tuple(points)
