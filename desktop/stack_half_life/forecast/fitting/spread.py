"""How much the gaps of one technology vary, learnt from whole gaps given those before them.

The regression has nine tenths of the gap under way; all later gaps of a future are the law's. How
much they vary is therefore not fitted to the next event but to every whole gap: greatest mean log
density of ln gap ~ ȳ + σ √(1 + 1/n_e) t_{d₀+ν}, σ² = (d₀s₀² + νs²)/(d₀ + ν), products weighing
the same, over d₀, s₀² and λ.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.forecast.fitting.gaps import MOST_GAPS, SHORTEST_GAP_DAYS, weighted_moments
from stack_half_life.forecast.fitting.minimise import minimise
from stack_half_life.forecast.student import Floats, log_gamma

_STEPS = 60
_NUDGE = 1e-4
_START = (math.log(1.2), math.log(0.05), math.log(0.6 / 0.4))


@dataclass(frozen=True, slots=True)
class _WholeGaps:
    """Log gaps, (n,), the gaps before each, (n, MOST_GAPS), newest first, and weights, (n,)."""

    logs: Floats
    before: Floats
    is_known: NDArray[np.bool_]
    weight: Floats


def with_spread(
    hyper: GapHyperparameters, histories: Sequence[Sequence[float]]
) -> GapHyperparameters:
    """The hyper-parameters with the spread that products' gaps show; theirs where none does.

    histories: gaps of each product in days, newest last.
    """
    gaps = _whole_gaps(histories)
    if gaps is None:
        return hyper

    def loss(vector: Floats) -> float:
        return -float(gaps.weight @ _log_density(gaps, vector))

    def value_and_gradient(vector: Floats) -> tuple[float, Floats]:
        value = loss(vector)
        steps = _NUDGE * np.eye(len(vector))
        return value, np.array([(loss(vector + step) - value) / _NUDGE for step in steps])

    best = minimise(value_and_gradient, np.array(_START), steps=_STEPS, on_step=_ignore_step)
    degrees, variance, _ = best.tolist()
    flat = dict.fromkeys(hyper.log_variance, 0.0)
    return hyper.model_copy(
        update={
            "variance_degrees": math.exp(degrees),
            "log_variance": flat | {"intercept": variance},
        }
    )


def _whole_gaps(histories: Sequence[Sequence[float]]) -> _WholeGaps | None:
    logs, rows, weights = [], [], []
    for gaps in histories:
        known = np.log(np.maximum(np.array(gaps, float), SHORTEST_GAP_DAYS))
        for place in range(1, len(known)):
            logs.append(known[place])
            rows.append(known[max(place - MOST_GAPS, 0) : place][::-1])
            weights.append(1.0 / (len(known) - 1))
    if not rows:
        return None
    before, is_known = np.zeros((len(rows), MOST_GAPS)), np.zeros((len(rows), MOST_GAPS), bool)
    for row, values in enumerate(rows):
        before[row, : len(values)] = values
        is_known[row, : len(values)] = True
    weight = np.array(weights)
    return _WholeGaps(np.array(logs), before, is_known, weight / weight.sum())


def _log_density(gaps: _WholeGaps, vector: Floats) -> Floats:
    degrees, variance = np.exp(np.clip(vector[:2], -12.0, 6.0))
    recency = 1.0 / (1.0 + math.exp(-min(max(float(vector[2]), -12.0), 12.0)))
    mean, effective, spread = weighted_moments(gaps.before, gaps.is_known, recency)
    nu = np.maximum(effective - 1.0, 0.0)
    freedom = degrees + nu
    scale = (degrees * variance + nu * spread) / freedom * (1.0 + 1.0 / effective)
    square = (gaps.logs - mean) ** 2 / (freedom * scale)
    density: Floats = (
        log_gamma(0.5 * (freedom + 1.0))
        - log_gamma(0.5 * freedom)
        - 0.5 * np.log(np.pi * freedom * scale)
        - 0.5 * (freedom + 1.0) * np.log1p(square)
    )
    return density


def _ignore_step(step: int, value: float) -> None:
    del step, value
