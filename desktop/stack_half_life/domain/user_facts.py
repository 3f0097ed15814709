"""What a user adds to the cache: facts of the same form as the shipped ones, kept apart."""

from datetime import date

from pydantic import Field

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.facts import (
    CodeSurvival,
    Release,
    ReleaseCycle,
    RepositoryActivity,
    Source,
    Technology,
    TenureSpell,
)


class UserFacts(Frozen):
    """Facts from one place, added at once; adding the same subject again replaces them.

    subject: what they are of, as `endoflife:python` or `repository:/home/me/app`.
    technology: whose cycles, releases and code survival these are; None for tenures alone.
        Where the cache knows its key, the known technology stays and gains the facts and the
        package URLs.
    observed_until: until when cycles were looked for.
    tenures: spells of dependencies; all spells of a repository named here are replaced.
    source: what the facts' evidence refers to.
    """

    subject: str = Field(min_length=1, max_length=1000)
    technology: Technology | None = None
    observed_until: date | None = None
    cycles: tuple[ReleaseCycle, ...] = ()
    releases: tuple[Release, ...] = ()
    repositories: tuple[RepositoryActivity, ...] = ()
    tenures: tuple[TenureSpell, ...] = ()
    code_survival: CodeSurvival | None = None
    source: Source
