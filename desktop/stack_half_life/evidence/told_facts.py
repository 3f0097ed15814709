"""Releases, and the cycles told from them, as facts: nobody says how long these are supported."""

from collections.abc import Iterable

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Evidence, Release, ReleaseCycle, SupportState
from stack_half_life.evidence.cycles_from_releases import DatedVersion, ToldCycle


def release_facts(dated: Iterable[DatedVersion], evidence: Evidence) -> tuple[Release, ...]:
    """Dated versions as releases, oldest first."""
    return tuple(
        Release(
            version=one.version,
            released_on=PartialDate(one.released_on.isoformat()),
            evidence=evidence,
        )
        for one in sorted(dated, key=lambda one: (one.released_on, one.version))
    )


def cycle_facts(told: Iterable[ToldCycle], evidence: Evidence) -> tuple[ReleaseCycle, ...]:
    """Told cycles as release cycles, in the order given."""
    return tuple(
        ReleaseCycle(
            cycle=one.cycle,
            released_on=PartialDate(one.released_on.isoformat()),
            support=SupportState.UNKNOWN,
            is_breaking=one.is_breaking,
            evidence=evidence,
        )
        for one in told
    )
