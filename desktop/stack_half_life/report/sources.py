"""Where the facts of a profile come from."""

from collections.abc import Iterator

from stack_half_life.domain.facts import Evidence
from stack_half_life.domain.profile import ChurnProfile


def evidence_of(profile: ChurnProfile) -> Iterator[Evidence]:
    """The evidence of every single fact of a profile."""
    yield profile.technology.evidence
    yield from (cycle.evidence for cycle in profile.cycles)
    yield from (release.evidence for release in profile.releases)
    if profile.end is not None:
        yield profile.end.evidence
    if profile.code_survival is not None:
        yield profile.code_survival.evidence
