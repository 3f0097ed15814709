"""Harvest a repository of the user's own, remembering how far the last harvest got.

What a harvest that is stopped has got to, is remembered too, every few thousand commits.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import shown
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.history import COMMITS_AT_ONCE
from stack_half_life.paths import harvest_folder

MAX_NAME = 100


def harvest(
    path: Path,
    *,
    name: str | None = None,
    follow_alternates: bool = False,
    is_fresh: bool = False,
    commits_at_once: int = COMMITS_AT_ONCE,
    on_progress: OnProgress = ignore_progress,
) -> RepositoryHarvest:
    """What the repository at a path says.

    name: what to call the repository, else its folder's name.
    is_fresh: read the whole history though an earlier harvest is remembered.
    commits_at_once: how many commits at most are read between two things remembered.

    Raises:
        EvidenceError: where it cannot be read, or not be called so.
        CancelledError: from `on_progress`.
    """
    called = "" if name is None else repository_name(name)
    kept = _state_file(path)
    state = None if is_fresh else _read(kept)
    found, new_state = harvest_repository(
        path,
        name=called,
        state=state,
        follow_alternates=follow_alternates,
        commits_at_once=commits_at_once,
        on_progress=on_progress,
        on_state=lambda under_way: _keep(kept, under_way),
    )
    if new_state is not None:
        _keep(kept, new_state)
    return found


def repository_name(text: str) -> str:
    """A name given to a repository, without blanks around it.

    Raises:
        EvidenceError: where it is empty, long, or not one line of printable characters.
    """
    name = text.strip()
    is_said = any(sign.isalnum() for sign in name)
    if not is_said or not name.isprintable() or len(name) > MAX_NAME:
        raise EvidenceError(
            f"“{shown(name)}” is no name of a repository: 1 to {MAX_NAME} printable characters "
            "in one line are allowed, a letter or digit among them"
        )
    return name


def _state_file(path: Path) -> Path:
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return harvest_folder() / f"{name[:32]}.state"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(path: Path, state: bytes) -> None:
    """Remember a state; where that cannot be, the next harvest only takes longer."""
    from stack_half_life.files import write_atomically

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, state)
