"""Facts about technologies as they were read, each with where it comes from."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from stack_half_life.domain.base import Frozen, NonNegative, Share
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.layers import Layer


class Confidence(StrEnum):
    """How sure a fact is: read in a source, two secondary mentions, or unverified knowledge."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ProvenanceClass(StrEnum):
    """What kind of number a number is."""

    FACT = "fact"
    ESTIMATE = "estimate"
    ASSUMPTION = "assumption"


class Generation(StrEnum):
    """Which family of stacks a technology belongs to, for reference clouds."""

    AI = "ai"
    CLASSICAL = "classical"


class Nature(StrEnum):
    """What kind of thing a technology is; it decides which clocks apply."""

    SOFTWARE = "software"
    PACKAGE = "package"
    HOSTED_MODEL = "hosted-model"
    OPEN_MODEL = "open-model"
    HOSTED_SERVICE = "hosted-service"
    HARDWARE = "hardware"
    SPECIFICATION = "specification"


class Evidence(Frozen):
    """Where a fact was read, when, and how far to trust it."""

    source: str
    retrieved_on: date
    confidence: Confidence
    note: str = ""


class Source(Frozen):
    """A source of facts: `key` is what stands in `Evidence.source`.

    address, licence, credit: blank where it has none or asks for none.
    retrieved_on: when the newest fact taken from it was read.
    """

    key: str
    title: str
    address: str = ""
    licence: str = ""
    credit: str = ""
    retrieved_on: date


class Technology(Frozen):
    """Something a stack can be made of."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9._+-]*$", max_length=120)
    name: str = Field(min_length=1, max_length=160)
    layer: Layer
    generation: Generation
    nature: Nature
    aliases: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()
    evidence: Evidence


class TechnologyHit(Frozen):
    """A technology in a list, with how much is known of it.

    cycles, releases, spells: how many of each there are.
    newest_cycle: the newest one out when the facts were read, blank where there is none.
    median_gap_years: median gap between release cycles, None with fewer than two: a plain
        statistic of the past, not a forecast.
    """

    technology: Technology
    cycles: int
    releases: int
    spells: int
    newest_cycle: str
    median_gap_years: float | None


class SupportState(StrEnum):
    """What is known of a cycle's support where no end date is given."""

    DATED = "dated"
    SUPPORTED = "supported"
    ENDED_DATE_UNKNOWN = "ended-date-unknown"
    UNKNOWN = "unknown"


class ReleaseCycle(Frozen):
    """A release cycle (a line such as 3.12, a model snapshot, a hardware generation).

    `support_ends_on` may lie in the future: then it is an announcement, not an end.
    `is_breaking` is None where the source does not say and the version scheme decides.
    """

    cycle: str
    released_on: PartialDate | None
    support_ends_on: PartialDate | None = None
    support: SupportState
    is_lts: bool = False
    is_breaking: bool | None = None
    deprecation_announced_on: PartialDate | None = None
    successor: str = ""
    evidence: Evidence


class Release(Frozen):
    """One published version, finer than a cycle."""

    version: str
    released_on: PartialDate
    evidence: Evidence


class TechnologyEnd(Frozen):
    """How and when a technology itself ended."""

    kind_of_end: str
    born_on: PartialDate | None
    ended_on: PartialDate
    successor: str = ""
    evidence: Evidence


class TenureSpell(Frozen):
    """How long one repository kept a dependency in its manifests.

    `removed_on` is None where it was still there at `observed_until` (right censored);
    `is_left_truncated` where it was already there when observation began.
    """

    repository: str
    repository_kind: str
    ecosystem: str
    package: str
    scope: str
    added_on: date
    removed_on: date | None
    observed_until: date
    is_left_truncated: bool
    removed_how: str = ""


TENURE_BAND_STARTS_YEARS = (0.0, 0.25, 0.5, 2.0, 4.0)
"""Where the bands of tenure begin over which a removal hazard is taken as constant."""


class TenureCount(Frozen):
    """What tenure spells say of one technology: removals seen, and time at risk by tenure.

    removals: spells that ended, e.
    exposure_years_by_band: years at risk in each band of `TENURE_BAND_STARTS_YEARS`, so that
        E, the removals a baseline hazard h expects, is Σ h_band · exposure_band.
    spells, repositories: how many spells, in how many repositories, they rest on; spells whose
        beginning was not seen are left out, since their tenure is unknown.
    is_of_images: whether all are of container images.
    """

    removals: int = Field(ge=0)
    exposure_years_by_band: tuple[NonNegative, ...] = Field(min_length=5, max_length=5)
    spells: int = Field(ge=0)
    repositories: int = Field(ge=0)
    is_of_images: bool = False


class RepositoryActivity(Frozen):
    """How long a technology's own repository has seen work.

    observed_until: when the history was last looked at; a later silence is unknown.
    kind: `primary`, or how the history stands in for a larger or moved one.
    """

    repository: str
    kind: str
    first_commit_on: date
    last_commit_on: date
    observed_until: date
    commits: int = Field(ge=0)
    note: str = ""


class CodeSurvival(Frozen):
    """Share of source lines still alive by age, from one repository's history.

    half_life_years: None where half is never reached within the history.
    ages_years, alive_share: the Kaplan–Meier curve's points.
    """

    repository: str
    half_life_years: NonNegative | None
    ages_years: tuple[float, ...]
    alive_share: tuple[Share, ...]
    lines: int
    commits: int
    evidence: Evidence
