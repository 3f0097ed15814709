"""Fitting the hazard regression: ridge-penalised complementary log-log, by Newton's method.

Then, where it is asked for, towards least CRPS of the curves it draws.
"""

import numpy as np

from stack_half_life.domain.hyperparameters import HazardHyperparameters
from stack_half_life.forecast.fitting.hazard import SPAN_EDGES_DAYS, Spans
from stack_half_life.forecast.fitting.minimise import minimise
from stack_half_life.forecast.scores import Outcomes
from stack_half_life.forecast.student import Floats

RIDGE = 60.0
SHARPENING_RIDGE = 0.03
SCALE_DAYS = 200.0
_STEPS = 15
_STEPS_OF_SHARPENING = 60
_LARGEST_STEP = 3.0


def fit_hazard(
    spans: Spans, outcomes: Outcomes, weight: Floats, *, share: float, ridge: float = RIDGE
) -> HazardHyperparameters:
    """Coefficients of greatest penalised likelihood of what happened in each span seen whole.

    weight: (n,) of the cases, here scaled to mean 1; the penalty is on features scaled to unit
    deviation, the intercept free.  share: of the curve beside the gap law, passed on.
    """
    rows, came, days, weights = _observed(spans, outcomes, weight)
    scale = rows.std(axis=0)
    scale[scale < 1e-6] = 1.0
    rows = rows / scale
    penalty = np.full(rows.shape[1], ridge)
    free = spans.names.index("intercept")
    penalty[free] = 0.0
    beta = np.zeros(rows.shape[1])
    beta[free] = -5.0 * scale[free]
    offset = np.log(days)
    for _ in range(_STEPS):
        log_passed = np.clip(rows @ beta + offset, -12.0, 5.0)
        passed = np.exp(log_passed)
        chance = -np.expm1(-passed)
        slope = passed * np.exp(-passed)
        variance = np.maximum(chance * (1.0 - chance), 1e-9)
        gradient = rows.T @ (weights * (came - chance) * slope / variance) - penalty * beta
        curvature = (rows * (weights * slope**2 / variance)[:, None]).T @ rows
        step = np.linalg.solve(curvature + np.diag(penalty + 1e-9), gradient)
        beta = beta + np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
        if float(np.abs(step).max()) < 1e-4:
            break
    return HazardHyperparameters(
        share=share, coefficients=dict(zip(spans.names, (beta / scale).tolist(), strict=True))
    )


def sharpened(
    fitted: HazardHyperparameters,
    spans: Spans,
    outcomes: Outcomes,
    weight: Floats,
    *,
    ridge: float = SHARPENING_RIDGE,
) -> HazardHyperparameters:
    """The regression moved from greatest likelihood towards least mean CRPS.

    Likelihood judges each span alone; the score judges the curve.  weight: (n,) of the cases; the
    penalty is on how far coefficients of features scaled to unit deviation move, in units of
    `SCALE_DAYS`.
    """
    shape, width = spans.values.shape[:2], spans.values.shape[2]
    rows = spans.values.reshape(-1, width)
    scale = rows.std(axis=0)
    scale[scale < 1e-6] = 1.0
    rows = rows / scale
    origin = scale * np.array([fitted.coefficients[name] for name in spans.names])
    days = np.diff(SPAN_EDGES_DAYS)
    ends = SPAN_EDGES_DAYS[None, 1:]
    watched = np.clip(outcomes.window_days[:, None] - ends + days, 0.0, days)
    before = np.minimum(np.clip(outcomes.event_days[:, None] - ends + days, 0.0, days), watched)
    after = watched - before
    share = (weight / weight.sum() / SCALE_DAYS)[:, None]

    def value_and_gradient(beta: Floats) -> tuple[float, Floats]:
        passed = np.exp(np.clip((rows @ beta).reshape(shape), -16.0, 2.0)) * days
        stop = np.exp(-np.cumsum(passed, axis=1))
        start = np.concatenate([np.ones((len(stop), 1)), stop[:, :-1]], axis=1)
        middle, fall = 0.5 * (start + stop), start - stop
        crps = before * (1.0 - middle) ** 2 + after * middle**2 + watched * fall**2 / 12.0
        slope = after * middle - before * (1.0 - middle)
        by_stop = slope - watched * fall / 6.0
        by_stop[:, :-1] += (slope + watched * fall / 6.0)[:, 1:]
        by_passed = -np.cumsum((share * by_stop * stop)[:, ::-1], axis=1)[:, ::-1]
        away = beta - origin
        value = float((share * crps).sum()) + ridge * float(away @ away)
        return value, rows.T @ (by_passed * passed).ravel() + 2.0 * ridge * away

    beta = minimise(value_and_gradient, origin, steps=_STEPS_OF_SHARPENING, on_step=_quietly)
    return HazardHyperparameters(
        share=fitted.share,
        coefficients=dict(zip(spans.names, (beta / scale).tolist(), strict=True)),
    )


def _quietly(step: int, value: float) -> None:
    del step, value


def _observed(
    spans: Spans, outcomes: Outcomes, weight: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Spans at risk and seen whole: features, whether the event came, days, weights."""
    start, stop = SPAN_EDGES_DAYS[:-1], SPAN_EDGES_DAYS[1:]
    at_risk = (outcomes.event_days[:, None] > start) | (start == 0.0)
    seen = at_risk & (outcomes.window_days[:, None] >= stop)
    case, span = np.nonzero(seen)
    came = (outcomes.event_days[case] <= stop[span]).astype(float)
    weights = weight[case] * len(weight) / float(weight.sum())
    return spans.values[case, span], came, (stop - start)[span], weights
