from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.errors import CancelledError, EvidenceError
from stack_half_life.evidence.git import harvest as recipe
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.state import STATE_VERSION


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "made")
    made.commit({"a": "1\n2\n3\n4\n", "gone": b"\0\n", "requirements.txt": "flask\nrich==1\n"})
    made.commit({"a": "1\n2\nnew\n4\n", "bin": b"\0\n1\n", "text": "1\n2\n"})
    made.commit({"text": b"1\n\0\n2\n", "requirements.txt": "flask\n"})
    return made


def go_on(made: MadeRepository) -> None:
    made.commit({"a": None, "moved": "1\n2\nnew\n4\n5\n", "text": "1\n2\nagain\n"})
    made.commit({"bin": b"\0\n1\n2\n", "gone": None, "requirements.txt": None})
    made.commit({"setup/requirements.txt": "flask\nclick\n", "bin": "1\n2\n", "empty": ""})


def test_going_on_from_a_state_gives_what_a_fresh_harvest_gives(made: MadeRepository) -> None:
    _, state = harvest_repository(made.folder)
    go_on(made)
    later, newer_state = harvest_repository(made.folder, state=state)
    assert later == harvest_repository(made.folder)[0]
    made.commit({"moved": "1\n2\n", "text": None})
    last, _ = harvest_repository(made.folder, state=newer_state)
    assert last == harvest_repository(made.folder)[0]


def test_a_second_harvest_asks_git_for_nothing(
    made: MadeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, state = harvest_repository(made.folder)
    monkeypatch.setenv("PATH", "")
    again, newer_state = harvest_repository(made.folder, state=state)
    assert again == first
    assert newer_state is None


def test_a_new_tag_is_seen_though_no_commit_is_new(made: MadeRepository) -> None:
    first, state = harvest_repository(made.folder)
    made.tag("v1.2.3")
    again, _ = harvest_repository(made.folder, state=state)
    assert not first.tags.releases
    assert [release.version for release in again.tags.releases] == ["1.2.3"]


def test_a_rewritten_history_is_read_anew(made: MadeRepository) -> None:
    _, state = harvest_repository(made.folder)
    made.git("reset", "-q", "--hard", "HEAD~1")
    go_on(made)
    assert harvest_repository(made.folder, state=state)[0] == harvest_repository(made.folder)[0]


def test_a_deepened_clone_is_read_anew(made: MadeRepository, tmp_path: Path) -> None:
    go_on(made)
    clone = tmp_path / "clone"
    made.git("clone", "-q", "--depth=2", f"file://{made.folder}", str(clone))
    shallow, state = harvest_repository(clone)
    made.git("-C", str(clone), "fetch", "-q", "--unshallow")
    whole, _ = harvest_repository(clone, state=state)
    assert (shallow.commits, whole.commits) == (2, 6)
    assert whole.survival == harvest_repository(made.folder)[0].survival


def test_a_damaged_state_is_passed_over(made: MadeRepository) -> None:
    first, state = harvest_repository(made.folder)
    assert state is not None
    go_on(made)
    fresh, _ = harvest_repository(made.folder)
    middle = len(state) // 2
    for damaged in (
        b"",
        b"nonsense",
        state[:100],
        state[:-1],
        state[:middle] + bytes([state[middle] ^ 1]) + state[middle + 1 :],
        state.replace(b'"version": 3', b'"version": 9'),
        state.replace(b'"version": %d' % STATE_VERSION, b'"version": []'),
        state.replace(b"{", b"[", 1),
    ):
        assert harvest_repository(made.folder, state=damaged)[0] == fresh
    assert first != fresh


def test_a_failure_keeps_the_state_usable(
    made: MadeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, state = harvest_repository(made.folder)
    go_on(made)

    def fail(*_: object) -> None:
        raise EvidenceError("no")

    with monkeypatch.context() as patch:
        patch.setattr(recipe, "read_tags", fail)
        with pytest.raises(EvidenceError):
            harvest_repository(made.folder, state=state)
    assert harvest_repository(made.folder, state=state)[0] == harvest_repository(made.folder)[0]


@pytest.mark.parametrize("at_once", [1, 2, 4, 5])
def test_reading_in_stretches_gives_what_reading_at_once_gives(
    made: MadeRepository, at_once: int
) -> None:
    go_on(made)
    made.tag("v1.0")
    whole, _ = harvest_repository(made.folder)
    states: list[bytes] = []
    shares: list[float] = []
    found, _ = harvest_repository(
        made.folder,
        commits_at_once=at_once,
        on_progress=lambda share, _: shares.append(share),
        on_state=states.append,
    )
    assert found == whole
    assert len(states) == (6 - 1) // at_once
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_harvest_that_was_stopped_goes_on_from_its_last_checkpoint(
    made: MadeRepository,
) -> None:
    go_on(made)
    states: list[bytes] = []

    def stop_late(share: float, _: str) -> None:
        if share > 0.75:
            raise CancelledError

    with pytest.raises(CancelledError):
        harvest_repository(
            made.folder, commits_at_once=2, on_progress=stop_late, on_state=states.append
        )
    assert len(states) == 2
    made.commit({"moved": "1\n"})
    words: list[str] = []
    found, _ = harvest_repository(
        made.folder, state=states[-1], on_progress=lambda _, text: words.append(text)
    )
    read = [text for text in words if text.startswith("reading the history")]
    assert read[-1] == "reading the history: 3 commits", "of seven, four were known"
    assert found == harvest_repository(made.folder)[0]
