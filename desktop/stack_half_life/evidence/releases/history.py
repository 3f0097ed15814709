"""The release history of one package: versions, cycles and how far their dates can be trusted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.facts import Confidence, Evidence, Release, ReleaseCycle
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.breaking import told_by_history
from stack_half_life.evidence.cycles_from_releases import DatedVersion, cycles_from_releases
from stack_half_life.evidence.told_facts import cycle_facts, release_facts
from stack_half_life.evidence.versions import parse_version

MAX_BACKWARD_SHARE = 0.05
ALLOWED_BACKWARD_STEPS = 2
CROWD = 5
"""Releases on one day from which the day counts as crowded."""

MIN_RELEASES_TO_DOUBT = 10


class ReleaseHistory(Frozen):
    """What a package index or a repository says of one package's releases, oldest first."""

    purl: str
    releases: tuple[Release, ...]
    cycles: tuple[ReleaseCycle, ...]
    notes: tuple[str, ...] = ()


def history_of(
    purl: str,
    dated: Sequence[DatedVersion],
    *,
    source: str,
    retrieved_on: date,
    notes: Sequence[str] = (),
) -> ReleaseHistory:
    """The history behind dated versions; pre-releases are passed over.

    Raises:
        EvidenceError: where there is no stable release, or the dates cannot be those of
            publication (`sign_of_copying`).
    """
    stable = [one for one in dated if parse_version(one.version) is not None]
    if not stable:
        raise EvidenceError(f"{purl}: has no stable release with a date")
    doubt = sign_of_copying(stable)
    if doubt:
        raise EvidenceError(
            f"{purl}: {doubt}: these are dates of copying, not of publication; nothing was taken"
        )
    cycles, finding = told_by_history(cycles_from_releases(stable), stable)
    evidence = Evidence(source=source, retrieved_on=retrieved_on, confidence=Confidence.HIGH)
    told = evidence.model_copy(update={"note": finding})
    return ReleaseHistory(
        purl=purl,
        releases=release_facts(stable, evidence),
        cycles=cycle_facts(cycles, told),
        notes=(*notes, finding) if finding else tuple(notes),
    )


def sign_of_copying(dated: Sequence[DatedVersion]) -> str:
    """What shows that dates are those of a copy or of tags made later; empty where nothing does.

    Within a line x.y later versions come later; and no project publishes most of its versions on
    a few days. (Seen: at most 1 % backward steps in five large packages on an index with its own
    dates, 13 % to 64 % and 70 % to 84 % on crowded days in five on a mirror.)
    """
    if len(dated) < MIN_RELEASES_TO_DOUBT:
        return ""
    ordered = sorted(
        (numbers, one.released_on)
        for one in dated
        if (numbers := parse_version(one.version)) is not None
    )
    steps = [
        later < earlier
        for (before, earlier), (after, later) in pairwise(ordered)
        if before[:2] == after[:2] and before != after
    ]
    backward = sum(steps)
    if backward > max(ALLOWED_BACKWARD_STEPS, MAX_BACKWARD_SHARE * len(steps)):
        return f"{backward} of {len(steps)} steps between patch releases go back in time"
    days = Counter(one.released_on for one in dated)
    crowded = sum(count for count in days.values() if count >= CROWD)
    if 2 * crowded > len(dated):
        return f"{crowded} of {len(dated)} releases share their day with {CROWD - 1} or more others"
    return ""
