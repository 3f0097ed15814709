"""Fitting removal finds what made-up spells were drawn from, and held-out repositories are told."""

from datetime import date, timedelta

import numpy as np
import pytest

from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS, TenureSpell
from stack_half_life.domain.stack import ProductKind
from stack_half_life.domain.track_record import MODEL
from stack_half_life.forecast.backtest.tenure import LAYER_CONSTANT, tenure_record
from stack_half_life.forecast.fitting.removal import band_exposure, fit_removal, spell_table

HAZARDS = (0.5, 0.3, 0.2, 0.1, 0.05)
END = date(2026, 1, 1)


def drawn_spells(seed: int, factor: dict[str, float], count: int = 6000) -> list[TenureSpell]:
    """Spells with the hazards above, times a package's multiplier and a kind's factor."""
    rng = np.random.default_rng(seed)
    multipliers = rng.gamma(4.0, 0.25, 300)
    starts = np.array(TENURE_BAND_STARTS_YEARS)
    spells = []
    for _ in range(count):
        package, repository = int(rng.integers(300)), int(rng.integers(60))
        kind = ("ai", "classic")[repository % 2]
        added = date(2016, 1, 1) + timedelta(days=int(rng.integers(0, 3400)))
        due = rng.exponential() / (multipliers[package] * factor[kind])
        passed = np.concatenate([[0.0], np.cumsum(np.diff(starts) * HAZARDS[:-1])])
        band = int(np.searchsorted(passed, due, side="right")) - 1
        years = float(starts[band] + (due - passed[band]) / HAZARDS[band])
        removed = added + timedelta(days=round(min(years, 500.0) * 365.25))
        spells.append(
            TenureSpell(
                repository=f"r{repository}",
                repository_kind=kind,
                ecosystem="pypi",
                package=f"p{package}",
                scope="runtime",
                added_on=added,
                removed_on=removed if removed <= END else None,
                observed_until=END,
                is_left_truncated=False,
            )
        )
    return spells


def test_hazards_spread_and_kinds_are_found_again() -> None:
    hyper = fit_removal(spell_table(drawn_spells(3, {"ai": 1.4, "classic": 0.7})))
    ratios = np.array(hyper.hazards_per_year) / HAZARDS
    np.testing.assert_allclose(ratios, ratios.mean(), rtol=0.25)
    assert 2.0 < hyper.gamma_shape < 8.0
    kinds = hyper.kind_factors
    assert kinds[ProductKind.AI] / kinds[ProductKind.CLASSICAL] == pytest.approx(2.0, rel=0.2)


def test_what_came_after_a_date_is_not_known_at_it() -> None:
    spells = drawn_spells(4, {"ai": 1.0, "classic": 1.0}, count=500)
    known_on = date(2020, 1, 1)
    table = spell_table(spells, known_on)
    assert table.exposure_years.sum(axis=1).max() <= 4.01
    removed = sum(s.removed_on is not None and s.removed_on <= known_on for s in spells)
    assert int(table.removed.sum()) == removed


def test_spells_whose_beginning_was_not_seen_are_left_out() -> None:
    spell = drawn_spells(5, {"ai": 1.0, "classic": 1.0}, count=1)[0]
    table = spell_table([spell.model_copy(update={"is_left_truncated": True})])
    assert len(table.removed) == 0


def test_exposure_falls_into_bands() -> None:
    np.testing.assert_allclose(
        band_exposure(np.array([0.0, 0.3, 5.0])),
        np.array([[0.0] * 5, [0.25, 0.05, 0.0, 0.0, 0.0], [0.25, 0.25, 1.5, 2.0, 1.0]]),
        atol=1e-12,
    )


def test_held_out_repositories_are_told_better_than_by_a_constant() -> None:
    spells = drawn_spells(6, {"ai": 1.0, "classic": 1.0})
    record = tenure_record(spells, lambda spell: spell.scope)
    assert record is not None
    assert record.scores[MODEL].brier_24m < record.scores[LAYER_CONSTANT].brier_24m
    assert record.scores[MODEL].repositories == 60


def test_repositories_given_apart_are_never_learnt_from() -> None:
    spells = drawn_spells(7, {"ai": 1.0, "classic": 1.0}, count=1500)
    judged = [spell for spell in spells if spell.repository in ("r1", "r2")]
    record = tenure_record(spells, lambda spell: spell.scope, judged)
    assert record is not None
    assert record.scores[MODEL].repositories == 2
