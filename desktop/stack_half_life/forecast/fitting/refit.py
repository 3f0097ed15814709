"""Fitting the hyper-parameters of a gap clock: least mean CRPS over past forecasts.

The gradient runs in two stages: how each case's score answers to the figures of its law (one more
forward pass per figure), and how those figures answer to the hyper-parameters (cheap).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.forecast.fitting.gaps import (
    GapTable,
    LawFigures,
    law_figures,
    survival_of_gaps,
)
from stack_half_life.forecast.fitting.minimise import minimise
from stack_half_life.forecast.laws import EmpiricalPart
from stack_half_life.forecast.scores import Outcomes, crps_days
from stack_half_life.forecast.student import Floats

FIT_GRID_DAYS = np.unique(
    np.concatenate(
        [np.arange(0.0, 420.0, 14.0), np.arange(420.0, 840.0, 35.0), np.geomspace(840, 1834, 14)]
    )
)
SCALE_DAYS = 200.0
RIDGE = 0.002
_NUDGE = 1e-4
_TABLES = ("location", "log_variance", "lomax_logit", "never_logit", "pooled_logit")
_LOGARITHMS = ("location_variance", "variance_degrees")
_SPREAD = ("log_variance.", "variance_degrees")

_FIGURES = tuple(field.name for field in fields(LawFigures))


@dataclass(frozen=True, slots=True)
class FitCases:
    """Past forecasts to learn from; weight (n,) sums to 1."""

    table: GapTable
    outcomes: Outcomes
    weight: Floats


def product_weights(outcomes: Outcomes) -> Floats:
    """Weights of cases that make products equal, summing to 1, (n,)."""
    counts = np.bincount(outcomes.product)
    weights = 1.0 / counts[outcomes.product]
    total: Floats = weights / weights.sum()
    return total


def refit(
    cases: FitCases,
    start: GapHyperparameters,
    *,
    is_spread_known: bool = False,
    steps: int = 40,
    on_progress: OnProgress = ignore_progress,
) -> GapHyperparameters:
    """Hyper-parameters of least mean CRPS; coefficients exist where `start` has them.

    is_spread_known: whether the spread stays as `start` has it.
    """
    ages = cases.table.elapsed_days[:, None] + FIT_GRID_DAYS[None, :]
    pooled = EmpiricalPart(1.0, start.pooled_ages_days, start.pooled_survival).survival(ages)
    origin = to_vector(start)
    names = _names(start)
    is_shrunk = np.array([not name.endswith("intercept") for name in names], float)
    fitted = [
        index
        for index, name in enumerate(names)
        if not (is_spread_known and name.startswith(_SPREAD))
    ]

    def value_and_gradient(vector: Floats) -> tuple[float, Floats]:
        hyper = from_vector(vector, start)
        figures = law_figures(cases.table, hyper)
        scores = _scores(figures, pooled, ages, cases)
        slopes = {
            name: (_scores(_nudged(figures, name), pooled, ages, cases) - scores)
            * (cases.weight / SCALE_DAYS)
            / _size(figures, name)
            for name in _FIGURES
        }
        gradient = np.zeros_like(vector)
        for index in fitted:
            moved = vector.copy()
            moved[index] += _NUDGE
            there = law_figures(cases.table, from_vector(moved, start))
            gradient[index] = sum(
                float(slopes[name] @ (getattr(there, name) - getattr(figures, name)))
                for name in _FIGURES
            )
        gradient /= _NUDGE
        away = (vector - origin) * is_shrunk
        value = float(cases.weight @ scores) / SCALE_DAYS + RIDGE * float(away @ away)
        return value, gradient + 2.0 * RIDGE * away

    best = minimise(
        value_and_gradient,
        origin,
        steps=steps,
        on_step=lambda step, value: on_progress(step / steps, f"fitting: {value:.5f}"),
    )
    return from_vector(best, start)


def neutral(like: GapHyperparameters) -> GapHyperparameters:
    """The same clock without any fitted effect, to which coefficients are shrunk."""
    tables = {
        table: {
            name: value if name == "intercept" else 0.0
            for name, value in getattr(like, table).items()
        }
        for table in _TABLES
    }
    return like.model_copy(
        update={
            **tables,
            "location_variance": 0.7,
            "variance_degrees": 1.2,
            "recency": 0.6,
            "log_lomax_scale": 0.2,
            "under_way": None,
        }
    )


def to_vector(hyper: GapHyperparameters) -> Floats:
    """The figures to fit, on unbounded scales, (figures,)."""
    values: list[float] = []
    for table in _TABLES:
        values += getattr(hyper, table).values()
    values += [float(np.log(getattr(hyper, name))) for name in _LOGARITHMS]
    values += [float(np.log(hyper.recency / (1.0 - hyper.recency))), hyper.log_lomax_scale]
    return np.array(values)


def from_vector(vector: Floats, like: GapHyperparameters) -> GapHyperparameters:
    """The hyper-parameters a vector stands for; names, classes and curve are those of `like`."""
    values = iter(np.clip(vector, -40.0, 40.0).tolist())
    update: dict[str, object] = {
        table: {name: next(values) for name in getattr(like, table)} for table in _TABLES
    }
    update |= {name: float(np.exp(next(values))) for name in _LOGARITHMS}
    update["recency"] = float(1.0 / (1.0 + np.exp(-next(values))))
    update["log_lomax_scale"] = next(values)
    return like.model_copy(update=update)


def _names(hyper: GapHyperparameters) -> Sequence[str]:
    names = [f"{table}.{name}" for table in _TABLES for name in getattr(hyper, table)]
    return [*names, *_LOGARITHMS, "recency", "log_lomax_scale"]


def _scores(figures: LawFigures, pooled: Floats, ages: Floats, cases: FitCases) -> Floats:
    survival = survival_of_gaps(figures, pooled, ages)
    left = survival / np.maximum(survival[:, :1], 1e-300)
    return crps_days(1.0 - left, FIT_GRID_DAYS, cases.outcomes)


def _nudged(figures: LawFigures, name: str) -> LawFigures:
    values = {other: getattr(figures, other) for other in _FIGURES}
    values[name] = values[name] + _size(figures, name)
    return LawFigures(**values)


def _size(figures: LawFigures, name: str) -> Floats:
    value: Floats = getattr(figures, name)
    return _NUDGE * np.maximum(np.abs(value), 1e-2)
