"""Clocks of many technologies are fitted once and kept in the cache."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from made_facts import made_data
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError, CancelledError
from stack_half_life.services import clocks
from stack_half_life.services.clocks import clocks_of_keys, clocks_of_profile
from stack_half_life.store.cache import ProfileCache

TODAY = date(2026, 11, 23)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ProfileCache]:
    with ProfileCache.open(tmp_path / "profiles.sqlite", data=made_data(tmp_path)) as opened:
        yield opened


def test_figures_are_those_of_each_profile(cache: ProfileCache) -> None:
    found = clocks_of_keys(cache, ["python", "redis"], TODAY)
    assert found == {
        key: clocks_of_profile(cache.profile(key), TODAY) for key in ("python", "redis")
    }


def test_what_was_fitted_is_not_fitted_again(
    cache: ProfileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clocks_of_keys(cache, ["python", "redis"], TODAY)
    monkeypatch.setattr(clocks, "clock_figures", lambda *_: pytest.fail("fitted again"))
    assert clocks_of_keys(cache, ["redis", "python"], TODAY) == first


def test_new_facts_are_fitted_anew(cache: ProfileCache) -> None:
    clocks_of_keys(cache, ["python"], TODAY)
    profile = cache.profile("python")
    cache.add_user_facts(
        UserFacts(
            subject="endoflife:python",
            technology=profile.technology,
            cycles=(profile.cycles[-1].model_copy(update={"cycle": "3.11"}),),
            source=cache.sources()[profile.technology.evidence.source],
        )
    )
    assert clocks_of_keys(cache, ["python"], TODAY)["python"] == clocks_of_profile(
        cache.profile("python"), TODAY
    )


def test_figures_are_told_even_where_they_cannot_be_kept(
    cache: ProfileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CacheError("locked")

    monkeypatch.setattr(ProfileCache, "keep_derived_figures", refuse)
    assert clocks_of_keys(cache, ["python"], TODAY).keys() == {"python"}


def test_fitting_can_be_stopped(cache: ProfileCache) -> None:
    def stop(share: float, text: str) -> None:
        assert 0 <= share <= 1
        raise CancelledError(text)

    with pytest.raises(CancelledError, match="fitting clocks"):
        clocks_of_keys(cache, ["python"], TODAY, stop)


def test_an_unknown_key_is_named(cache: ProfileCache) -> None:
    with pytest.raises(CacheError, match="no technology is called “nothing”"):
        clocks_of_keys(cache, ["nothing"], TODAY)
