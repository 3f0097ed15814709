"""Fitting removal from manifests: hazard by tenure, spread between packages, kind of product.

Within a band of tenure the hazard is removals over years at risk.  A package's multiplier is
Gamma(a, a); a maximises the marginal likelihood of the removals e where E are expected,
Π Γ(a + e)/Γ(a) · a^a/(a + E)^(a+e).  A kind's factor is its removals over those that the packages'
multipliers lead one to expect, each multiplier without the repository in question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS, TenureSpell
from stack_half_life.domain.hyperparameters import RemovalHyperparameters
from stack_half_life.domain.stack import ProductKind, kind_of_repository
from stack_half_life.forecast.student import Floats

KIND_PSEUDO_REMOVALS = 20.0
_SHAPES = (0.2, 200.0, 150)


@dataclass(frozen=True, slots=True)
class SpellTable:
    """Spells as known at a date.

    exposure_years: (n, bands), years at risk in each band of tenure.  removed: (n,).
    package, repository, kind: (n,) index into the names.
    """

    exposure_years: Floats
    removed: NDArray[np.bool_]
    package: NDArray[np.intp]
    repository: NDArray[np.intp]
    kind: NDArray[np.intp]
    packages: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]


def spell_table(spells: Sequence[TenureSpell], known_on: date | None = None) -> SpellTable:
    """Spells whose beginning was seen, cut off at `known_on`."""
    kept = [
        spell
        for spell in spells
        if not spell.is_left_truncated and (known_on is None or spell.added_on < known_on)
    ]
    packages = sorted({package_key(spell) for spell in kept})
    repositories = sorted({spell.repository for spell in kept})
    kinds = sorted({spell.repository_kind for spell in kept})
    ends = [_seen_until(spell, known_on) for spell in kept]
    years = [
        max((end - spell.added_on).days, 0) / DAYS_PER_YEAR
        for spell, end in zip(kept, ends, strict=True)
    ]
    place = {key: index for index, key in enumerate(packages)}
    where = {name: index for index, name in enumerate(repositories)}
    return SpellTable(
        band_exposure(np.array(years, float)),
        np.array(
            [
                spell.removed_on is not None and spell.removed_on <= end
                for spell, end in zip(kept, ends, strict=True)
            ],
            bool,
        ),
        np.array([place[package_key(spell)] for spell in kept], np.intp),
        np.array([where[spell.repository] for spell in kept], np.intp),
        np.array([kinds.index(spell.repository_kind) for spell in kept], np.intp),
        tuple(packages),
        tuple(kinds),
    )


def package_key(spell: TenureSpell) -> tuple[str, str]:
    """What tells packages apart: ecosystem and name."""
    return spell.ecosystem, spell.package


def band_exposure(years: Floats) -> Floats:
    """Years spent in each band of tenure, (n, bands)."""
    starts = np.array(TENURE_BAND_STARTS_YEARS)
    ends = np.append(starts[1:], np.inf)
    exposure: Floats = np.clip(np.minimum(years[:, None], ends) - starts, 0.0, None)
    return exposure


def fit_removal(table: SpellTable) -> RemovalHyperparameters:
    """Hazards by band, Gamma shape and kind factors."""
    bands = len(TENURE_BAND_STARTS_YEARS)
    last_band = np.maximum((table.exposure_years > 0.0).sum(axis=1) - 1, 0)
    removals = np.bincount(last_band[table.removed], minlength=bands)
    hazards = (removals + 0.5) / (table.exposure_years.sum(axis=0) + 1.0)
    expected = table.exposure_years @ hazards
    by_package = len(table.packages)
    seen: Floats = np.bincount(table.package, table.removed, minlength=by_package).astype(float)
    due: Floats = np.bincount(table.package, expected, minlength=by_package).astype(float)
    shape = _gamma_shape(seen, due)
    factors = {ProductKind.UNKNOWN: 1.0}
    others = _multipliers_elsewhere(table, expected, seen, due, shape)
    for index, word in enumerate(table.kinds):
        kind = kind_of_repository(word)
        if kind is not ProductKind.UNKNOWN:
            here = table.kind == index
            removed = float(table.removed[here].sum()) + KIND_PSEUDO_REMOVALS
            factors[kind] = removed / (
                float((others * expected)[here].sum()) + KIND_PSEUDO_REMOVALS
            )
    return RemovalHyperparameters(
        hazards_per_year=(
            float(hazards[0]),
            float(hazards[1]),
            float(hazards[2]),
            float(hazards[3]),
            float(hazards[4]),
        ),
        gamma_shape=shape,
        kind_factors=factors,
    )


def _seen_until(spell: TenureSpell, known_on: date | None) -> date:
    end = spell.removed_on or spell.observed_until
    return end if known_on is None else min(end, known_on)


def _gamma_shape(removals: Floats, expected: Floats) -> float:
    """The a of greatest marginal likelihood, on a grid that is even in ln a.

    Γ(a + e)/Γ(a) is the product of a + i for i below e, so packages with more than i removals
    each add ln(a + i).
    """
    shapes = np.geomspace(*_SHAPES)[:, None]
    steps = np.arange(int(removals.max(initial=0)))
    with_more = (removals[None, :] > steps[:, None]).sum(axis=1)
    likelihood = np.log(shapes + steps) @ with_more
    likelihood -= ((shapes + removals) * np.log1p(expected / shapes)).sum(axis=1)
    likelihood -= removals.sum() * np.log(shapes[:, 0])
    return float(shapes[np.argmax(likelihood), 0])


def _multipliers_elsewhere(
    table: SpellTable, expected: Floats, seen: Floats, due: Floats, shape: float
) -> Floats:
    """Each spell's package multiplier as the other repositories know it, (n,)."""
    pair = table.package * (int(table.repository.max(initial=0)) + 1) + table.repository
    _, place = np.unique(pair, return_inverse=True)
    seen_here = np.bincount(place, table.removed)[place]
    due_here = np.bincount(place, expected)[place]
    multiplier: Floats = (shape + seen[table.package] - seen_here) / (
        shape + due[table.package] - due_here
    )
    return multiplier
