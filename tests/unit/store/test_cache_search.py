"""Technologies are found by whatever a person may type."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_facts import made_data
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.purls import bare_purl
from stack_half_life.errors import CacheError
from stack_half_life.store import reading
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProfileCache]:
    folder = tmp_path_factory.mktemp("made")
    with ProfileCache.open(folder / "profiles.sqlite", data=made_data(folder)) as opened:
        yield opened


def keys(cache: ProfileCache, text: str, layer: Layer | None = None) -> list[str]:
    return [hit.technology.key for hit in cache.search(text, layer=layer)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("python", "python"),
        ("PYTHON", "python"),
        ("  Python ", "python"),
        ("pyt", "python"),
        ("cpython", "python"),
        ("remote dictionary", "redis"),
        ("dictionary serv", "redis"),
        ("cuda tool", "cuda"),
        ("pkg:npm/react@19.0.1", "react"),
        ("pkg:npm/react?x=y#z", "react"),
        ("user interface", "react"),
        ("gpt", "openai-gpt"),
        ("pýthon", "python"),
    ],
)
def test_the_best_match_comes_first(cache: ProfileCache, text: str, first: str) -> None:
    assert keys(cache, text)[:1] == [first]


def test_an_exact_name_comes_before_better_known_ones_that_begin_with_it(
    cache: ProfileCache,
) -> None:
    assert keys(cache, "re")[0] == "react"
    assert keys(cache, "redis")[:2] == ["redis", "redis-pypi"]


def test_a_blank_text_lists_everything_best_known_first(cache: ProfileCache) -> None:
    everything = keys(cache, " ")
    assert sorted(everything) == sorted(one.key for one in cache.technologies())
    assert everything[:2] == ["peft", "react"]


def test_a_layer_narrows_the_list(cache: ProfileCache) -> None:
    found = cache.search("", layer=Layer.HARDWARE_INTERFACE)
    assert {hit.technology.layer for hit in found} == {Layer.HARDWARE_INTERFACE}
    assert "redis" not in keys(cache, "redis", Layer.LANGUAGE_RUNTIME)


def test_a_hit_says_how_much_is_known(cache: ProfileCache) -> None:
    (hit,) = cache.search("cpython")
    assert (hit.cycles, hit.newest_cycle, hit.spells) == (3, "3.10", 0)
    assert hit.median_gap_years == pytest.approx((364 + 3747) / 2 / 365.25)
    (react,) = cache.search("pkg:npm/react")
    assert react.spells == 5


@pytest.mark.parametrize(
    "text", ['"', "*", "'", "(", "AND", "NOT python", "a OR", "^", ":", "{x}:"]
)
def test_signs_and_words_of_the_query_language_are_plain_text(
    cache: ProfileCache, text: str
) -> None:
    cache.search(text)


@given(st.text(max_size=60))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_text_can_be_searched_and_resolved(cache: ProfileCache, text: str) -> None:
    assert len(cache.search(text, limit=5)) <= 5
    cache.resolve(text)
    cache.search(text, layer=Layer.MODEL)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("python", "python"),
        ("PY", "python"),
        ("CUDA Toolkit", "cuda"),
        ("pkg:docker/library/redis@7", "redis"),
        ("pkg:pypi/redis", "redis-pypi"),
        ("pyth", None),
        ("pkg:npm/unheard-of", None),
        ("", None),
    ],
)
def test_only_whole_names_and_package_urls_resolve(
    cache: ProfileCache, text: str, key: str | None
) -> None:
    assert cache.resolve(text) == key


def test_no_name_is_not_searched_for(cache: ProfileCache) -> None:
    with pytest.raises(CacheError, match=r"a technology's key, name, alias or package URL is need"):
        cache.profile(" ")


def test_an_unknown_profile_names_near_ones(cache: ProfileCache) -> None:
    with pytest.raises(CacheError, match=r"no technology is called “pythn”; near: python"):
        cache.profile("pythn")
    with pytest.raises(CacheError, match=r"“zzzzqqqq”\Z"):
        cache.profile("zzzzqqqq")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("pkg:pypi/Foo_Bar@1.0", "pkg:pypi/foo-bar"),
        ("PKG:PyPI/foo.bar", "pkg:pypi/foo-bar"),
        ("pkg:golang/github.com/BurntSushi/toml@v1.0.0", "pkg:golang/github.com/burntsushi/toml"),
        ("pkg://npm/%40Babel/core@7.0.0?a=b", "pkg:npm/@babel/core"),
        ("pkg:npm/@babel/core", "pkg:npm/@babel/core"),
        ("pkg:docker/library/postgres@sha256:1", "pkg:docker/postgres"),
        ("pkg:golang/github.com/x/y@v1#sub", "pkg:golang/github.com/x/y"),
        ("pkg:maven/org.x/Y@2", "pkg:maven/org.x/Y"),
    ],
)
def test_package_urls_are_compared_without_version_in_one_spelling(text: str, bare: str) -> None:
    assert bare_purl(text) == bare
    assert bare_purl(bare) == bare


def test_more_hits_are_read_than_sqlite_takes_parameters(
    cache: ProfileCache,
) -> None:
    with sqlite3.connect(cache.path) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 4)
        known = [technology.key for technology in cache.technologies()]
        assert len(known) > 4
        assert [hit.technology.key for hit in reading.hits(connection, known)] == known
    connection.close()
