"""What rework costs: each event's share of the integration effort, the effort; what it is worth."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import Component
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.network import Network
from stack_half_life.forecast.simulation.timeline import (
    ADAPTATION,
    KNOCKED_OUT,
    REPLACEMENT,
    Block,
    Timeline,
)
from stack_half_life.forecast.simulation.variates import Floats, Lanes, bulk_variates

MOST_LOG = 50.0
"""Shares so near 1 that e^−50 is left count as whole."""


@dataclass(frozen=True, slots=True)
class Rework:
    """All rework of one component in a block of futures, future by future in order of time.

    lanes, times, kinds: [k] future within the block, years, kind (0 upgrade, 1 replacement, of
        itself or forced by a neighbour, 2 adaptation to a neighbour).
    log_kept: [k] ln of what of the integration effort is kept, at least −`MOST_LOG`.
    costs: [k] person-days.
    forced: how many of the replacements a neighbour forced.
    """

    lanes: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    log_kept: Floats
    costs: Floats
    forced: int


@dataclass(frozen=True, slots=True)
class Prices:
    """The judgements on one component, drawn once per future.

    effort_days: [n].  log_kept_breaking, log_kept_minor: [n] ln of what of the effort is kept when
    one breaking, or one other, release cycle is crossed.
    """

    effort_days: Floats
    log_kept_breaking: Floats
    log_kept_minor: Floats

    def log_kept(self, timeline: Timeline) -> Floats:
        """Ln (1 − u)^breaking (1 − v)^(crossed − breaking) of upgrades, 0 of other events, [k]."""
        logs = self.log_kept_breaking[timeline.lanes]
        logs *= timeline.breaking
        minor = timeline.crossed - timeline.breaking
        logs += np.maximum(minor, 0, out=minor) * self.log_kept_minor[timeline.lanes]
        return logs


def priced(timeline: Timeline, prices: Prices, network: Network, block: Block) -> Rework:
    """What the events of a timeline cost: effort · share redone."""
    is_forced = timeline.kinds == KNOCKED_OUT
    kinds = np.where(is_forced, np.int8(REPLACEMENT), timeline.kinds)
    logs = prices.log_kept(timeline)
    np.maximum(logs, -MOST_LOG, out=logs)
    logs[np.flatnonzero(kinds == REPLACEMENT)] = -MOST_LOG
    adapted = np.flatnonzero(kinds == ADAPTATION)
    logs[adapted] = _log_kept(
        network.adaptation_shares(block, timeline.edges[adapted], timeline.lanes[adapted])
    )
    costs = prices.effort_days[timeline.lanes]
    costs *= np.expm1(logs)
    return Rework(
        timeline.lanes,
        timeline.times,
        kinds,
        logs,
        np.negative(costs, out=costs),
        int(np.count_nonzero(is_forced)),
    )


def present_days(rework: Rework, rate_per_year: float) -> Floats:
    """[k] person-days as money weighs them: cost · (1 + r)^−t; times the day rate, present value.

    Work itself is never discounted: `Rework.costs` are the days to be planned.
    """
    return rework.costs * np.exp(-math.log1p(rate_per_year) * rework.times)


def draw_prices(component: Component, key: str, seed: int, block: Block) -> Prices:
    """Draw effort and shares of one component; key as in `ComponentClocks.key`."""
    variates = bulk_variates(seed, key, "prices", block.index)
    lanes = np.arange(block.n)

    effort = Pert.of(component.effort_days).at(variates.uniform(lanes))
    breaking, minor = (
        _log_kept(Pert.of(share).at(variates.uniform(lanes)))
        for share in (component.upgrade_share, component.minor_upgrade_share)
    )
    return Prices(effort, breaking, minor)


def _log_kept(shares: Floats) -> Floats:
    """ln(1 − share), at least −`MOST_LOG`."""
    with np.errstate(divide="ignore"):
        logs = np.log(1.0 - shares)
    return np.maximum(logs, -MOST_LOG, out=logs)
