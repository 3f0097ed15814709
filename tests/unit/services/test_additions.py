import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from stack_half_life.domain.facts import Source, TenureSpell
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError
from stack_half_life.services.additions import additions, put_back, take_out
from stack_half_life.store.cache import ProfileCache

READ_ON = date(2026, 11, 23)


@pytest.fixture
def filled_cache(seeded_file: Path, tmp_path: Path) -> Iterator[ProfileCache]:
    """A cache of the test's own that can be filled anew."""
    path = tmp_path / "own.sqlite"
    shutil.copy(seeded_file, path)
    with ProfileCache.open(path) as cache:
        yield cache


def test_a_cache_without_the_shipped_facts_removes_nothing(own_cache: ProfileCache) -> None:
    with pytest.raises(CacheError, match="nothing is removed"):
        own_cache.remove_user_facts("repository:app")


def test_what_was_taken_out_can_be_put_back(filled_cache: ProfileCache) -> None:
    spell = TenureSpell(
        repository="/home/me/app",
        repository_kind="ai",
        ecosystem="npm",
        package="react",
        scope="runtime",
        added_on=date(2024, 1, 1),
        removed_on=None,
        observed_until=date(2026, 1, 1),
        is_left_truncated=False,
    )
    source = Source(key="mine", title="Mine", retrieved_on=READ_ON)
    app = UserFacts(subject="repository:app", tenures=(spell,), source=source)
    before = filled_cache.profile("react").tenure
    filled_cache.add_user_facts(app)
    (listed,) = additions(filled_cache)
    assert (listed.subject, listed.spells, listed.read_on) == ("repository:app", 1, READ_ON)
    assert take_out(["never added"], filled_cache) == ()
    assert take_out(["repository:app"], filled_cache) == (app,)
    assert additions(filled_cache) == ()
    assert filled_cache.profile("react").tenure == before
    put_back([app], filled_cache)
    assert additions(filled_cache) == (listed,)
