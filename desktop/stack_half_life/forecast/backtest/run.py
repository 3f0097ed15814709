"""The whole backtest: targets, models, baselines, scores."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.track_record import TenureRecord, TrackRecord
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.backtest.folds import Fold
from stack_half_life.forecast.backtest.release import RELEASE_CLOCKS, release_target
from stack_half_life.forecast.backtest.summary import record_by_layer
from stack_half_life.forecast.backtest.support import support_targets


def run_backtest(
    folds: Sequence[Fold],
    data_until: date,
    *,
    is_frozen: bool,
    data_hash: str = "",
    tenure: TenureRecord | None = None,
    layers: Mapping[str, Layer] = MappingProxyType({}),
    notes: tuple[str, ...] = (),
    on_progress: OnProgress = ignore_progress,
) -> TrackRecord:
    """Release (any, breaking) and, where it is known what was known when, support.

    tenure: scored beforehand, from other facts.  notes: passed on to the reader.
    layers: of products whose layer is known.

    Raises:
        ForecastError: where no product has a release cycle by the first origins.
    """
    placed = [layers.get(product.product) for fold in folds for product in fold.judged]
    records = []
    for place, clock in enumerate(RELEASE_CLOCKS):
        on_progress(place / 3, clock.name)
        target = release_target(folds, clock, data_until)
        if target is not None:
            records.append(record_by_layer(target, placed))
    on_progress(2 / 3, "support")
    records += [record_by_layer(target, placed) for target in support_targets(folds, data_until)]
    if not records:
        raise ForecastError("no product has a release cycle early enough to test a forecast on")
    return TrackRecord(
        is_frozen=is_frozen,
        data_until=data_until,
        data_hash=data_hash,
        targets=tuple(records),
        tenure=tenure,
        notes=notes,
    )
