"""Recipes done in a process of their own answer, fail and stop as they do here."""

import multiprocessing
import shutil
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.domain.progress import ignore_progress
from stack_half_life.errors import CancelledError, EvidenceError, ForecastError
from stack_half_life.services.harvest import harvest
from stack_half_life.services.own_process import Teller, done_elsewhere, received

HARVEST = "services.harvest:harvest"


_GIT = shutil.which("git")


@pytest.fixture
def repository(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one file, with git to be found."""
    del own_home
    assert _GIT is not None
    monkeypatch.setenv("PATH", str(Path(_GIT).parent))
    made = MadeRepository(tmp_path / "made")
    made.commit({"a.py": "1\n2\n"})
    return made.folder


def test_it_says_what_the_recipe_says(repository: Path) -> None:
    found = done_elsewhere(HARVEST, repository, on_progress=ignore_progress)
    assert found == harvest(repository)


def test_it_fails_as_the_recipe_fails(own_home: Path, tmp_path: Path) -> None:
    del own_home
    with pytest.raises(EvidenceError) as here:
        harvest(tmp_path)
    with pytest.raises(EvidenceError) as there:
        done_elsewhere(HARVEST, tmp_path, on_progress=ignore_progress)
    assert str(there.value) == str(here.value)


def test_what_is_no_longer_wanted_ends_at_once(repository: Path) -> None:
    def stop(_share: float, _text: str) -> None:
        assert multiprocessing.active_children()
        raise CancelledError("no longer wanted")

    before = multiprocessing.active_children()
    with pytest.raises(CancelledError):
        done_elsewhere(HARVEST, repository, on_progress=stop)
    assert multiprocessing.active_children() == before


def test_a_process_that_ends_is_told_of(repository: Path) -> None:
    def kill(_share: float, _text: str) -> None:
        for process in multiprocessing.active_children():
            if HARVEST in process.name:
                process.kill()

    with pytest.raises(ForecastError, match="ended unexpectedly"):
        done_elsewhere(HARVEST, repository, on_progress=kill)


@pytest.mark.parametrize("length", [0, 1, 100, 101, 250])
def test_a_long_answer_comes_whole_and_in_order(length: int) -> None:
    ours, theirs = multiprocessing.Pipe()
    found = tuple(range(length))
    Teller(theirs, 0).tell_answer(found)
    assert received(ours, 0, ignore_progress) == found
