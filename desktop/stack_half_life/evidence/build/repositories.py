"""Public repositories and their release tags → entries, each with its own censoring date."""

import re
from collections import defaultdict
from collections.abc import Sequence

from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    RepositoryActivity,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import Row, day
from stack_half_life.evidence.build.names import key_of, repository_name, repository_url
from stack_half_life.evidence.cycles_from_releases import DatedVersion, cycles_from_releases
from stack_half_life.evidence.told_facts import cycle_facts, release_facts

COLUMNS = [
    "repo",
    "project",
    "kind",
    "first_commit",
    "last_commit",
    "observed_until",
    "commits",
    "note",
]
RELEASE_COLUMNS = ["repo", "version", "released_on"]

_FROM_README = re.compile(r"\(README\)")


def entries(rows: Sequence[Row], release_rows: Sequence[Row]) -> list[Entry]:
    """One entry per repository; cycles are told from its tags, where it has any."""
    tags: dict[str, list[Row]] = defaultdict(list)
    for row in release_rows:
        if row["released_on"]:
            tags[row["repo"]].append(row)
    return [_entry(row, tags[row["repo"]]) for row in rows]


def _entry(row: Row, tags: Sequence[Row]) -> Entry:
    where = f"repositories.csv, {row['repo']}"
    project = row["project"] or row["repo"]
    activity = RepositoryActivity(
        repository=repository_name(row["repo"]),
        kind=_kind(row["kind"]),
        first_commit_on=day(row["first_commit"], where),
        last_commit_on=day(row["last_commit"], where),
        observed_until=day(row["observed_until"], where),
        commits=int(row["commits"]) if row["commits"].isdigit() else 0,
        note=_FROM_README.sub("(as its README says)", row["note"]),
    )
    evidence = Evidence(
        source=activity.repository,
        retrieved_on=activity.observed_until,
        confidence=Confidence.HIGH,
    )
    dated = [
        DatedVersion(tag["version"], day(tag["released_on"], f"releases.csv, {tag['repo']}"))
        for tag in tags
    ]
    told = evidence.model_copy(update={"note": "told from release tags"})
    basename = project.split("/")[-1]
    return Entry(
        entry_id=f"repository:{row['repo']}",
        key=key_of(basename),
        name=basename,
        layer=Layer.APPLICATION,
        generation=Generation.CLASSICAL,
        nature=Nature.SOFTWARE,
        evidence=evidence,
        aliases=tuple(sorted({project, row["repo"]})),
        purls=tuple(sorted({repository_url(project), repository_url(row["repo"])})),
        observed_until=activity.observed_until,
        cycles=cycle_facts(cycles_from_releases(dated), told),
        releases=release_facts(dated, evidence),
        repositories=(activity,),
        joins=(f"pypi:{key_of(basename)}",),
    )


def _kind(text: str) -> str:
    """`primary`, or how the history stands in for another, in a few words."""
    if text.startswith("partial"):
        return "partial: an older copy whose history ends early"
    if text.startswith("substitute"):
        return "substitute: an earlier home of the project"
    return "primary"
