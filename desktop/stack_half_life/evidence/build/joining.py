"""Joining several sources' entries into one technology each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stack_half_life.domain.facts import (
    Evidence,
    Generation,
    Release,
    ReleaseCycle,
    RepositoryActivity,
    Technology,
    TechnologyEnd,
)
from stack_half_life.evidence.build.curation import Curation
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.packages import Package

SOURCE_ORDER = ("endoflife", "versions", "hosted", "repository", "pypi", "npm", "go", "cargo")
"""Which source's own key a technology keeps where two want the same."""


@dataclass(frozen=True, slots=True)
class Built:
    """A technology with all its facts, ready to be written.

    classified_by: `hand` where the layer was set in the curation, else `rule`.
    """

    technology: Technology
    category: str
    keywords: tuple[str, ...]
    classified_by: str
    observed_until: date | None
    cycles: tuple[ReleaseCycle, ...]
    releases: tuple[Release, ...]
    repositories: tuple[RepositoryActivity, ...]
    packages: tuple[Package, ...]
    end: TechnologyEnd | None
    entry_ids: tuple[str, ...]


def join(
    entries: Sequence[Entry],
    curation: Curation,
    often_met: Iterable[Package],
    begun: Iterable[Package],
) -> list[Built]:
    """All technologies with evidence, sorted by key.

    Curated groups come first, then joins by rule, then entries by themselves.
    often_met: packages that make a technology by themselves.
    begun: packages whose spells are evidence of tenure.
    """
    by_id = {entry.entry_id: entry for entry in entries}
    groups = _groups(by_id, curation, frozenset(often_met))
    all_built = [_built(key, group, curation, by_id) for key, group in _keyed(groups, curation)]
    with_tenure = frozenset(begun)
    built = [one for one in all_built if _has_evidence(one, with_tenure)]
    built.sort(key=lambda one: one.technology.key)
    taken = {name for one in built for name in _own_names(one.technology)}
    return [_with_unique_aliases(one, taken) for one in built]


def _has_evidence(built: Built, with_tenure: frozenset[Package]) -> bool:
    facts = built.cycles or built.releases or built.repositories or built.end
    return bool(facts) or not with_tenure.isdisjoint(built.packages)


def _groups(
    by_id: Mapping[str, Entry], curation: Curation, often_met: frozenset[Package]
) -> list[tuple[str | None, list[Entry]]]:
    free = dict(by_id)
    for entry_id in curation.left_out:
        free.pop(entry_id, None)
    groups: list[tuple[str | None, list[Entry]]] = []
    for key, entry_ids in curation.same.items():
        listed = [free.pop(entry_id) for entry_id in entry_ids if entry_id in free]
        if listed:
            groups.append((key, listed))
    by_key: dict[str, list[Entry]] = {}
    for _, group in groups:
        for entry in group:
            by_key.setdefault(entry.key, group)
    for entry_id in sorted(free, key=_precedence):
        if entry_id not in free:
            continue
        entry = free.pop(entry_id)
        home = by_key.get(entry.key) if entry_id.startswith("end:") else None
        if home is not None:
            home.append(entry)
            continue
        if entry.packages and not often_met.issuperset(entry.packages):
            continue
        group = [entry]
        group += [free.pop(other) for other in entry.joins if _is_joined(entry, free.get(other))]
        groups.append((None, group))
        if not entry.packages:
            by_key.setdefault(entry.key, group)
    return groups


def _is_joined(entry: Entry, other: Entry | None) -> bool:
    """Whether a join by rule holds.

    A repository and a package of its name are one thing among AI libraries; elsewhere the
    package is as often a client of what the repository makes (redis).
    """
    if other is None:
        return False
    return not entry.repositories or other.generation is Generation.AI


def _precedence(entry_id: str) -> tuple[int, str]:
    source = entry_id.partition(":")[0]
    order = SOURCE_ORDER.index(source) if source in SOURCE_ORDER else len(SOURCE_ORDER)
    return order + (source == "end"), entry_id


