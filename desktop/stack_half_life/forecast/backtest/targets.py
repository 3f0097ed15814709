"""What every target is made of: a grid, forecasts case by case, and one table of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.forecast.fitting.pooled import PooledCurve
from stack_half_life.forecast.scores import Outcomes
from stack_half_life.forecast.student import Floats

UNCONDITIONED = "climatology_unconditioned"
"""Climatology that does not know the days already elapsed."""

PRODUCTS_EQUAL = "climatology_products_equal"
"""Climatology in which each product weighs the same, however many spells it has."""

GRID_DAYS = np.arange(0.0, 1834.0, 7.0)
"""Weekly, from the origin to just past five years, the longest window."""
LONGEST_WAIT_DAYS = 5 * DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class Target:
    """One target: forecasts of each model, (n, g) chances on the grid, and what happened.

    `climatology` and `climatology_unconditioned` must be among the models.
    """

    name: str
    what: str
    origins: Sequence[date]
    outcomes: Outcomes
    grid_days: Floats
    cdfs: Mapping[str, Floats]

    def only(self, name: str, what: str, rows: Sequence[int]) -> "Target":
        """The same target on some of its cases."""
        index = np.array(rows, dtype=np.intp)
        return Target(
            name,
            what,
            [self.origins[row] for row in rows],
            Outcomes(
                self.outcomes.event_days[index],
                self.outcomes.window_days[index],
                self.outcomes.product[index],
            ),
            self.grid_days,
            {model: cdf[index] for model, cdf in self.cdfs.items()},
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases of one origin and fold with their forecasts, (n, g) each."""

    origin: date
    product: Sequence[int]
    event_days: Sequence[float]
    window_days: Sequence[float]
    cdfs: Mapping[str, Floats]


def joined(name: str, what: str, batches: Sequence[Batch]) -> Target | None:
    """One target of all batches; None without any case."""
    if not batches:
        return None
    return Target(
        name,
        what,
        [batch.origin for batch in batches for _ in batch.product],
        Outcomes(
            np.concatenate([np.array(batch.event_days, float) for batch in batches]),
            np.concatenate([np.array(batch.window_days, float) for batch in batches]),
            np.concatenate([np.array(batch.product, np.intp) for batch in batches]),
        ),
        GRID_DAYS,
        {
            model: np.concatenate([batch.cdfs[model] for batch in batches])
            for model in batches[0].cdfs
        },
    )


def with_curve(hyper: GapHyperparameters, curve: PooledCurve) -> GapHyperparameters:
    """The hyper-parameters with a pooled curve known at an earlier date."""
    return hyper.model_copy(
        update={
            "pooled_ages_days": tuple(curve.ages_days.tolist()),
            "pooled_survival": tuple(curve.survival_after.tolist()),
        }
    )
