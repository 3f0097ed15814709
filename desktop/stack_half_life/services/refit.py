"""Fitting the shipped hyper-parameters again from the shipped facts."""

from datetime import UTC, datetime
from pathlib import Path

from stack_half_life.domain.hyperparameters import Hyperparameters, Provenance
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.errors import CacheError
from stack_half_life.files import write_atomically
from stack_half_life.forecast.backtest.folds import kept
from stack_half_life.forecast.backtest.learning import learnt
from stack_half_life.forecast.backtest.reference_classes import (
    technology_tables,
    with_class_offsets,
)
from stack_half_life.forecast.fitting.ends import fit_end, life_spells
from stack_half_life.forecast.fitting.removal import fit_removal, spell_table
from stack_half_life.forecast.fitting.swaps import fit_swaps
from stack_half_life.store.hyperparameters_toml import hyperparameters_to_toml
from stack_half_life.store.shipped import shipped_hyperparameters
from stack_half_life.store.shipped_histories import (
    shipped_ends,
    shipped_histories,
    shipped_histories_hash,
    shipped_layers,
    shipped_technologies,
    shipped_until,
)
from stack_half_life.store.shipped_tenures import shipped_image_technologies, shipped_tenures

SWAPS_METHOD = "images of known technologies changed for others of their layer, per year at risk"


def refit_shipped(on_progress: OnProgress = ignore_progress) -> Hyperparameters:
    """All hyper-parameters from all shipped facts."""
    start = shipped_hyperparameters()
    histories = shipped_histories()
    products, until = kept(histories), shipped_until(histories)
    spells = shipped_tenures()
    lives = life_spells(products, shipped_ends(), until)
    tables = technology_tables(shipped_technologies(), until)
    method = "least mean CRPS of past forecasts; hazard regression for the gap under way"
    fitted = {
        "cycle": (method, len(products)),
        "breaking": (method, len(products)),
        "duration": ("least mean CRPS of past forecasts", len(products)),
        "support": ("counts of moved announcements and of successors at the end", len(products)),
        "removal": ("removals per year at risk; marginal likelihood", len(spells)),
        "swaps": (SWAPS_METHOD, len(spells)),
        "end": ("ends of listed products per year in view, half an end as prior", len(lives)),
    }
    today, data_hash = datetime.now(tz=UTC).date().isoformat(), shipped_histories_hash()
    hyper = learnt(products, start, until, on_progress)
    return hyper.model_copy(
        update={
            "cycle": with_class_offsets(hyper.cycle, tables.cycle),
            "breaking": with_class_offsets(hyper.breaking, tables.breaking),
            "duration": with_class_offsets(hyper.duration, tables.duration),
            "removal": fit_removal(spell_table(spells)),
            "swaps": fit_swaps(spells, shipped_image_technologies(), shipped_layers()),
            "end": fit_end(lives),
            "provenance": {
                **start.provenance,
                **{
                    clock: Provenance(method=how, fitted_on=today, n=n, data_hash=data_hash)
                    for clock, (how, n) in fitted.items()
                },
            },
        }
    )


def write_hyperparameters(hyper: Hyperparameters, path: Path) -> None:
    """Write them as TOML, in one step.

    Raises:
        CacheError: where the file cannot be written.
    """
    try:
        write_atomically(path, hyperparameters_to_toml(hyper).encode())
    except OSError as error:
        raise CacheError(f"{path}: cannot be written ({error.strerror})") from error