def _keyed(
    groups: Sequence[tuple[str | None, list[Entry]]], curation: Curation
) -> list[tuple[str, list[Entry]]]:
    taken = set(curation.same)
    keyed: list[tuple[str, list[Entry]]] = []
    for given, group in groups:
        key = given or _free_key(group[0], taken)
        taken.add(key)
        keyed.append((key, group))
    return keyed


def _free_key(entry: Entry, taken: set[str]) -> str:
    if entry.key not in taken:
        return entry.key
    source, _, own_name = entry.entry_id.partition(":")
    owner = own_name.split("/")[0].lower() if source == "repository" else source
    tries = [f"{owner}-{entry.key}" if source == "repository" else f"{entry.key}-{owner}"]
    tries += [f"{tries[0]}-{number}" for number in range(2, 100)]
    return next(key for key in tries if key not in taken)


def _built(
    key: str, group: Sequence[Entry], curation: Curation, by_id: Mapping[str, Entry]
) -> Built:
    shared = by_id.get(curation.cycles_of.get(key, ""))
    with_cycles = next((entry for entry in (*group, shared) if entry and entry.cycles), None)
    end = next((entry.end for entry in group if entry.end), None)
    classifier = next(
        (entry for entry in group if not entry.entry_id.startswith("repository:")), group[0]
    )
    layer = curation.layer_of(key)
    looked = [entry.observed_until for entry in group if entry.observed_until]
    name = curation.names.get(key, group[0].name)
    technology = Technology(
        key=key,
        name=name,
        layer=layer or classifier.layer,
        generation=curation.generation_of(key) or classifier.generation,
        nature=curation.nature_of(key) or group[0].nature,
        aliases=_unique(
            [*curation.aliases.get(key, ())]
            + [alias for entry in group for alias in (entry.name, *entry.aliases)]
        ),
        purls=_unique(
            [*curation.purls.get(key, ())] + [purl for entry in group for purl in entry.purls]
        ),
        evidence=_technology_evidence(with_cycles or group[0]),
    )
    return Built(
        technology=technology,
        category=next((entry.category for entry in group if entry.category), ""),
        keywords=curation.keywords.get(key, ()),
        classified_by="hand" if layer else "rule",
        observed_until=with_cycles.observed_until if with_cycles else max(looked, default=None),
        cycles=_distinct(with_cycles.cycles) if with_cycles else (),
        releases=tuple(release for entry in group for release in entry.releases),
        repositories=tuple(one for entry in group for one in entry.repositories),
        packages=tuple(package for entry in group for package in entry.packages),
        end=end,
        entry_ids=tuple(entry.entry_id for entry in group),
    )


def _technology_evidence(entry: Entry) -> Evidence:
    return entry.evidence.model_copy(update={"note": ""})


def _distinct(cycles: Iterable[ReleaseCycle]) -> tuple[ReleaseCycle, ...]:
    """Cycles oldest first, undated ones last; a repeated name keeps its first row."""
    by_name: dict[str, ReleaseCycle] = {}
    for cycle in cycles:
        by_name.setdefault(cycle.cycle, cycle)
    return tuple(sorted(by_name.values(), key=_by_release))


def _by_release(cycle: ReleaseCycle) -> tuple[bool, str, str]:
    released = cycle.released_on
    return released is None, released.midpoint.isoformat() if released else "", cycle.cycle


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(text.casefold(), text)
    return tuple(seen.values())


def _own_names(technology: Technology) -> set[str]:
    return {technology.key.casefold(), technology.name.casefold()}


def _with_unique_aliases(built: Built, taken: set[str]) -> Built:
    """The technology without aliases that another technology holds already."""
    aliases = [alias for alias in built.technology.aliases if alias.casefold() not in taken]
    taken.update(alias.casefold() for alias in aliases)
    update = {"aliases": tuple(sorted(aliases, key=str.casefold))}
    return replace(built, technology=built.technology.model_copy(update=update))
