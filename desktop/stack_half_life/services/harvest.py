"""Harvest a repository of the user's own, remembering how far the last harvest got.

What a harvest that is stopped has got to, is remembered too, every few thousand commits.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.paths import harvest_folder


def harvest(
    path: Path,
    *,
    follow_alternates: bool = False,
    is_fresh: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> RepositoryHarvest:
    """What the repository at a path says.

    is_fresh: read the whole history though an earlier harvest is remembered.

    Raises:
        EvidenceError: where it cannot be read.
        CancelledError: from `on_progress`.
    """
    kept = _state_file(path)
    state = None if is_fresh else _read(kept)
    found, new_state = harvest_repository(
        path,
        state=state,
        follow_alternates=follow_alternates,
        on_progress=on_progress,
        on_state=lambda under_way: _keep(kept, under_way),
    )
    if new_state is not None:
        _keep(kept, new_state)
    return found


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
