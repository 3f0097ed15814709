"""A damaged cache is set aside, never deleted, and made anew; a file that is none is left alone."""

import sqlite3
from pathlib import Path

import pytest

from made_facts import made_data
from made_values import OWN
from stack_half_life.errors import CacheError
from stack_half_life.store import damage
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_data(tmp_path_factory.mktemp("made"))


@pytest.fixture
def filled(tmp_path: Path, data: Path) -> Path:
    path = tmp_path / "profiles.sqlite"
    with ProfileCache.open(path, data=data) as cache:
        cache.add_user_facts(OWN)
    return path


def damaged_content(path: Path, *tables: str) -> bytes:
    """A cache's content with tables overwritten, two that are not read at opening and others."""
    with sqlite3.connect(path) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))
    connection.close()
    content = bytearray(path.read_bytes())
    for name in ("cycles", "aliases", *tables):
        start = (roots[name] - 1) * size
        content[start : start + size] = b"\xee" * size
    return bytes(content)


def set_aside_beside(path: Path) -> list[Path]:
    return [
        aside
        for aside in path.parent.glob("profiles.sqlite.damaged-*")
        if not aside.name.endswith(("-wal", "-shm"))
    ]


def test_the_users_own_cache_is_set_aside_whatever_is_in_it(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "user_folder", lambda: tmp_path)
    path = tmp_path / "profiles.sqlite"
    text = b"Dear diary, this is not a database. " * 100
    path.write_bytes(text)
    with ProfileCache.open(path, data=data) as cache:
        (notice,) = cache.notices
        assert cache.resolve("python") == "python"
    (aside,) = tmp_path.glob("profiles.sqlite.damaged-*")
    assert aside.read_bytes() == text
    assert aside.name in notice
    assert "\n" not in notice


def test_a_file_that_never_was_a_cache_is_left_alone(tmp_path: Path, data: Path) -> None:
    for name, content in (
        ("my-document.toml", b'name = "My stack"\n'),
        ("long.toml", b"# all of my work\n" * 500),
        ("other.sqlite", b"SQLite format 3\0" + b"\xee" * 4096),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(CacheError, match="was left alone") as problem:
            ProfileCache.open(path, data=data)
        assert name in str(problem.value)
        assert "\n" not in str(problem.value)
        assert path.read_bytes() == content
        assert [each.name for each in tmp_path.iterdir() if name in each.name] == [name]


def test_a_damaged_cache_is_mended_when_the_damage_shows(filled: Path, data: Path) -> None:
    content = damaged_content(filled)
    filled.write_bytes(content)
    told: list[str] = []
    with ProfileCache.open(filled, data=data, on_notice=told.append) as cache:
        assert told == []
        assert cache.resolve("mine") == "mine"
        assert [release.version for release in cache.profile("mine").releases] == ["1.0"]
        assert len(cache.profile("python").cycles) == 3
        (notice,) = cache.notices
        assert notice.endswith("; 1 of your own entries was recovered")
        assert told == [notice]
    (aside,) = set_aside_beside(filled)
    assert aside.read_bytes() == content


def test_own_entries_that_are_lost_with_a_cache_are_told(filled: Path, data: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(
            "INSERT INTO user_facts (subject, added_on, facts) VALUES ('x', '2026-08-22', '{}')"
        )
    connection.close()
    filled.write_bytes(damaged_content(filled))
    with ProfileCache.open(filled, data=data) as cache:
        cache.profile("python")
        (notice,) = cache.notices
    assert notice.endswith("; 1 of your own entries was recovered, and 1 could not be read")


def test_own_entries_of_unknown_number_are_told(filled: Path, data: Path) -> None:
    filled.write_bytes(damaged_content(filled, "user_facts"))
    with ProfileCache.open(filled, data=data) as cache:
        cache.profile("python")
        notice = " ".join(cache.notices)
    assert notice.endswith("; what you had added could not be read, nor how much it was")


@pytest.mark.parametrize("kept_share", [0.0005, 0.3, 0.9])
def test_a_truncated_cache_is_mended(filled: Path, data: Path, kept_share: float) -> None:
    content = filled.read_bytes()
    filled.write_bytes(content[: int(len(content) * kept_share)])
    with ProfileCache.open(filled, data=data) as cache:
        for technology in cache.technologies():
            cache.profile(technology.key)
        assert cache.resolve("python") == "python"
        assert len(cache.notices) == 1


def test_two_programs_that_find_the_same_damage_mend_it_once(filled: Path, data: Path) -> None:
    filled.write_bytes(damaged_content(filled))
    with (
        ProfileCache.open(filled, data=data) as first,
        ProfileCache.open(filled, data=data) as second,
    ):
        assert len(first.profile("python").cycles) == 3
        first.add_user_facts(OWN.model_copy(update={"subject": "added after"}))
        assert len(second.profile("python").cycles) == 3
        assert {entry.subject for entry in second.user_facts()} == {OWN.subject, "added after"}
        assert [len(cache.notices) for cache in (first, second)] == [1, 0]
    assert len(set_aside_beside(filled)) == 1


def test_an_own_entry_that_cannot_be_read_is_told_and_kept(filled: Path, tmp_path: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(
            "INSERT INTO user_facts (subject, added_on, facts) "
            "VALUES ('of tomorrow', '2026-08-22', '{}')"
        )
    connection.close()
    edition = made_data(tmp_path / "next edition")
    technologies = edition / "technologies.csv"
    technologies.write_text(
        technologies.read_text(encoding="utf-8").replace(",PyTorch,", ",PyTorch the second,"),
        encoding="utf-8",
    )
    with ProfileCache.open(filled, data=edition) as cache:
        (notice,) = cache.notices
        assert "cannot read 1 of your own entries" in notice
        assert "of tomorrow" in notice
        assert [entry.subject for entry in cache.user_facts()] == [OWN.subject]
    with sqlite3.connect(filled) as connection:
        kept = connection.execute("SELECT count(*) FROM user_facts").fetchone()
    connection.close()
    assert kept == (2,)
