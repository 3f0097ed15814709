"""Past forecasts of the next release cycle, any or breaking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import GapHyperparameters, Hyperparameters
from stack_half_life.domain.track_record import CLIMATOLOGY, EXPONENTIAL, LAST_GAP, MODEL
from stack_half_life.forecast.backtest.baselines import exponential_cdf, last_gap_cdf
from stack_half_life.forecast.backtest.folds import Fold
from stack_half_life.forecast.backtest.targets import (
    GRID_DAYS,
    LONGEST_WAIT_DAYS,
    PRODUCTS_EQUAL,
    UNCONDITIONED,
    Batch,
    Target,
    joined,
    with_curve,
)
from stack_half_life.forecast.fitting.covariates import breaking_covariates, cycle_covariates
from stack_half_life.forecast.fitting.gap_law import survival_left
from stack_half_life.forecast.fitting.gaps import GapTable, gap_table
from stack_half_life.forecast.fitting.pooled import Spells, kaplan_meier, spells_of
from stack_half_life.forecast.history import (
    GapHistory,
    any_cycle_dates,
    breaking_cycle_dates,
    gap_history,
    starts_late,
)
from stack_half_life.forecast.student import Floats


@dataclass(frozen=True, slots=True)
class Events:
    """Sorted dates of a product's events; is_first_late: as in `gap_history`."""

    dates: tuple[date, ...]
    is_first_late: bool = False

    def history(self, origin: date) -> GapHistory:
        """What was known of them at an origin."""
        known = [day for day in self.dates if day <= origin]
        return gap_history(known, origin, is_first_late=self.is_first_late)


@dataclass(frozen=True, slots=True)
class ReleaseClock:
    """One of the two release clocks: its events, covariates and hyper-parameters.

    may_start_late: whether `starts_late` bears on it.  is_sharpened: whether its regression is
    moved towards least CRPS (for majors that overfits: their events are too few).
    """

    name: str
    what: str
    event_dates: Callable[[Sequence[ReleaseCycle], date], tuple[date, ...]]
    covariates: Callable[[Sequence[ReleaseCycle], date], Floats]
    hyper: Callable[[Hyperparameters], GapHyperparameters]
    may_start_late: bool
    is_sharpened: bool

    def events(self, products: Sequence[ProductHistory], data_until: date) -> list[Events]:
        """The events of some products."""
        return [
            Events(
                self.event_dates(product.cycles, data_until),
                self.may_start_late and starts_late(product.cycles),
            )
            for product in products
        ]


RELEASE_CLOCKS = (
    ReleaseClock(
        "release_any",
        "days to the next release cycle of any kind",
        any_cycle_dates,
        cycle_covariates,
        lambda hyper: hyper.cycle,
        may_start_late=False,
        is_sharpened=True,
    ),
    ReleaseClock(
        "release_major",
        "days to the next release cycle with a new leading integer",
        breaking_cycle_dates,
        breaking_covariates,
        lambda hyper: hyper.breaking,
        may_start_late=True,
        is_sharpened=False,
    ),
)


@dataclass(frozen=True, slots=True)
class ReleaseCase:
    """One forecast: a product at an origin, what was known, and what came.

    product: its place among the products.  event_days: from the origin to the next event, inf
    where none was seen.
    """

    product: int
    origin: date
    history: GapHistory
    event_days: float
    window_days: float


def release_origins() -> tuple[date, ...]:
    """Every half year from January 2016 to July 2025."""
    return tuple(date(year, month, 1) for year in range(2016, 2026) for month in (1, 7))


def release_cases(events_of: Sequence[Events], data_until: date) -> list[ReleaseCase]:
    """All cases, by origin: an event by then, at most five years ago, and a window left."""
    cases = []
    for origin in release_origins():
        window = min(float((data_until - origin).days), LONGEST_WAIT_DAYS)
        if window <= 0.0:
            continue
        for product, events in enumerate(events_of):
            history = events.history(origin)
            if history.elapsed_days is None or history.elapsed_days > LONGEST_WAIT_DAYS:
                continue
            coming = next((day for day in events.dates if day > origin), None)
            days = float((coming - origin).days) if coming is not None else np.inf
            cases.append(ReleaseCase(product, origin, history, days, window))
    return cases


def known_spells(events_of: Sequence[Events], origin: date) -> Spells:
    """All gaps known at an origin, ended and under way, of products seen in the last five years."""
    technologies = []
    for events in events_of:
        history = events.history(origin)
        if history.elapsed_days is not None and history.elapsed_days <= LONGEST_WAIT_DAYS:
            ended = [(gap, True) for gap in history.gaps_days]
            technologies.append([*ended, (history.elapsed_days, False)])
    return spells_of(technologies)


def release_target(folds: Sequence[Fold], clock: ReleaseClock, data_until: date) -> Target | None:
    """Forecasts of all products at all origins; None where there is nothing to forecast."""
    batches: list[Batch] = []
    offset = 0
    for fold in folds:
        pool = clock.events(fold.pool, data_until)
        cases = release_cases(clock.events(fold.judged, data_until), data_until)
        for origin, group in groupby(cases, key=lambda case: case.origin):
            spells = known_spells(pool, origin)
            batches.append(
                _batch(list(group), fold.judged, clock, clock.hyper(fold.hyper), spells, offset)
            )
        offset += len(fold.judged)
    return joined(clock.name, clock.what, batches)


def case_table(
    cases: Sequence[ReleaseCase], products: Sequence[ProductHistory], clock: ReleaseClock
) -> GapTable:
    """What the law needs to know of each case."""
    return gap_table(
        [(case.history.gaps_days, case.history.elapsed_days or 0.0) for case in cases],
        [case.origin for case in cases],
        [clock.covariates(products[case.product].cycles, case.origin) for case in cases],
        [products[case.product].category for case in cases],
    )


def _batch(
    cases: Sequence[ReleaseCase],
    products: Sequence[ProductHistory],
    clock: ReleaseClock,
    hyper: GapHyperparameters,
    spells: Spells,
    offset: int,
) -> Batch:
    curve = kaplan_meier(spells.equal)
    table = case_table(cases, products, clock)
    survival = survival_left(table, with_curve(hyper, curve), GRID_DAYS)
    histories = [case.history for case in cases]
    unconditioned = np.broadcast_to(1.0 - curve.survival(GRID_DAYS), survival.shape)
    return Batch(
        cases[0].origin,
        [offset + case.product for case in cases],
        [case.event_days for case in cases],
        [case.window_days for case in cases],
        {
            MODEL: 1.0 - survival,
            CLIMATOLOGY: curve.cdf_given(table.elapsed_days, GRID_DAYS),
            UNCONDITIONED: unconditioned,
            PRODUCTS_EQUAL: kaplan_meier(spells).cdf_given(table.elapsed_days, GRID_DAYS),
            LAST_GAP: last_gap_cdf(histories, curve.median_days, GRID_DAYS),
            EXPONENTIAL: exponential_cdf(histories, curve.median_days, GRID_DAYS),
        },
    )
