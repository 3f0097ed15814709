"""The whole build: a folder of collected facts in, the tables of `data/` out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.evidence.build import (
    endoflife,
    ends,
    hosted_models,
    packages,
    repositories,
    version_tables,
)
from stack_half_life.evidence.build.curation import Curation
from stack_half_life.evidence.build.endoflife import KnownThen
from stack_half_life.evidence.build.facts_folder import read_facts
from stack_half_life.evidence.build.joining import Built, join
from stack_half_life.evidence.build.packages import Tenures


@dataclass(frozen=True, slots=True)
class BuiltData:
    """Everything that `data/` holds, as values."""

    technologies: tuple[Built, ...]
    vintages: tuple[KnownThen, ...]
    tenures: Tenures


def build(folder: Path, curation: Curation, on_progress: OnProgress = ignore_progress) -> BuiltData:
    """Read a folder of facts and join it into technologies.

    Raises:
        EvidenceError: where a file or column is missing or a value cannot be read.
    """
    on_progress(0.0, "reading release cycles")
    cycle_rows = read_facts(folder, "endoflife_cycles.csv", endoflife.CYCLE_COLUMNS)
    vintage_rows = read_facts(folder, "endoflife_vintages.csv", endoflife.VINTAGE_COLUMNS)
    version_rows = read_facts(folder, "technology_versions.csv", version_tables.COLUMNS)
    model_rows = read_facts(folder, "hosted_models.csv", hosted_models.COLUMNS)
    on_progress(0.3, "reading repositories and releases")
    repository_rows = read_facts(folder, "repositories.csv", repositories.COLUMNS)
    release_rows = read_facts(folder, "releases.csv", repositories.RELEASE_COLUMNS)
    end_rows = read_facts(folder, "technology_ends.csv", ends.COLUMNS)
    on_progress(0.5, "reading tenures")
    tenures = packages.tenures(
        read_facts(folder, "dependency_tenures.csv", packages.COLUMNS),
        read_facts(folder, "dependency_layers.csv", packages.LABEL_COLUMNS),
    )
    on_progress(0.7, "joining technologies")
    technologies = join(
        [
            *endoflife.entries(cycle_rows),
            *version_tables.entries(version_rows),
            *hosted_models.entries(model_rows, curation.providers),
            *repositories.entries(repository_rows, release_rows),
            *packages.entries(tenures),
            *ends.entries(end_rows, [row["model"] for row in model_rows]),
        ],
        curation,
        packages.often_met(tenures),
        packages.begun_under_observation(tenures),
    )
    return BuiltData(
        technologies=tuple(technologies),
        vintages=tuple(endoflife.vintages(vintage_rows)),
        tenures=tenures,
    )


def keys_by_entry(technologies: Iterable[Built]) -> dict[str, str]:
    """Entry id → key of the technology it became part of."""
    return {
        entry_id: built.technology.key for built in technologies for entry_id in built.entry_ids
    }


def packages_of(technologies: Sequence[Built]) -> dict[packages.Package, str]:
    """Package → key of the technology it became part of."""
    return {package: built.technology.key for built in technologies for package in built.packages}
