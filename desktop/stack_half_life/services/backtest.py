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
from stack_half_life.forecast.backtest.folds import cross_validated, frozen
from stack_half_life.forecast.backtest.run import run_backtest
from stack_half_life.forecast.backtest.tenure import tenure_record
from stack_half_life.store.shipped import shipped_hyperparameters
from stack_half_life.store.shipped_histories import (
    shipped_histories,
    shipped_histories_hash,
    shipped_until,
)
from stack_half_life.store.shipped_tenures import shipped_package_labels, shipped_tenures


def backtest_shipped(*, on_progress: OnProgress = ignore_progress) -> TrackRecord:
    """Shipped products, each fifth against priors and climatology of the other four."""
    histories = shipped_histories()
    return run_backtest(
        cross_validated(histories),
        shipped_hyperparameters(),
        shipped_until(histories),
        is_frozen=False,
        data_hash=shipped_histories_hash(),
        tenure=_tenure(),
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
    return run_backtest(
        frozen(products, shipped) if is_frozen else cross_validated(products),
        shipped_hyperparameters(),
        data_until,
        is_frozen=is_frozen,
        data_hash=shipped_histories_hash(),
        tenure=_tenure(),
        on_progress=on_progress,
    )


def _tenure() -> TenureRecord | None:
    """Removal from manifests, each fifth of the shipped repositories from the other four."""
    labels = shipped_package_labels()

    def label(spell: TenureSpell) -> str:
        return labels.get((spell.ecosystem, spell.package), "")

    return tenure_record(shipped_tenures(), label)
