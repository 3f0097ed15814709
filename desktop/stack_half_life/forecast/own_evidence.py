"""On which of its clocks a technology has facts of its own, knowable at a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from stack_half_life.domain.clock_figures import RemovalBasis
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import ClockCoverage
from stack_half_life.forecast.fitting import removal_basis
from stack_half_life.forecast.history import released_on, support_ends_on
from stack_half_life.forecast.student import Floats


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """release: a cycle is out.  support: the end of one, past or announced, is known.

    tenure: spells in manifests, or the end of the technology itself, are known.
    """

    release: bool
    support: bool
    tenure: bool

    @property
    def has_any(self) -> bool:
        """Whether any clock rests on facts of its own."""
        return self.release or self.support or self.tenure


def own_evidence(profile: ChurnProfile, as_of: date) -> OwnEvidence:
    """What is known of a profile's clocks; nothing where it is unmatched."""
    if not profile.is_matched:
        return OwnEvidence(release=False, support=False, tenure=False)
    out = [one for one in profile.cycles if (start := released_on(one)) and start <= as_of]
    return OwnEvidence(
        release=bool(out),
        support=any(support_ends_on(cycle) is not None for cycle in out),
        tenure=profile.end is not None
        or (
            removal_basis(profile) is RemovalBasis.MANIFESTS
            and profile.tenure is not None
            and profile.tenure.spells > 0
        ),
    )


def coverage_of(known: Sequence[OwnEvidence], weights: Floats) -> tuple[float, ClockCoverage]:
    """Weight of the components with any evidence, and by clock; weights: [components], sum 1."""

    def share(flags: Sequence[bool]) -> float:
        return min(float(weights @ np.array(flags, float)), 1.0)

    return share([one.has_any for one in known]), ClockCoverage(
        release=share([one.release for one in known]),
        support=share([one.support for one in known]),
        tenure=share([one.tenure for one in known]),
    )
