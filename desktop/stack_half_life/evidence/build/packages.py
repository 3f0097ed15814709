"""Spells of dependencies in manifests → tenures, and entries for packages met often enough."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stack_half_life.domain.facts import Confidence, Evidence, Nature, TenureSpell
from stack_half_life.domain.purls import package_url
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import COLLECTED_ON, Row, day
from stack_half_life.evidence.build.names import (
    key_of,
    package_name,
)
from stack_half_life.evidence.classification import package_generation, package_layer
from stack_half_life.evidence.manifests.dependency import Ecosystem
from stack_half_life.evidence.tenures_table import tenure_spell

COLUMNS = [
    "repo",
    "repo_kind",
    "ecosystem",
    "package",
    "scope",
    "added",
    "removed",
    "left_truncated",
    "removed_how",
    "repo_start",
    "observed_until",
]
LABEL_COLUMNS = ["ecosystem", "package", "layer"]

SOURCE = "dependency-manifests"
MIN_SPELLS = 6
MIN_REPOSITORIES = 4
MIN_SEEN_FROM_THE_START = 3

Package = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TenureRepository:
    """A repository whose manifests were followed, and over which time."""

    repository: str
    kind: str
    started_on: date
    observed_until: date


@dataclass(frozen=True, slots=True)
class Tenures:
    """All spells, the repositories they were seen in, and the label of every package."""

    spells: tuple[TenureSpell, ...]
    repositories: tuple[TenureRepository, ...]
    labels: Mapping[Package, str]


def tenures(rows: Sequence[Row], label_rows: Sequence[Row]) -> Tenures:
    """The spells as domain values, sorted; package names are texts (`nan` is one)."""
    labels: dict[Package, str] = {}
    for row in label_rows:
        labels.setdefault(_package(row), row["layer"])
    spells: list[TenureSpell] = []
    repositories: dict[str, TenureRepository] = {}
    for row in rows:
        where = f"dependency_tenures.csv, {row['repo']} {row['package']}"
        spell = tenure_spell(where, row)
        spells.append(spell)
        repositories[spell.repository] = TenureRepository(
            spell.repository,
            spell.repository_kind,
            day(row["repo_start"], where),
            spell.observed_until,
        )
    return Tenures(
        spells=tuple(sorted(spells, key=_order)),
        repositories=tuple(repositories[name] for name in sorted(repositories)),
        labels={spell_package(spell): labels.get(spell_package(spell), "") for spell in spells},
    )


def entries(known: Tenures) -> list[Entry]:
    """One entry per package, however rarely met."""
    return [_entry(package, known.labels[package]) for package in sorted(known.labels)]


def often_met(known: Tenures) -> frozenset[Package]:
    """The packages with at least `MIN_SPELLS` spells in `MIN_REPOSITORIES` repositories.

    At least `MIN_SEEN_FROM_THE_START` must have begun under observation: the others say nothing
    of how long a package is kept.
    """
    spells: dict[Package, list[TenureSpell]] = defaultdict(list)
    for spell in known.spells:
        spells[spell_package(spell)].append(spell)
    return frozenset(
        package
        for package, met in spells.items()
        if len(met) >= MIN_SPELLS
        and len({spell.repository for spell in met}) >= MIN_REPOSITORIES
        and sum(not spell.is_left_truncated for spell in met) >= MIN_SEEN_FROM_THE_START
    )


def begun_under_observation(known: Tenures) -> frozenset[Package]:
    """The packages with a spell whose beginning was seen: the others are no evidence of tenure."""
    return frozenset(spell_package(spell) for spell in known.spells if not spell.is_left_truncated)


def spell_package(spell: TenureSpell) -> Package:
    """The (ecosystem, package) of a spell."""
    return spell.ecosystem, spell.package


def _package(row: Row) -> Package:
    return row["ecosystem"], package_name(row["ecosystem"], row["package"])


def _order(spell: TenureSpell) -> tuple[str, ...]:
    return (
        spell.repository,
        spell.ecosystem,
        spell.package,
        spell.scope,
        spell.added_on.isoformat(),
        spell.removed_on.isoformat() if spell.removed_on else "",
    )


def _entry(package: Package, label: str) -> Entry:
    ecosystem, name = package
    return Entry(
        entry_id=f"{ecosystem}:{name}",
        key=key_of(name),
        name=name,
        layer=package_layer(label),
        generation=package_generation(label),
        nature=Nature.SOFTWARE if ecosystem == Ecosystem.DOCKER else Nature.PACKAGE,
        evidence=Evidence(
            source=SOURCE, retrieved_on=COLLECTED_ON, confidence=Confidence.HIGH, note=""
        ),
        aliases=(name,),
        purls=(package_url(ecosystem, name),),
        packages=(package,),
    )
