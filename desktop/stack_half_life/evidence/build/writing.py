"""Writing what was built into the tables of `data/`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from stack_half_life.domain.facts import Evidence
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.build.build import BuiltData, keys_by_entry, packages_of
from stack_half_life.evidence.build.joining import Built
from stack_half_life.evidence.build.packages import spell_package
from stack_half_life.evidence.build.sources import CREDITS, LICENCES, TITLES, address_of
from stack_half_life.evidence.build.tables import Cell, evidence_cells, list_cell, write_table
from stack_half_life.evidence.classification import package_layer

Table = tuple[str, str, list[tuple[Cell, ...]]]

_EVIDENCE = "source retrieved_on confidence note"


def write_data(
    data: BuiltData, folder: Path, on_progress: OnProgress = ignore_progress
) -> dict[str, int]:
    """Write every table; the number of rows by file name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EvidenceError(f"{folder}: cannot be made ({problem.strerror})") from None
    counts: dict[str, int] = {}
    for name, columns, rows in _tables(data):
        on_progress(min(0.99, 0.75 + 0.025 * len(counts)), f"writing {name}")
        counts[name] = write_table(folder, name, columns.split(), rows)
    return counts


def _tables(data: BuiltData) -> Iterator[Table]:
    built = data.technologies
    yield _technologies(built)
    yield _cycles(built)
    yield _releases(built)
    yield _ends(built)
    yield _repositories(built)
    yield _tenures(data)
    yield _tenure_repositories(data)
    yield _package_layers(data)
    yield _vintages(data)
    yield _sources(built)


def _technologies(built: Sequence[Built]) -> Table:
    columns = (
        "key name layer generation nature category aliases purls keywords classified_by "
        f"observed_until {_EVIDENCE}"
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.technology.key,
            one.technology.name,
            one.technology.layer,
            one.technology.generation,
            one.technology.nature,
            one.category,
            list_cell(one.technology.aliases),
            list_cell(one.technology.purls),
            list_cell(one.keywords),
            one.classified_by,
            one.observed_until,
            *evidence_cells(one.technology.evidence),
        )
        for one in built
    ]
    return "technologies.csv", columns, rows


def _cycles(built: Sequence[Built]) -> Table:
    columns = (
        "technology cycle released_on support_ends_on support is_lts is_breaking "
        f"deprecation_announced_on successor {_EVIDENCE}"
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.technology.key,
            cycle.cycle,
            cycle.released_on,
            cycle.support_ends_on,
            cycle.support,
            cycle.is_lts,
            cycle.is_breaking,
            cycle.deprecation_announced_on,
            cycle.successor,
            *evidence_cells(cycle.evidence),
        )
        for one in built
        for cycle in one.cycles
    ]
    return "cycles.csv", columns, rows


def _releases(built: Sequence[Built]) -> Table:
    columns = f"technology version released_on {_EVIDENCE}"
    rows: list[tuple[Cell, ...]] = [
        (
            one.technology.key,
            release.version,
            release.released_on,
            *evidence_cells(release.evidence),
        )
        for one in built
        for release in one.releases
    ]
    return "releases.csv", columns, rows


def _ends(built: Sequence[Built]) -> Table:
    columns = f"technology kind_of_end born_on ended_on successor {_EVIDENCE}"
    rows: list[tuple[Cell, ...]] = [
        (
            one.technology.key,
            one.end.kind_of_end,
            one.end.born_on,
            one.end.ended_on,
            one.end.successor,
            *evidence_cells(one.end.evidence),
        )
        for one in built
        if one.end
    ]
    return "ends.csv", columns, rows


def _repositories(built: Sequence[Built]) -> Table:
    columns = (
        "technology repository kind first_commit_on last_commit_on observed_until commits note"
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.technology.key,
            activity.repository,
            activity.kind,
            activity.first_commit_on,
            activity.last_commit_on,
            activity.observed_until,
            activity.commits,
            activity.note,
        )
        for one in built
        for activity in one.repositories
    ]
    return "repositories.csv", columns, rows


def _tenures(data: BuiltData) -> Table:
    columns = "repository ecosystem package scope added_on removed_on is_left_truncated removed_how"
    rows: list[tuple[Cell, ...]] = [
        (
            spell.repository,
            spell.ecosystem,
            spell.package,
            spell.scope,
            spell.added_on,
            spell.removed_on,
            spell.is_left_truncated,
            spell.removed_how,
        )
        for spell in data.tenures.spells
    ]
    return "tenures.csv", columns, rows


def _tenure_repositories(data: BuiltData) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.repository, one.kind, one.started_on, one.observed_until)
        for one in data.tenures.repositories
    ]
    return "tenure_repositories.csv", "repository kind started_on observed_until", rows


def _package_layers(data: BuiltData) -> Table:
    keys = packages_of(data.technologies)
    packages = sorted({spell_package(spell) for spell in data.tenures.spells})
    rows: list[tuple[Cell, ...]] = [
        (*package, label, package_layer(label).value, keys.get(package, ""))
        for package in packages
        for label in (data.tenures.labels[package],)
    ]
    return "package_layers.csv", "ecosystem package label layer technology", rows


def _vintages(data: BuiltData) -> Table:
    keys = keys_by_entry(data.technologies)
    known = [(keys.get(f"endoflife:{one.product}"), one) for one in data.vintages]
    rows: list[tuple[Cell, ...]] = [
        (
            key,
            one.cycle,
            one.known_on,
            one.released_on,
            one.is_lts,
            one.support,
            one.support_ends_on,
        )
        for key, one in known
        if key
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    columns = "technology cycle known_on released_on is_lts support support_ends_on"
    return "vintages.csv", columns, rows


def _sources(built: Sequence[Built]) -> Table:
    cited: dict[str, list[Evidence]] = {}
    for one in built:
        found = [one.technology.evidence]
        found += [cycle.evidence for cycle in one.cycles]
        found += [release.evidence for release in one.releases]
        found += [one.end.evidence] if one.end else []
        for evidence in found:
            cited.setdefault(evidence.source, []).append(evidence)
    rows: list[tuple[Cell, ...]] = [
        (
            source,
            TITLES.get(source, source),
            address_of(source),
            LICENCES.get(source, ""),
            CREDITS.get(source, ""),
            max(evidence.retrieved_on for evidence in cited[source]),
        )
        for source in sorted(cited)
    ]
    return "sources.csv", "key title address licence credit retrieved_on", rows
