"""Replacements are counted where one image makes room for another of its layer."""

from datetime import date

import pytest

from stack_half_life.domain.facts import TenureSpell
from stack_half_life.domain.layers import Layer
from stack_half_life.forecast.fitting.swaps import LAYERS_OF_IMAGES, fit_swaps

TECHNOLOGIES = {"debian": "debian", "ubuntu": "ubuntu", "python": "python", "own/ubuntu": "ubuntu"}
LAYERS = {
    "debian": Layer.OPERATING_SYSTEM,
    "ubuntu": Layer.OPERATING_SYSTEM,
    "python": Layer.LANGUAGE_RUNTIME,
}
PRIOR = 1.0


def spell(
    image: str, added: str, removed: str = "", how: str = "line", **more: object
) -> TenureSpell:
    fields: dict[str, object] = {
        "repository": "r",
        "repository_kind": "classic",
        "ecosystem": "docker",
        "package": image,
        "scope": "runtime",
        "added_on": date.fromisoformat(added),
        "removed_on": date.fromisoformat(removed) if removed else None,
        "observed_until": date(2026, 1, 1),
        "is_left_truncated": False,
        "removed_how": how if removed else "",
    }
    return TenureSpell.model_validate(fields | more)


def systems_swapped(*spells: TenureSpell) -> float:
    return fit_swaps(spells, TECHNOLOGIES, LAYERS)[Layer.OPERATING_SYSTEM].shape - PRIOR


def test_another_system_that_comes_about_when_one_goes_is_a_replacement() -> None:
    gone, other = spell("debian", "2020-01-01", "2022-01-01"), spell("ubuntu", "2022-02-01")
    assert systems_swapped(gone, other) == 1.0
    rates = fit_swaps([gone, other], TECHNOLOGIES, LAYERS)
    years = 1.5 + 3.916 - 0.5
    assert rates[Layer.OPERATING_SYSTEM].exposure_years == pytest.approx(2 * years, abs=0.01)
    assert rates[Layer.LANGUAGE_RUNTIME].exposure_years == pytest.approx(years, abs=0.01)
    assert set(rates) == set(LAYERS_OF_IMAGES)


@pytest.mark.parametrize(
    "others",
    [
        [spell("debian", "2020-01-01", "2022-01-01")],
        [spell("debian", "2020-01-01", "2022-01-01"), spell("ubuntu", "2022-06-01")],
        [spell("debian", "2020-01-01", "2022-01-01"), spell("python", "2022-01-01")],
        [spell("debian", "2020-01-01", "2022-01-01", "manifest"), spell("ubuntu", "2022-01-01")],
        [spell("debian", "2021-12-01", "2022-01-01"), spell("ubuntu", "2022-01-01")],
        [spell("ubuntu", "2020-01-01", "2022-01-01"), spell("own/ubuntu", "2022-01-01")],
        [
            spell("debian", "2020-01-01", "2022-01-01"),
            spell("ubuntu", "2022-01-01", repository="another"),
        ],
        [
            spell("debian", "2020-01-01", "2022-01-01"),
            spell("debian", "2021-01-01"),
            spell("ubuntu", "2022-01-01"),
        ],
        [
            spell("debian", "2021-12-20", "2022-01-01", is_left_truncated=True),
            spell("ubuntu", "2021-12-20", is_left_truncated=True),
        ],
        [
            spell("debian", "2020-01-01", "2022-01-01", ecosystem="npm"),
            spell("ubuntu", "2022-01-01"),
        ],
    ],
    ids=[
        "none comes",
        "too late",
        "of another layer",
        "the file went",
        "just begun",
        "the same by another name",
        "elsewhere",
        "still there",
        "there before anybody looked",
        "no image",
    ],
)
def test_what_is_no_replacement_does_not_count(others: list[TenureSpell]) -> None:
    assert systems_swapped(*others) == 0.0
