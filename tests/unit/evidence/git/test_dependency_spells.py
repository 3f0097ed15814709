import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.tenures import (
    BULK_REMOVALS,
    FLAP_DAYS,
    DependencySpell,
    ManifestChange,
    dependency_spells,
)

START = date(2020, 1, 1)
A, B, C = ("pypi", "a"), ("pypi", "b"), ("pypi", "c")


def spells_of(
    *steps: tuple[int, dict[str, list[tuple[str, str]] | None]],
) -> dict[str, list[DependencySpell]]:
    """Spells by package, of manifests as they were after each step: (day, packages by path)."""
    changes, contents, days = [], {}, []
    for number, (day, manifests) in enumerate(steps):
        days.append(START + timedelta(days=day))
        for path, packages in manifests.items():
            identity = "" if packages is None else f"{number}"
            changes.append(ManifestChange(number, path, identity))
            if packages is not None:
                contents[path, identity] = dict.fromkeys(packages, "runtime")
    found: dict[str, list[DependencySpell]] = {}
    for spell in dependency_spells(changes, contents, days):
        found.setdefault(spell.package, []).append(spell)
    return found


def test_a_spell_runs_from_its_first_to_its_last_mention() -> None:
    found = spells_of((0, {"r": [A]}), (10, {"r": [A, B]}), (200, {"r": [B]}))
    (a,), (b,) = found["a"], found["b"]
    assert (a.added_on, a.removed_on, a.removed_how) == (START, START + timedelta(200), "line")
    assert a.is_left_truncated
    assert (b.added_on, b.removed_on, b.removed_how) == (START + timedelta(10), None, "")
    assert not b.is_left_truncated


def test_a_short_absence_is_none_and_a_long_one_ends_the_spell() -> None:
    back = spells_of((0, {"r": [A, B]}), (10, {"r": [B]}), (10 + FLAP_DAYS, {"r": [A, B]}))
    assert [spell.removed_on for spell in back["a"]] == [None]
    late = spells_of((0, {"r": [A, B]}), (10, {"r": [B]}), (11 + FLAP_DAYS, {"r": [A, B]}))
    assert [spell.removed_on for spell in late["a"]] == [START + timedelta(10), None]
    assert not late["a"][1].is_left_truncated


def test_a_move_between_manifests_ends_nothing() -> None:
    found = spells_of(
        (0, {"r": [A, B]}),
        (100, {"r": [B], "s": [A]}),
        (200, {"r": None}),
        (210, {"s": [A, B]}),
    )
    assert [spell.removed_on for spell in found["a"]] == [None]
    assert [spell.removed_on for spell in found["b"]] == [None]


def test_it_is_told_how_a_dependency_went() -> None:
    many = [("npm", f"n{number}") for number in range(BULK_REMOVALS)]
    found = spells_of((0, {"r": [A], "p": [B, *many]}), (9, {"p": [B]}), (99, {"r": None}))
    assert found["n0"][0].removed_how == "bulk"
    assert found["a"][0].removed_how == "manifest"


def test_a_version_that_cannot_be_read_changes_nothing() -> None:
    changes = [ManifestChange(0, "r", "x"), ManifestChange(1, "r", "bad")]
    days = [START, START + timedelta(days=1)]
    found = dependency_spells(changes, {("r", "x"): {A: "runtime"}, ("r", "bad"): None}, days)
    assert [spell.removed_on for spell in found] == [None]


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    return MadeRepository(tmp_path / "made")


def test_manifests_of_a_history_are_followed_through_renames(made: MadeRepository) -> None:
    requirements = "flask>=2\nrich\n" + "".join(f"# note {n}\n" for n in range(20))
    made.commit({"requirements.txt": requirements, "a": "1\n"})
    made.commit({"package.json": json.dumps({"devDependencies": {"vite": "^5"}})})
    made.commit({"requirements.txt": None, "web/requirements.txt": requirements + "click\n"})
    made.commit({"web/requirements.txt": requirements.replace("rich", "# rich") + "click\n"})
    made.commit({"package.json": "{ this is no JSON"})
    made.commit({"node_modules/x/package.json": json.dumps({"dependencies": {"left-pad": "1"}})})
    made.commit({"package.json": None})
    found = {spell.package: spell for spell in harvest_repository(made.folder)[0].tenures}
    assert set(found) == {"flask", "rich", "click", "vite"}
    assert found["flask"].removed_on is None
    assert found["flask"].is_left_truncated
    assert found["rich"].removed_how == "line"
    assert (found["vite"].scope, found["vite"].removed_how) == ("dev", "manifest")
    assert found["vite"].is_left_truncated
    assert not found["click"].is_left_truncated
