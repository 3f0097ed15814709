"""How forecasts made in the past would have done, on shipped or on given release cycles."""

from datetime import UTC, date, datetime
from pathlib import Path

from stack_half_life.domain.facts import TenureSpell
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.track_record import TenureRecord, TrackRecord
from stack_half_life.evidence.endoflife.cycles_table import (
    last_day_known,
    read_cycles_table,
    with_vintages,
)
from stack_half_life.forecast.backtest.folds import also_shipped, cross_validated, frozen
from stack_half_life.forecast.backtest.learning import relearnt
from stack_half_life.forecast.backtest.run import run_backtest
from stack_half_life.forecast.backtest.tenure import tenure_record
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


_LEARNT_FROM_ALL = (
    "The shipped hyper-parameters were learnt from all shipped products, also those forecast here: "
    "for figures of unseen products let each fifth do without itself (--relearn, some minutes)."
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


def _tenure() -> TenureRecord | None:
    """Removal from manifests, each fifth of the shipped repositories from the other four."""
    labels = shipped_package_labels()

    def label(spell: TenureSpell) -> str:
        return labels.get((spell.ecosystem, spell.package), "")

    return tenure_record(shipped_tenures(), label)
