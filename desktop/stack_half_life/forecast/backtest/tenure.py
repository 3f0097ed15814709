"""Past forecasts of removal from manifests, for repositories that nothing was learnt from.

Target: of the dependencies in a held-out repository at an origin, which are removed within 24
months.  Removal is not replacement.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import TenureSpell
from stack_half_life.domain.hyperparameters import RemovalHyperparameters
from stack_half_life.domain.stack import ProductKind, kind_of_repository
from stack_half_life.domain.track_record import MODEL, TenureRecord, TenureScore
from stack_half_life.forecast.backtest.summary import interval_of_means
from stack_half_life.forecast.fitting.removal import (
    band_exposure,
    fit_removal,
    package_key,
    spell_table,
)
from stack_half_life.forecast.laws import gamma_mixed_survival
from stack_half_life.forecast.scores import mean_by_product
from stack_half_life.forecast.student import Floats

TENURE_ORIGINS = (date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1))
HORIZON_YEARS = 2.0
HORIZON = timedelta(days=730)
FOLDS = 5
CONSTANT = "constant"
LAYER_CONSTANT = "layer_constant"
TENURE_CURVE = "tenure_curve_only"

LayerOf = Callable[[TenureSpell], str]


@dataclass(frozen=True, slots=True)
class _Cases:
    """Spells at risk at an origin, and whether each was removed within the horizon."""

    spells: Sequence[TenureSpell]
    origin: date

    @property
    def tenure_years(self) -> Floats:
        return np.array([years_between(spell.added_on, self.origin) for spell in self.spells])

    @property
    def removed(self) -> Floats:
        until = self.origin + HORIZON
        return np.array(
            [float(s.removed_on is not None and s.removed_on <= until) for s in self.spells]
        )


def tenure_record(
    spells: Sequence[TenureSpell],
    layer_of: LayerOf,
    judged: Sequence[TenureSpell] | None = None,
    hyper: RemovalHyperparameters | None = None,
) -> TenureRecord | None:
    """Scores at all origins; None where no repository can be judged.

    judged: spells of other repositories, forecast from all of `spells`; else each fifth of the
    repositories of `spells` is forecast from the other four.  hyper: frozen hyper-parameters;
    else they are fitted at each origin.  Packages' own multipliers and the constants always come
    from what was known of `spells` then.
    """
    chances: dict[str, list[Floats]] = {}
    outcomes: list[Floats] = []
    names: list[str] = []
    origins: list[date] = []
    for train, test in _folds(spells, judged):
        for origin in TENURE_ORIGINS:
            cases = _at_risk(test, origin)
            if not cases.spells:
                continue
            for model, chance in _forecasts(train, cases, layer_of, hyper).items():
                chances.setdefault(model, []).append(chance)
            outcomes.append(cases.removed)
            names += [spell.repository for spell in cases.spells]
            origins.append(origin)
    if not outcomes:
        return None
    removed = np.concatenate(outcomes)
    _, repository = np.unique(names, return_inverse=True)
    return TenureRecord(
        first_origin=min(origins),
        last_origin=max(origins),
        scores={
            model: _score(np.concatenate(parts), removed, repository.astype(np.intp))
            for model, parts in chances.items()
        },
    )


def _folds(
    spells: Sequence[TenureSpell], judged: Sequence[TenureSpell] | None
) -> list[tuple[list[TenureSpell], list[TenureSpell]]]:
    if judged is not None:
        names = {spell.repository for spell in judged}
        return [([spell for spell in spells if spell.repository not in names], list(judged))]
    place = {s.repository: zlib.crc32(s.repository.encode()) % FOLDS for s in spells}
    return [
        (
            [spell for spell in spells if place[spell.repository] != fold],
            [spell for spell in spells if place[spell.repository] == fold],
        )
        for fold in range(FOLDS)
    ]


def _at_risk(spells: Sequence[TenureSpell], origin: date) -> _Cases:
    return _Cases(
        [
            spell
            for spell in spells
            if spell.added_on <= origin
            and (spell.removed_on is None or spell.removed_on > origin)
            and spell.observed_until >= origin + HORIZON
        ],
        origin,
    )


def _forecasts(
    train: Sequence[TenureSpell],
    cases: _Cases,
    layer_of: LayerOf,
    frozen: RemovalHyperparameters | None,
) -> Mapping[str, Floats]:
    """P(removed within the horizon) by each model, (n,) each."""
    table = spell_table(train, cases.origin)
    hyper = frozen or fit_removal(table)
    expected = table.exposure_years @ np.array(hyper.hazards_per_year)
    seen = np.bincount(table.package, table.removed, minlength=len(table.packages))
    due = np.bincount(table.package, expected, minlength=len(table.packages))
    known = {key: (seen[k], due[k]) for k, key in enumerate(table.packages)}
    rates = _layer_rates(train, cases.origin, layer_of)
    overall = float(table.removed.sum()) / float(table.exposure_years.sum())
    by_layer = np.array([rates.get(layer_of(spell), overall) for spell in cases.spells])
    return {
        MODEL: _by_law(cases, hyper, known),
        LAYER_CONSTANT: 1.0 - np.exp(-by_layer * HORIZON_YEARS),
        CONSTANT: np.full(len(by_layer), 1.0 - np.exp(-overall * HORIZON_YEARS)),
        TENURE_CURVE: _by_law(
            cases, hyper.model_copy(update={"kind_factors": {ProductKind.UNKNOWN: 1.0}}), {}
        ),
    }


def _by_law(
    cases: _Cases,
    hyper: RemovalHyperparameters,
    known: Mapping[tuple[str, str], tuple[float, float]],
) -> Floats:
    counts = np.array([known.get(package_key(spell), (0.0, 0.0)) for spell in cases.spells])
    kinds = [kind_of_repository(spell.repository_kind) for spell in cases.spells]
    factors = np.array([hyper.kind_factors.get(kind, 1.0) for kind in kinds])
    tenure, hazards = cases.tenure_years, np.array(hyper.hazards_per_year)
    due = (band_exposure(tenure + HORIZON_YEARS) - band_exposure(tenure)) @ hazards
    return 1.0 - gamma_mixed_survival(
        factors * due, hyper.gamma_shape + counts[:, 0], hyper.gamma_shape + counts[:, 1]
    )


def _layer_rates(train: Sequence[TenureSpell], origin: date, layer_of: LayerOf) -> dict[str, float]:
    """Removals per year at risk by layer, one pseudo-removal at the overall rate."""
    removals: dict[str, float] = {}
    years: dict[str, float] = {}
    for spell in train:
        if spell.added_on >= origin:
            continue
        end = min(spell.removed_on or spell.observed_until, origin)
        layer = layer_of(spell)
        removed = spell.removed_on is not None and spell.removed_on <= origin
        removals[layer] = removals.get(layer, 0.0) + removed
        years[layer] = years.get(layer, 0.0) + years_between(spell.added_on, end)
    overall = sum(removals.values()) / max(sum(years.values()), 1e-9)
    return {
        layer: (removals[layer] + 1.0) / (years[layer] + 1.0 / max(overall, 1e-9))
        for layer in removals
    }


def _score(
    chance: Floats, removed: Floats, repository: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
) -> TenureScore:
    losses = mean_by_product((chance - removed) ** 2, repository)
    safe = np.clip(chance, 1e-9, 1.0 - 1e-9)
    logs = mean_by_product(np.log(np.where(removed > 0.0, safe, 1.0 - safe)), repository)
    return TenureScore(
        brier_24m=float(losses.mean()),
        brier_interval=interval_of_means(losses),
        log_score=float(logs.mean()),
        n=len(chance),
        repositories=len(losses),
    )
