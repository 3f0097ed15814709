"""How the pace of a reference class differs from what the covariates of its technologies say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.forecast.backtest.release import RELEASE_CLOCKS, ReleaseClock
from stack_half_life.forecast.fitting.covariates import support_covariates
from stack_half_life.forecast.fitting.gaps import GapTable, gap_table, linear, mean_log_gaps
from stack_half_life.forecast.history import support_durations

CLASS_PSEUDO_COUNT = 4.0
"""For how many technologies without an offset a reference class is taken to count."""


def with_class_offsets(
    hyper: GapHyperparameters, table: GapTable, pseudo_count: float = CLASS_PSEUDO_COUNT
) -> GapHyperparameters:
    """The same with an offset per reference class: mean log gap beyond what covariates say, shrunk.

    It is counted from the mean of all technologies: ended gaps alone are shorter than gaps are, and
    the prior knows that.  table: one row per technology; those without a gap are left out.
    """
    bare = hyper.model_copy(update={"class_offsets": {}})
    surprise = mean_log_gaps(table, hyper.recency) - linear(table.covariates, bare.location)
    has_gap = table.is_known.any(axis=1)
    surprise = surprise - surprise[has_gap].mean()
    offsets = {}
    for name in sorted(set(table.class_names)):
        rows = has_gap & (np.array(table.class_names) == name)
        offsets[name] = float(surprise[rows].sum() / (rows.sum() + pseudo_count))
    return hyper.model_copy(update={"class_offsets": offsets})


@dataclass(frozen=True, slots=True)
class TechnologyTables:
    """What every technology's any-cycle, breaking and support histories are, by reference class."""

    cycle: GapTable
    breaking: GapTable
    duration: GapTable


def technology_tables(technologies: Sequence[ProductHistory], data_until: date) -> TechnologyTables:
    """The histories of all technologies; a history's category is its reference class here."""
    any_cycle, breaking = RELEASE_CLOCKS
    return TechnologyTables(
        _release_table(technologies, any_cycle, data_until),
        _release_table(technologies, breaking, data_until),
        _support_table(technologies, data_until),
    )


def _release_table(
    technologies: Sequence[ProductHistory], clock: ReleaseClock, data_until: date
) -> GapTable:
    histories = [events.history(data_until) for events in clock.events(technologies, data_until)]
    return gap_table(
        [(history.gaps_days, history.elapsed_days or 0.0) for history in histories],
        [data_until] * len(technologies),
        [clock.covariates(technology.cycles, data_until) for technology in technologies],
        [technology.category for technology in technologies],
    )


def _support_table(technologies: Sequence[ProductHistory], data_until: date) -> GapTable:
    histories, covariates = [], []
    for technology in technologies:
        plain = support_durations(technology.cycles, data_until, is_lts=False)
        is_lts = not plain
        durations = plain or support_durations(technology.cycles, data_until, is_lts=True)
        histories.append((durations, 0.0))
        covariates.append(
            support_covariates(
                technology.cycles, data_until, is_lts=is_lts, durations=len(durations)
            )
        )
    return gap_table(
        histories,
        [data_until] * len(technologies),
        covariates,
        [technology.category for technology in technologies],
    )
