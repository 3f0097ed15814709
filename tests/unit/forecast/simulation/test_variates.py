"""Random numbers have their laws, alone and together, and depend on their keys alone."""

import math

import numpy as np
import pytest

from stack_half_life.forecast.simulation.variates import (
    LaneVariates,
    SlotVariates,
    Variates,
    bulk_variates,
    keyed_generator,
)

N = 60_000


def sources() -> list[Variates]:
    return [bulk_variates("variates"), LaneVariates(np.arange(N, dtype=np.uint64))]


def normal_law(x: np.ndarray) -> np.ndarray:
    return np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in x])


def distance(sample: np.ndarray, law: np.ndarray) -> float:
    """√n sup |F_n − F| for a sorted sample and its law there."""
    reached = np.arange(1, len(sample) + 1) / len(sample)
    return float(np.sqrt(len(sample)) * np.abs(reached - law).max())


@pytest.mark.parametrize("source", [0, 1], ids=["bulk", "by lane"])
def test_numbers_in_single_precision_have_their_laws(source: int) -> None:
    variates, lanes = sources()[source], np.arange(N)
    for row in variates.normals(lanes, 4):
        sample = np.sort(row.astype(float))
        assert distance(sample, normal_law(sample)) < 1.95  # exceeded once in a thousand
    for row in variates.exponentials(lanes, 4):
        sample = np.sort(row.astype(float))
        assert distance(sample, -np.expm1(-sample)) < 1.95


@pytest.mark.parametrize("source", [0, 1], ids=["bulk", "by lane"])
def test_numbers_drawn_together_are_independent(source: int) -> None:
    rows = sources()[source].normals(np.arange(N), 6).astype(float)
    for values in (rows, rows * rows):
        correlations = np.corrcoef(values)[np.triu_indices(6, 1)]
        assert np.abs(correlations).max() < 4.5 / math.sqrt(N)
        along = [np.corrcoef(row[1:], row[:-1])[0, 1] for row in values]
        assert max(map(abs, along)) < 4.5 / math.sqrt(N)


def test_a_lane_draws_the_same_however_many_steps_at_once() -> None:
    keys, lanes = np.arange(50, dtype=np.uint64), np.arange(50)
    for kind in ("normals", "exponentials"):
        one, other = LaneVariates(keys), LaneVariates(keys)
        at_once = getattr(one, kind)(lanes, 12)
        in_parts = [getattr(other, kind)(lanes, steps) for steps in (2, 6, 4)]
        np.testing.assert_array_equal(at_once, np.concatenate(in_parts))


def test_each_slot_draws_from_its_own_generator() -> None:
    together = SlotVariates([keyed_generator("a"), keyed_generator("b")], np.array([0, 30]))
    alone = SlotVariates([keyed_generator("b")], np.zeros(1, np.intp))
    np.testing.assert_array_equal(
        together.normals(np.arange(30, 50), 4), alone.normals(np.arange(20), 4)
    )
