"""What rework costs: each event's share of the integration effort, the effort, the discount."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import Component
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.timeline import Block
from stack_half_life.forecast.simulation.variates import Floats, Lanes, bulk_variates

MOST_LOG = 50.0
"""Shares so near 1 that e^−50 is left count as whole."""


@dataclass(frozen=True, slots=True)
class Rework:
    """All rework of one component in a block of futures, future by future in order of time.

    lanes, times, kinds, shares: [k] future within the block, years, kind (0 upgrade,
        1 replacement, 2 knock-on), share of the integration effort it costs.
    is_replacing: [k] whether the technology in the slot changed.
    """

    lanes: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    shares: Floats
    is_replacing: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prices:
    """The judgements on one component, drawn once per future.

    effort_days: [n].  log_kept_breaking, log_kept_minor: [n] ln of what of the effort is kept when
    one breaking, or one other, release cycle is crossed.
    """

    effort_days: Floats
    log_kept_breaking: Floats
    log_kept_minor: Floats

    def upgrade_shares(
        self, lanes: Lanes, crossed: NDArray[np.int64], breaking: NDArray[np.int64]
    ) -> Floats:
        """1 − (1 − u)^breaking (1 − v)^(crossed − breaking), [k]."""
        minor = np.maximum(crossed - breaking, 0)
        logs = breaking * self.log_kept_breaking[lanes] + minor * self.log_kept_minor[lanes]
        shares: Floats = -np.expm1(logs)
        return shares


def draw_prices(component: Component, key: str, seed: int, block: Block) -> Prices:
    """Draw effort and shares of one component; key as in `ComponentClocks.key`."""
    variates = bulk_variates(seed, key, "prices", block.index)
    lanes = np.arange(block.n)

    def kept(pert: Pert) -> Floats:
        with np.errstate(divide="ignore"):
            logs = np.log1p(-pert.at(variates.uniform(lanes)))
        return np.maximum(logs, -MOST_LOG)

    return Prices(
        Pert.of(component.effort_days).at(variates.uniform(lanes)),
        kept(Pert.of(component.upgrade_share)),
        kept(Pert.of(component.minor_upgrade_share)),
    )


def discount(times: Floats, rate_per_year: float) -> Floats:
    """(1 + r)^−t, [k]."""
    factors: Floats = np.exp(-np.log1p(rate_per_year) * times)
    return factors
