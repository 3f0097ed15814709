from collections.abc import Sequence
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.evidence.git.binaries import Hunk
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.layout import find_repository
from stack_half_life.evidence.git.refs import head_commit
from stack_half_life.evidence.git.shim import GitShim, open_shim
from stack_half_life.evidence.git.versions import GitVersions, Pair

OLD = b"\0\n1\n2\n3\n"
NEW = b"\0\n1\nmore\n3\nno end"


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "made")
    made.commit({"old": OLD, "new": NEW, "empty": b"", "end": b"\n"})
    return made


def identity(made: MadeRepository, path: str) -> bytes:
    return made.git("rev-parse", f"HEAD:{path}").strip().encode()


def test_versions_are_compared_as_text_all_at_once(made: MadeRepository) -> None:
    old, new, empty = (identity(made, path) for path in ("old", "new", "empty"))
    layout = find_repository(made.folder)
    with open_shim(layout, object_id_length=len(head_commit(layout))) as shim:
        versions = GitVersions(shim)
        pairs = [(old, new), (old, old), (empty, old), (old, new), (new, empty)]
        assert versions.changes(pairs) == [
            [(1, 2, 1), (0, 4, 1)],
            [],
            [(0, 0, 4)],
            [(1, 2, 1), (0, 4, 1)],
            [(5, 0, 0)],
        ]
        assert versions.replaced == 0
        assert versions.changes([]) == []


class Counting(GitVersions):
    """Versions that note how many pairs git compared at once."""

    def __init__(self, shim: GitShim) -> None:
        super().__init__(shim)
        self.at_once: list[int] = []

    def _compared(self, pairs: Sequence[Pair]) -> dict[Pair, list[Hunk]]:
        self.at_once.append(len(pairs))
        return super()._compared(pairs)


@pytest.mark.parametrize(("most_bytes", "at_once"), [(20, [1, 1, 1]), (40, [2, 1]), (80, [3])])
def test_no_more_is_compared_at_once_than_has_room(
    made: MadeRepository, most_bytes: int, at_once: list[int]
) -> None:
    old, new, empty = (identity(made, path) for path in ("old", "new", "empty"))
    layout = find_repository(made.folder)
    with open_shim(layout, object_id_length=len(head_commit(layout))) as shim:
        versions = Counting(shim)
        found = versions.changes([(old, new), (empty, old), (new, empty)], most_bytes)
    assert found == [[(1, 2, 1), (0, 4, 1)], [(0, 0, 4)], [(5, 0, 0)]]
    assert versions.at_once == at_once


def test_too_large_versions_are_taken_as_replaced(made: MadeRepository) -> None:
    old, new, end = (identity(made, path) for path in ("old", "new", "end"))
    layout = find_repository(made.folder)
    with open_shim(layout, object_id_length=len(head_commit(layout))) as shim:
        versions = GitVersions(shim)
        found = versions.changes([(old, new), (new, new), (end, old)], most_bytes=len(OLD))
        assert found == [[(4, 0, 5)], [], [(1, 0, 4)]]
        assert versions.replaced == 1


def test_replaced_versions_are_told(made: MadeRepository) -> None:
    found, _ = harvest_repository(made.folder)
    assert not any("replacements" in note for note in found.notes)
    told = "3 changes of files over 64 MB are taken as whole replacements"
    assert told in found._replace(replaced_versions=3).notes
