"""What a user adds stands beside the shipped facts and outlives every rebuild."""

from datetime import date
from pathlib import Path

import pytest

from made_facts import made_data
from made_values import EVIDENCE
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    CodeSurvival,
    Generation,
    Nature,
    Release,
    ReleaseCycle,
    Source,
    SupportState,
    Technology,
    TenureSpell,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.store.cache import ProfileCache

SOURCE = Source(key=EVIDENCE.source, title="A made source", retrieved_on=EVIDENCE.retrieved_on)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_data(tmp_path_factory.mktemp("made"))


@pytest.fixture
def cache(tmp_path: Path, data: Path) -> ProfileCache:
    return ProfileCache.open(tmp_path / "profiles.sqlite", data=data)


def technology(key: str, **more: object) -> Technology:
    fields = {
        "key": key,
        "name": key.title(),
        "layer": Layer.APPLICATION,
        "generation": Generation.CLASSICAL,
        "nature": Nature.SOFTWARE,
        "evidence": EVIDENCE,
    }
    return Technology.model_validate(fields | more)


def cycle(name: str, released_on: str, ends_on: str | None = None) -> ReleaseCycle:
    return ReleaseCycle(
        cycle=name,
        released_on=PartialDate(released_on),
        support_ends_on=PartialDate(ends_on) if ends_on else None,
        support=SupportState.DATED if ends_on else SupportState.SUPPORTED,
        evidence=EVIDENCE,
    )


def spell(repository: str, package: str, removed_on: date | None = None) -> TenureSpell:
    return TenureSpell(
        repository=repository,
        repository_kind="ai",
        ecosystem="npm",
        package=package,
        scope="runtime",
        added_on=date(2024, 1, 1),
        removed_on=removed_on,
        observed_until=date(2026, 1, 1),
        is_left_truncated=False,
    )


def test_a_technology_of_the_users_own_is_found_and_profiled(cache: ProfileCache) -> None:
    mine = technology("mine", aliases=("our own",), purls=("pkg:generic/mine@1",))
    survival = CodeSurvival(
        repository="/home/me/mine",
        half_life_years=2.5,
        ages_years=(0.5, 1.0),
        alive_share=(0.9, 0.7),
        lines=1000,
        commits=50,
        evidence=EVIDENCE,
    )
    cache.add_user_facts(
        UserFacts(
            subject="repository:/home/me/mine",
            technology=mine,
            observed_until=date(2026, 8, 1),
            cycles=(cycle("1", "2025-02"),),
            releases=(Release(version="1.0", released_on=PartialDate("2025"), evidence=EVIDENCE),),
            code_survival=survival,
            source=SOURCE,
        )
    )
    assert cache.resolve("our own") == cache.resolve("pkg:generic/mine") == "mine"
    assert [hit.technology.key for hit in cache.search("min")] == ["mine"]
    profile = cache.profile("mine")
    assert profile.code_survival == survival
    assert profile.observed_until == date(2026, 8, 1)
    assert [str(release.released_on) for release in profile.releases] == ["2025"]


def test_newer_facts_go_over_shipped_ones_of_the_same_name(cache: ProfileCache) -> None:
    cache.add_user_facts(
        UserFacts(
            subject="endoflife:python",
            technology=technology("python"),
            observed_until=date(2026, 11, 1),
            cycles=(cycle("3.10", "2021-10-04", "2027-01-31"), cycle("3.15", "2026-10-01")),
            source=SOURCE,
        )
    )
    profile = cache.profile("python")
    assert profile.technology.layer is Layer.LANGUAGE_RUNTIME, "the known technology stays"
    assert [one.cycle for one in profile.cycles] == ["2.7", "3.9", "3.10", "3.15"]
    assert str(profile.cycles[2].support_ends_on) == "2027-01-31"
    assert profile.cycles[2].evidence == EVIDENCE
    assert profile.observed_until == date(2026, 11, 1)
    assert cache.search("cpython")[0].newest_cycle == "3.10", "3.15 was not out when it was read"


