"""One source's view of one technology, before views of the same technology are joined."""

from dataclasses import dataclass, field
from datetime import date

from stack_half_life.domain.facts import (
    Evidence,
    Generation,
    Nature,
    Release,
    ReleaseCycle,
    RepositoryActivity,
    TechnologyEnd,
)
from stack_half_life.domain.layers import Layer


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source says of one technology.

    entry_id: the source and its own name for it, as `endoflife:python` or `pypi:torch`;
        curation refers to entries by it.
    key: the key it would have by itself.
    observed_until: until when this source looked for cycles.
    """

    entry_id: str
    key: str
    name: str
    layer: Layer
    generation: Generation
    nature: Nature
    evidence: Evidence
    category: str = ""
    aliases: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()
    observed_until: date | None = None
    cycles: tuple[ReleaseCycle, ...] = ()
    releases: tuple[Release, ...] = ()
    repositories: tuple[RepositoryActivity, ...] = ()
    packages: tuple[tuple[str, str], ...] = ()
    end: TechnologyEnd | None = None
    joins: tuple[str, ...] = field(default=())
    """Entries that are the same technology by rule, where they exist."""
