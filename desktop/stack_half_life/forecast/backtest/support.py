"""Past forecasts of the end of support of cycles alive at an origin, from what was known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.track_record import CLIMATOLOGY, MODEL
from stack_half_life.forecast.backtest.folds import Fold
from stack_half_life.forecast.backtest.release import RELEASE_CLOCKS, known_spells
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
from stack_half_life.forecast.fitting.clocks import cycle_law_of
from stack_half_life.forecast.fitting.pooled import Spells, kaplan_meier, spells_of
from stack_half_life.forecast.fitting.support import cycle_support_of, support_law_of
from stack_half_life.forecast.history import released_on, support_ends_on
from stack_half_life.forecast.student import Floats
from stack_half_life.forecast.support_left import support_cdf


@dataclass(frozen=True, slots=True)
class SupportCase:
    """One forecast: a cycle that was listed as supported at an origin, and when support ended.

    listed: the product's cycles as they were listed then.
    event_days: to the end of support as known at the end of the data (0 where it had passed
    unnoticed), inf where not seen.
    """

    product: int
    origin: date
    cycle: ReleaseCycle
    listed: tuple[ReleaseCycle, ...]
    elapsed_days: float
    event_days: float
    window_days: float


def support_origins() -> tuple[date, ...]:
    """Each 1 January from 2022 to 2025."""
    return tuple(date(year, 1, 1) for year in range(2022, 2026))


def support_cases(histories: Sequence[ProductHistory], data_until: date) -> list[SupportCase]:
    """All cases, by origin; cycles whose end is known to have come but not when are left out."""
    cases = []
    truths_of = [_Truths(product.cycles) for product in histories]
    for origin in support_origins():
        window = min(float((data_until - origin).days), LONGEST_WAIT_DAYS)
        for index, (product, truths) in enumerate(zip(histories, truths_of, strict=True)):
            listed = product.known_on.get(origin, ())
            for cycle in listed:
                elapsed = days_in_support(cycle, origin)
                if elapsed is None or elapsed > LONGEST_WAIT_DAYS or window <= 0.0:
                    continue
                days = truths.days_to_end(cycle, origin)
                if days is not None:
                    cases.append(SupportCase(index, origin, cycle, listed, elapsed, days, window))
    return cases


def days_in_support(cycle: ReleaseCycle, origin: date) -> float | None:
    """Days since release of a cycle that is listed as supported at an origin; else None."""
    start, end = released_on(cycle), support_ends_on(cycle)
    if start is None or start > origin or cycle.support is SupportState.ENDED_DATE_UNKNOWN:
        return None
    if end is not None and end <= origin:
        return None
    return float((origin - start).days)


def support_spells(listed: Sequence[ReleaseCycle], origin: date) -> list[tuple[float, bool]]:
    """Support of listed cycles in days: ended or announced, else supported until the origin."""
    spells = []
    for cycle in listed:
        start, end = released_on(cycle), support_ends_on(cycle)
        if start is None or start > origin:
            continue
        if end is not None and end > start:
            spells.append((float((end - start).days), True))
        elif end is None and cycle.support is SupportState.SUPPORTED:
            spells.append((float((origin - start).days), False))
    return spells


def known_support_spells(histories: Sequence[ProductHistory], origin: date) -> Spells:
    """The support of all products as listed at an origin, for climatology."""
    return spells_of(
        support_spells(product.known_on.get(origin, ()), origin) for product in histories
    )


def support_targets(folds: Sequence[Fold], data_until: date) -> list[Target]:
    """Forecasts of all listed cycles at all origins; and apart, announced ends and the others."""
    batches: list[Batch] = []
    is_announced: list[bool] = []
    offset = 0
    for fold in folds:
        cases = support_cases(fold.judged, data_until)
        for origin, group in groupby(cases, key=lambda case: case.origin):
            members = list(group)
            batches.append(_batch(members, fold, _known_at(fold.pool, fold.hyper, origin), offset))
            is_announced += [case.cycle.support_ends_on is not None for case in members]
        offset += len(fold.judged)
    whole = joined("support", "days to the end of support of cycles alive", batches)
    if whole is None:
        return []
    rows = range(len(is_announced))
    targets = [whole]
    for name, what, wanted in (
        ("support_announced", "the same, where an end date was announced", True),
        ("support_unannounced", "the same, where none was", False),
    ):
        chosen = [row for row in rows if is_announced[row] is wanted]
        if chosen:
            targets.append(whole.only(name, what, chosen))
    return targets


@dataclass(frozen=True, slots=True)
class _Known:
    """What the pool says at an origin: hyper-parameters with its curves, and climatology."""

    hyper: Hyperparameters
    durations: Spells


def _known_at(pool: Sequence[ProductHistory], hyper: Hyperparameters, origin: date) -> _Known:
    durations = known_support_spells(pool, origin)
    any_cycle, _ = RELEASE_CLOCKS
    gaps = known_spells(any_cycle.events(pool, origin), origin)
    update = {
        "cycle": with_curve(hyper.cycle, kaplan_meier(gaps.equal)),
        "duration": with_curve(hyper.duration, kaplan_meier(durations.equal)),
    }
    return _Known(hyper.model_copy(update=update), durations)


def _batch(cases: Sequence[SupportCase], fold: Fold, known: _Known, offset: int) -> Batch:
    origin, curve = cases[0].origin, kaplan_meier(known.durations.equal)
    elapsed = np.array([case.elapsed_days for case in cases])
    shape = (len(cases), len(GRID_DAYS))
    return Batch(
        origin,
        [offset + case.product for case in cases],
        [case.event_days for case in cases],
        [case.window_days for case in cases],
        {
            MODEL: np.array([_forecast(case, fold, known.hyper) for case in cases]),
            CLIMATOLOGY: curve.cdf_given(elapsed, GRID_DAYS),
            PRODUCTS_EQUAL: kaplan_meier(known.durations).cdf_given(elapsed, GRID_DAYS),
            UNCONDITIONED: np.broadcast_to(1.0 - curve.survival(GRID_DAYS), shape),
        },
    )


def _forecast(case: SupportCase, fold: Fold, hyper: Hyperparameters) -> Floats:
    category, listed = fold.judged[case.product].category, case.listed
    return support_cdf(
        cycle_support_of(listed, category, hyper, case.origin, case.cycle),
        support_law_of(listed, category, hyper, case.origin, is_lts=case.cycle.is_lts),
        cycle_law_of(listed, category, hyper, case.origin),
        GRID_DAYS,
    )


class _Truths:
    """Where the cycles of a product ended, found by name or else by an unshared release date."""

    def __init__(self, cycles: Sequence[ReleaseCycle]) -> None:
        self._by_name = {cycle.cycle: cycle for cycle in cycles}
        self._by_release: dict[date, ReleaseCycle | None] = {}
        for cycle in cycles:
            day = released_on(cycle)
            if day is not None:
                self._by_release[day] = None if day in self._by_release else cycle

    def days_to_end(self, listed: ReleaseCycle, origin: date) -> float | None:
        """Days from the origin to the end of support; inf: still supported; None: unknown."""
        day = released_on(listed)
        truth = self._by_name.get(listed.cycle)
        if truth is None and day is not None:
            truth = self._by_release.get(day)
        if truth is None:
            return None
        end = support_ends_on(truth)
        if end is not None:
            return float(max((end - origin).days, 0))
        return np.inf if truth.support is SupportState.SUPPORTED else None
