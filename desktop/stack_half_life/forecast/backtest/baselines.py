"""Simple forecasts to beat: the last gap again, and an exponential wait."""

from collections.abc import Sequence

import numpy as np

from stack_half_life.forecast.history import GapHistory
from stack_half_life.forecast.student import Floats


def last_gap_cdf(histories: Sequence[GapHistory], pooled_days: float, grid_days: Floats) -> Floats:
    """Certainty that the last gap repeats itself, (n, g); the pooled median without a gap.

    A gap already longer than the last is due at once.
    """
    expected = np.array(
        [
            (history.gaps_days[-1] if history.gaps_days else pooled_days)
            - (history.elapsed_days or 0.0)
            for history in histories
        ]
    )
    due: Floats = (grid_days[None, :] >= np.maximum(expected, 0.0)[:, None]).astype(float)
    return due


def exponential_cdf(
    histories: Sequence[GapHistory], pooled_days: float, grid_days: Floats
) -> Floats:
    """1 − exp(−x/mean), (n, g): mean of the gaps, the one under way and one of pooled length."""
    means = np.array(
        [
            (sum(history.gaps_days) + (history.elapsed_days or 0.0) + pooled_days)
            / (len(history.gaps_days) + 1)
            for history in histories
        ]
    )
    chance: Floats = -np.expm1(-grid_days[None, :] / np.maximum(means, 1.0)[:, None])
    return chance
