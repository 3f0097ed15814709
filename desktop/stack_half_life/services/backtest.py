"""How forecasts made in the past would have done, on shipped or on given release cycles."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from stack_half_life.domain.facts import TenureSpell
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.track_record import TenureRecord, TrackRecord
from stack_half_life.errors import ForecastError
from stack_half_life.evidence.endoflife.cycles_table import (
    last_day_known,
    read_cycles_table,
    with_vintages,
)
from stack_half_life.evidence.tenures_table import read_tenures_table
from stack_half_life.forecast.backtest.folds import also_shipped, cross_validated, frozen
from stack_half_life.forecast.backtest.learning import relearnt
from stack_half_life.forecast.backtest.run import run_backtest
from stack_half_life.forecast.backtest.tenure import TENURE_ORIGINS, tenure_record
from stack_half_life.store.shipped import shipped_hyperparameters
from stack_half_life.store.shipped_histories import (
    shipped_histories,
    shipped_histories_hash,
    shipped_layers,
    shipped_until,
)
from stack_half_life.store.shipped_tenures import shipped_package_labels, shipped_tenures

_NOT_UNSEEN = (
    "{known} of the {count} products are shipped too: hyper-parameters, priors and baselines were "
    "learnt from them, so these figures are not those of unseen products."
)

_NOT_UNSEEN_REPOSITORIES = (
    "{known} of the {count} repositories are shipped too: the hyper-parameters were learnt from "
    "them, so these figures are not those of unseen repositories."
)

_LEARNT_FROM_ALL = (
    "The shipped hyper-parameters were learnt from all shipped products, also those forecast here, "
    "so these figures are a little too good; those of unseen products come from learning anew for "
    "each fifth from the other four (some minutes)."
)
_RELEARNT = "Hyper-parameters were learnt for each fifth from the other four alone."


def backtest_shipped(
    *, is_relearnt: bool = False, on_progress: OnProgress = ignore_progress
) -> TrackRecord:
    """Shipped products, each fifth against climatology of the other four.

    is_relearnt: also learn the hyper-parameters anew for each fifth from the other four.
    """
    histories = shipped_histories()
    until = shipped_until(histories)
    folds = cross_validated(histories, shipped_hyperparameters())
    if is_relearnt:
        folds = relearnt(folds, until, on_progress)
    return run_backtest(
        folds,
        until,
        notes=(_RELEARNT if is_relearnt else _LEARNT_FROM_ALL,),
        is_frozen=False,
        data_hash=shipped_histories_hash(),
        tenure=_tenure(),
        layers=shipped_layers(),
        on_progress=on_progress,
    )


def backtest_file(
    cycles: Path,
    vintages: Path | None = None,
    *,
    is_frozen: bool = False,
    until: date | None = None,
    on_progress: OnProgress = ignore_progress,
) -> TrackRecord:
    """Products of a cycles table; the support target needs a vintages table.

    is_frozen: priors and baselines come from the shipped products; else from the file's own, each
    fifth against the other four.  until: end of the data, by default the last day it speaks of.

    Raises:
        EvidenceError: where a table cannot be read.
        ForecastError: where it has nothing to forecast.
    """
    today = datetime.now(tz=UTC).date()
    products = read_cycles_table(cycles, today)
    data_until = until or last_day_known(products, today)
    if vintages is not None:
        products = with_vintages(products, vintages, today)
    shipped = shipped_histories() if is_frozen else ()
    known = also_shipped(products, shipped)
    hyper = shipped_hyperparameters()
    return run_backtest(
        frozen(products, shipped, hyper) if is_frozen else cross_validated(products, hyper),
        data_until,
        is_frozen=is_frozen,
        notes=(_NOT_UNSEEN.format(known=known, count=len(products)),) if known else (),
        data_hash=shipped_histories_hash(),
        tenure=_tenure(),
        layers=shipped_layers(),
        on_progress=on_progress,
    )


def backtest_tenures(path: Path, *, is_frozen: bool = False) -> TrackRecord:
    """The tenure target alone, on the spells of a tenures table.

    is_frozen: hyper-parameters are the shipped ones, packages' own multipliers and the constants
    come from the shipped repositories as known at each origin; else from the file's own, each
    fifth of its repositories against the other four.

    Raises:
        EvidenceError: where the table cannot be read.
        ForecastError: where no dependency was in view for two years after an origin.
    """
    judged = read_tenures_table(path)
    shipped = shipped_tenures() if is_frozen else ()
    names = {spell.repository for spell in judged}
    known = len(names & {spell.repository for spell in shipped})
    if known == len(names):
        raise ForecastError(f"{path}: all its repositories are shipped: none is left to judge")
    record = (
        tenure_record(shipped, _label(), judged, shipped_hyperparameters().removal)
        if is_frozen
        else tenure_record(judged, _label())
    )
    if record is None:
        origins = ", ".join(day.isoformat() for day in TENURE_ORIGINS)
        raise ForecastError(
            f"{path}: no dependency was there on {origins} and observed for two years after"
        )
    return TrackRecord(
        is_frozen=is_frozen,
        data_until=max(spell.observed_until for spell in judged),
        data_hash=shipped_histories_hash(),
        targets=(),
        tenure=record,
        notes=(_NOT_UNSEEN_REPOSITORIES.format(known=known, count=len(names)),) if known else (),
    )


def _tenure() -> TenureRecord | None:
    """Removal from manifests, each fifth of the shipped repositories from the other four."""
    return tenure_record(shipped_tenures(), _label())


def _label() -> Callable[[TenureSpell], str]:
    labels = shipped_package_labels()
    return lambda spell: labels.get((spell.ecosystem, spell.package), "")
