"""What a harvest says, and its form as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from stack_half_life.evidence.cycles_from_releases import ToldCycle
from stack_half_life.evidence.git.survival import SURVIVAL_YEARS, Interval, SurvivalEstimate
from stack_half_life.evidence.git.tags import TagReading, TagRelease
from stack_half_life.evidence.git.tenures import DependencySpell
from stack_half_life.evidence.git.versions import MAX_COMPARED_BYTES


class RepositoryHarvest(NamedTuple):
    """All that one repository's first-parent history and tags say.

    head: the commit it was read from.
    last_commit_on: the repository's own end of observation, where what still lives is censored.
    missing_versions: of files, that the clone lacks; such a file is passed over while it is so.
    replaced_versions: changes of files too large to compare, taken as whole replacements.
    lines: in the text files of the newest commit.  commits: along the first parents.
    cycles: told from the releases.  breaking_finding: what their history says of breaking, blank
        where the version scheme alone tells it.
    """

    repository: str
    head: str
    first_commit_on: date
    last_commit_on: date
    is_shallow: bool
    missing_versions: int
    replaced_versions: int
    lines: int
    commits: int
    survival: SurvivalEstimate
    tags: TagReading
    cycles: tuple[ToldCycle, ...]
    breaking_finding: str
    tenures: tuple[DependencySpell, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know before trusting the figures."""
        notes = []
        if self.is_shallow:
            notes.append(
                "shallow clone: lines, releases and dependencies from before its oldest commit "
                "have no known beginning and are left out or marked"
            )
        if self.missing_versions:
            notes.append(
                f"partial clone: {self.missing_versions:,} versions of files are not in it; "
                "such files are passed over while they are so"
            )
        if self.replaced_versions:
            notes.append(
                f"{self.replaced_versions:,} changes of files over "
                f"{MAX_COMPARED_BYTES // 2**20} MB are taken as whole replacements"
            )
        if self.survival.half_life_years.value is None:
            notes.append("half of the lines are still alive: the half-life is not reached")
        if self.tags.other_components:
            others = sum(self.tags.other_components.values())
            notes.append(f"{others:,} releases of other components are not listed")
        if self.breaking_finding:
            notes.append(self.breaking_finding)
        return tuple(notes)

    def to_json(self) -> dict[str, Any]:
        """One object of plain values, units in key names, dates as YYYY-MM-DD."""
        half_life = self.survival.half_life_years
        survival: dict[str, Any] = {
            "half_life_years": half_life.value,
            "half_life_years_p10": half_life.p10,
            "half_life_years_p90": half_life.p90,
        }
        for year, share in self.survival.shares.items():
            survival[f"s_{year}y"] = share.value
            survival[f"s_{year}y_p10"] = share.p10
            survival[f"s_{year}y_p90"] = share.p90
        return {
            "repository": self.repository,
            "head": self.head,
            "first_commit_on": self.first_commit_on.isoformat(),
            "last_commit_on": self.last_commit_on.isoformat(),
            "is_shallow": self.is_shallow,
            "missing_versions": self.missing_versions,
            "replaced_versions": self.replaced_versions,
            "code_survival": {
                **survival,
                "lines": self.lines,
                "commits": self.commits,
                "ages_years": list(self.survival.ages_years),
                "alive_share": list(self.survival.alive_share),
            },
            "releases": [_plain(release) for release in self.tags.releases],
            "release_cycles": [_plain(cycle) for cycle in self.cycles],
            "breaking_finding": self.breaking_finding,
            "component": self.tags.component,
            "other_components": self.tags.other_components,
            "tags_passed_over": self.tags.passed_over,
            "dependency_tenures": [
                {**_plain(spell), "observed_until": self.last_commit_on.isoformat()}
                for spell in self.tenures
            ],
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "RepositoryHarvest":
        """The harvest that `to_json` wrote; KeyError, TypeError or ValueError where it did not."""
        survival = plain["code_survival"]
        return cls(
            repository=plain["repository"],
            head=plain["head"],
            first_commit_on=date.fromisoformat(plain["first_commit_on"]),
            last_commit_on=date.fromisoformat(plain["last_commit_on"]),
            is_shallow=plain["is_shallow"],
            missing_versions=plain["missing_versions"],
            replaced_versions=plain["replaced_versions"],
            lines=survival["lines"],
            commits=survival["commits"],
            survival=SurvivalEstimate(
                half_life_years=_interval(survival, "half_life_years"),
                shares={year: _interval(survival, f"s_{year}y") for year in SURVIVAL_YEARS},
                ages_years=tuple(survival["ages_years"]),
                alive_share=tuple(survival["alive_share"]),
            ),
            tags=TagReading(
                releases=tuple(
                    TagRelease(**{**row, "released_on": date.fromisoformat(row["released_on"])})
                    for row in plain["releases"]
                ),
                component=plain["component"],
                other_components=plain["other_components"],
                passed_over=plain["tags_passed_over"],
            ),
            cycles=tuple(
                ToldCycle(**{**row, "released_on": date.fromisoformat(row["released_on"])})
                for row in plain["release_cycles"]
            ),
            breaking_finding=plain["breaking_finding"],
            tenures=tuple(_spell(row) for row in plain["dependency_tenures"]),
        )


def _plain(value: TagRelease | ToldCycle | DependencySpell) -> dict[str, Any]:
    return {
        key: field.isoformat() if isinstance(field, date) else field
        for key, field in value._asdict().items()
    }


def _interval(plain: Mapping[str, Any], key: str) -> Interval:
    return Interval(plain[key], plain[f"{key}_p10"], plain[f"{key}_p90"])


def _spell(row: Mapping[str, Any]) -> DependencySpell:
    removed = row["removed_on"]
    return DependencySpell(
        ecosystem=row["ecosystem"],
        package=row["package"],
        scope=row["scope"],
        added_on=date.fromisoformat(row["added_on"]),
        removed_on=None if removed is None else date.fromisoformat(removed),
        is_left_truncated=row["is_left_truncated"],
        removed_how=row["removed_how"],
    )
