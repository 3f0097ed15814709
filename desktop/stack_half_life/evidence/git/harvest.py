"""The harvest of one repository: one pass over its history, then what it says."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.evidence.breaking import told_by_history
from stack_half_life.evidence.cycles_from_releases import DatedVersion, cycles_from_releases
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.evidence.git.commit_times import ordered_times
from stack_half_life.evidence.git.history import (
    COMMITS_AT_ONCE,
    History,
    OnCheckpoint,
    ignore_checkpoint,
    read_history,
)
from stack_half_life.evidence.git.layout import find_repository
from stack_half_life.evidence.git.refs import TagRef, head_commit, shallow_commits, tag_refs
from stack_half_life.evidence.git.shim import MissingVersionError, open_shim
from stack_half_life.evidence.git.stand_ins import missing_versions, with_stand_ins
from stack_half_life.evidence.git.state import (
    STATE_VERSION,
    pack_state,
    unpack_answer,
    unpack_history,
)
from stack_half_life.evidence.git.survival import Lifetimes, estimate_survival
from stack_half_life.evidence.git.tags import TagReading, read_tags
from stack_half_life.evidence.git.versions import GitVersions


def harvest_repository(
    path: Path,
    *,
    name: str = "",
    state: bytes | None = None,
    follow_alternates: bool = False,
    commits_at_once: int = COMMITS_AT_ONCE,
    on_progress: OnProgress = ignore_progress,
    on_state: Callable[[bytes], None] | None = None,
) -> tuple[RepositoryHarvest, bytes | None]:
    """What a repository says, and the state to hand in next time (None: the old one still holds).

    name: what to call the repository, else its folder's name; its tags may begin with that.
    state: from an earlier harvest; damaged or foreign ones are passed over.
    on_state: gets states of a harvest under way, from which another one can go on.
    follow_alternates: whether objects borrowed from another repository may be read.
    commits_at_once: how far apart those states are at most.

    Raises:
        EvidenceError: where there is no repository, no commit, no git, or objects are missing.
        CancelledError: from `on_progress`.
    """
    layout = find_repository(path)
    head = head_commit(layout)
    tags = tag_refs(layout)
    shallow = shallow_commits(layout)
    called = name or layout.name
    fingerprint = _fingerprint(called, head, tags, shallow)
    known = unpack_answer(state, fingerprint) if state else None
    if known is not None:
        return RepositoryHarvest.from_json(known), None
    with open_shim(layout, object_id_length=len(head), follow_alternates=follow_alternates) as shim:
        history = unpack_history(state) if state else None
        if history is None or history.shallow != shallow:
            history = History(shallow)
        try:
            history = read_history(
                shim,
                head,
                history,
                on_progress,
                _keeper(on_state),
                commits_at_once=commits_at_once,
            )
        except MissingVersionError:
            missing = missing_versions(shim, head)
            if not missing:
                raise
            whole = with_stand_ins(shim, missing)
            history = read_history(whole, head, History(shallow), on_progress)
            history.missing_versions = len(missing)
        on_progress(1.0, "reading tags")
        reading = read_tags(tags, GitVersions(shim), called)
    harvest = _answer(called, history, reading)
    return harvest, pack_state(history, fingerprint, harvest.to_json())


def _keeper(on_state: Callable[[bytes], None] | None) -> OnCheckpoint:
    """What packs a history that is not whole, without an answer, and hands it on."""
    if on_state is None:
        return ignore_checkpoint
    return lambda history: on_state(pack_state(history, "", {}))


def _answer(called: str, history: History, tags: TagReading) -> RepositoryHarvest:
    lines = history.lines
    times = ordered_times(history.seconds)
    newest = len(times) - 1
    alive = list(lines.alive())
    observed = Lifetimes(
        times,
        lines.born,
        lines.died,
        lines.lines,
        [*((birth, newest, count) for birth, count in alive), *lines.unseen()],
        first_known_birth=1 if history.shallow else 0,
    )
    dated = [DatedVersion(release.version, release.released_on) for release in tags.releases]
    cycles, finding = told_by_history(cycles_from_releases(dated), dated)
    days = [datetime.fromtimestamp(time, UTC).date() for time in times]
    return RepositoryHarvest(
        repository=called,
        head=history.head,
        first_commit_on=days[0],
        last_commit_on=days[-1],
        is_shallow=bool(history.shallow),
        missing_versions=history.missing_versions,
        replaced_versions=history.replaced_versions,
        lines=sum(count for _, count in alive),
        commits=len(times),
        survival=estimate_survival(observed),
        tags=tags,
        cycles=cycles,
        breaking_finding=finding,
        tenures=history.manifests.spells(days),
    )


def _fingerprint(name: str, head: str, tags: tuple[TagRef, ...], shallow: tuple[str, ...]) -> str:
    """A digest of all that an answer rests on."""
    digest = hashlib.sha256(f"{STATE_VERSION}\n{name}\n{head}\n".encode())
    for tag in tags:
        digest.update(f"{tag.name} {tag.object_id}\n".encode("utf-8", "surrogateescape"))
    digest.update("\n".join(shallow).encode())
    return digest.hexdigest()