@pytest.mark.parametrize("first", ["earlier", "later"])
def test_of_two_tables_with_one_cycle_the_later_reading_stays(
    cache: ProfileCache, first: str
) -> None:
    read_on = {"earlier": date(2026, 9, 1), "later": date(2026, 10, 1)}
    ends_on = {"earlier": "2027-01-31", "later": "2028-01-31"}
    for subject in sorted(read_on, key=lambda one: one != first):
        evidence = EVIDENCE.model_copy(update={"retrieved_on": read_on[subject]})
        told = cycle("3.10", "2021-10-04", ends_on[subject])
        cache.add_user_facts(
            UserFacts(
                subject=subject,
                technology=technology("python"),
                cycles=(told.model_copy(update={"evidence": evidence}),),
                source=SOURCE,
            )
        )
    known = {one.cycle: one for one in cache.profile("python").cycles}["3.10"]
    assert str(known.support_ends_on) == ends_on["later"]
    assert known.evidence.retrieved_on == read_on["later"]


def test_adding_a_subject_again_replaces_it(cache: ProfileCache) -> None:
    for name in ("1", "2"):
        cache.add_user_facts(
            UserFacts(
                subject="list",
                technology=technology("mine"),
                cycles=(cycle(name, "2025-01-01"),),
                source=SOURCE,
            )
        )
    assert [one.cycle for one in cache.profile("mine").cycles] == ["2"]
    assert len(cache.user_facts()) == 1


def test_tenures_of_a_repository_move_the_counts(cache: ProfileCache) -> None:
    before = cache.profile("react").tenure
    own = UserFacts(
        subject="repository:/home/me/app",
        tenures=(
            spell("/home/me/app", "react", date(2025, 1, 1)),
            spell("/home/me/app", "unknown"),
        ),
        source=SOURCE,
    )
    cache.add_user_facts(own)
    cache.add_user_facts(own)
    after = cache.profile("react").tenure
    assert before is not None
    assert after is not None
    assert (after.spells, after.removals) == (before.spells + 1, before.removals + 1)
    assert sum(after.exposure_years_by_band) == pytest.approx(
        sum(before.exposure_years_by_band) + 366 / 365.25
    )


def test_several_additions_are_all_or_none(
    cache: ProfileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = UserFacts(subject="good", technology=technology("good"), source=SOURCE)
    with monkeypatch.context() as patch:
        patch.setattr("stack_half_life.store.opening.derive", _stop)
        with pytest.raises(RuntimeError):
            cache.add_user_facts(good)
    assert cache.user_facts() == ()
    assert cache.resolve("good") is None


def _stop(_: object) -> None:
    raise RuntimeError("stopped half way")


def test_the_hash_tells_what_was_added(cache: ProfileCache) -> None:
    shipped = cache.data_hash
    cache.add_user_facts(UserFacts(subject="a", technology=technology("mine"), source=SOURCE))
    assert cache.data_hash.startswith(f"{shipped}+")


def test_everything_added_survives_reopening(cache: ProfileCache, data: Path) -> None:
    cache.add_user_facts(UserFacts(subject="a", technology=technology("mine"), source=SOURCE))
    told = cache.data_hash
    cache.close()
    with ProfileCache.open(cache.path, data=data) as again:
        assert again.data_hash == told
        assert again.resolve("mine") == "mine"
        assert [facts.subject for facts in again.user_facts()] == ["a"]


def test_what_was_added_is_removed_by_its_subject(cache: ProfileCache) -> None:
    shipped, before = cache.data_hash, cache.profile("react").tenure
    mine = UserFacts(subject="a", technology=technology("mine"), source=SOURCE)
    app = UserFacts(subject="b", tenures=(spell("/home/me/app", "react"),), source=SOURCE)
    cache.add_user_facts(mine, app)
    cache.remove_user_facts("b", "never added")
    assert cache.profile("react").tenure == before
    assert cache.resolve("mine") == "mine"
    cache.remove_user_facts("a")
    assert (cache.resolve("mine"), cache.data_hash) == (None, shipped)
