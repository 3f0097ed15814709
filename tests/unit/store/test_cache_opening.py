"""A cache is made, filled, refilled and mended, and what cannot be used is left alone."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from made_facts import made_data
from made_values import EVIDENCE, OWN
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Release
from stack_half_life.errors import CacheError
from stack_half_life.store import opening
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_data(tmp_path_factory.mktemp("made"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "not there yet" / "profiles.sqlite"


@pytest.fixture
def filled(path: Path, data: Path) -> Path:
    with ProfileCache.open(path, data=data) as cache:
        cache.add_user_facts(OWN)
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)


def test_a_missing_cache_is_made_with_its_folder(path: Path, data: Path) -> None:
    with ProfileCache.open(path, data=data) as cache:
        assert cache.notices == ()
        assert cache.resolve("python") == "python"
    assert path.is_file()


def test_an_empty_file_is_filled(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with ProfileCache.open(path, data=data) as cache:
        assert cache.resolve("python") == "python"


def test_facts_are_seeded_once_per_edition(
    path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ProfileCache.open(path, data=data):
        pass
    monkeypatch.setattr(opening, "seed", lambda *_: pytest.fail("seeded again"))
    with ProfileCache.open(path, data=data) as cache:
        assert cache.resolve("python") == "python"


def test_a_new_edition_is_seeded_and_keeps_what_the_user_added(path: Path, tmp_path: Path) -> None:
    data = made_data(tmp_path / "first")
    with ProfileCache.open(path, data=data) as cache:
        cache.add_user_facts(OWN)
        before = cache.data_hash
    technologies = data / "technologies.csv"
    technologies.write_text(
        technologies.read_text(encoding="utf-8").replace(",PyTorch,", ",PyTorch the second,"),
        encoding="utf-8",
    )
    with ProfileCache.open(path, data=data) as cache:
        assert cache.profile("pytorch").technology.name == "PyTorch the second"
        assert [release.version for release in cache.profile("mine").releases] == ["1.0"]
        assert cache.data_hash != before


def test_a_cache_of_a_newer_program_is_refused_and_untouched(filled: Path, data: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = filled.read_bytes()
    with pytest.raises(CacheError, match=r"profiles\.sqlite: .*newer program \(schema 999"):
        ProfileCache.open(filled, data=data)
    assert filled.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CacheError, match="belongs to another program"):
        ProfileCache.open(path, data=data)
    assert path.read_bytes() == before


@pytest.mark.usefixtures("impatient")
def test_a_locked_cache_is_named_in_one_line(filled: Path, data: Path) -> None:
    with sqlite3.connect(filled) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CacheError, match="another program holds the profile cache"):
            ProfileCache.open(filled, data=data)
        holder.rollback()
    holder.close()


@pytest.mark.usefixtures("impatient")
def test_writing_while_another_writes_is_refused_after_a_wait(filled: Path, data: Path) -> None:
    with ProfileCache.open(filled, data=data) as cache:
        holder = sqlite3.connect(filled, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert cache.resolve("python") == "python", "reading goes on beside a writer"
        with pytest.raises(CacheError, match="another program holds"):
            cache.add_user_facts(OWN.model_copy(update={"subject": "second"}))
        holder.execute("ROLLBACK")
        holder.close()
        assert len(cache.user_facts()) == 1


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("folder", "this is no file"),
        ("pipe", "this is no file"),
        ("below a file", "cannot be opened"),
    ],
)
def test_what_cannot_be_a_file_is_named_and_left_alone(
    tmp_path: Path, data: Path, what: str, told: str
) -> None:
    path = tmp_path / "place"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.touch()
        path = path / "profiles.sqlite"
    with pytest.raises(CacheError, match=told) as caught:
        ProfileCache.open(path, data=data)
    assert str(path) in str(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["place"]


def test_a_full_disk_keeps_everything_as_it_was(filled: Path, data: Path) -> None:
    with ProfileCache.open(filled, data=data) as cache:
        (pages,) = cache._connection.execute("PRAGMA page_count").fetchone()
        cache._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        releases = tuple(
            Release(version=f"{n}.0", released_on=PartialDate("2026-01-01"), evidence=EVIDENCE)
            for n in range(20_000)
        )
        with pytest.raises(CacheError, match="disk is full"):
            cache.add_user_facts(OWN.model_copy(update={"subject": "big", "releases": releases}))
        assert [facts.subject for facts in cache.user_facts()] == [OWN.subject]
        assert len(cache.profile("mine").releases) == 1


def test_missing_shipped_facts_are_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(CacheError, match=r"sources\.csv: the shipped facts cannot be read"):
        ProfileCache.open(path, data=tmp_path)
    assert not path.exists()


def test_two_programs_may_start_at_once(path: Path, data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stack_half_life.store.cache import "
        "ProfileCache\nwith ProfileCache.open(Path(sys.argv[1]), data=Path(sys.argv[2])) as c:"
        " print(c.resolve('python'), len(c.notices))"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(3)
    ]
    told = [program.communicate() for program in programs]
    assert told == [("python 0\n", "")] * 3


def test_a_cache_is_sound_and_reads_as_wal(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        steps = connection.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall()
        assert steps == [("stack_half_life", "first_schema")]
    connection.close()


@pytest.mark.parametrize(
    "view",
    ["technologies_overview", "cycles_readable", "tenures_readable", "user_facts_readable"],
)
def test_views_read_well(filled: Path, view: str) -> None:
    with sqlite3.connect(filled) as connection:
        cursor = connection.execute(f"SELECT * FROM {view}")
        assert cursor.fetchall()
        assert all(column[0].isidentifier() for column in cursor.description)
    connection.close()
