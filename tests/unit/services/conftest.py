import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import Loopback, loopback
from made_facts import made_data
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache filled with the shipped facts, to be copied."""
    path = tmp_path_factory.mktemp("seeded") / "profiles.sqlite"
    ProfileCache.open(path).close()
    return path


@pytest.fixture
def own_cache(seeded_file: Path, tmp_path: Path) -> Iterator[ProfileCache]:
    """A cache of the test's own, to write to."""
    path = tmp_path / "own.sqlite"
    shutil.copy(seeded_file, path)
    with ProfileCache.open(path, seed=False) as cache:
        yield cache


@pytest.fixture
def rebuilt_cache(tmp_path: Path) -> Iterator[ProfileCache]:
    """A cache of few facts that is filled anew at every addition, as the program's is."""
    with ProfileCache.open(tmp_path / "rebuilt.sqlite", data=made_data(tmp_path)) as cache:
        yield cache


@pytest.fixture(autouse=True)
def no_npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without npm on the PATH, so that no test asks a registry."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running
