"""How long dependencies stayed in a repository's manifests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

FLAP_DAYS = 60
"""A dependency that is back within so many days was never gone."""

BULK_REMOVALS = 10
"""So many dependencies gone with one commit are a bulk removal."""

Package = tuple[str, str]
"""(ecosystem, name)."""


class ManifestChange(NamedTuple):
    """One commit's change of one manifest.

    identity: the stored version's id; blank where the manifest is gone.
    source: the path it was moved from, blank where it was not moved.
    """

    commit: int
    path: str
    identity: str
    source: str = ""


class DependencySpell(NamedTuple):
    """From when to when a repository asked for a package.

    removed_on: None where it still does.
    is_left_truncated: there when the repository's manifests of that ecosystem were first seen.
    removed_how: `line`, `bulk` (many at once) or `manifest` (the file itself is gone).
    """

    ecosystem: str
    package: str
    scope: str
    added_on: date
    removed_on: date | None
    is_left_truncated: bool
    removed_how: str


def dependency_spells(
    changes: Iterable[ManifestChange],
    contents: Mapping[tuple[str, str], Mapping[Package, str] | None],
    days: Sequence[date],
) -> tuple[DependencySpell, ...]:
    """Spells of dependencies over a history; short gaps and moves between manifests are joined.

    changes: oldest first.
    contents: scope by package, of each (path, identity); None where it cannot be read, and the
        version before then stands.
    days: of commits, by number.
    """
    by_commit: dict[int, list[ManifestChange]] = defaultdict(list)
    for change in changes:
        by_commit[change.commit].append(change)
    manifests: dict[str, Mapping[Package, str]] = {}
    seen: set[str] = set()
    spells: dict[Package, list[DependencySpell]] = defaultdict(list)
    present: dict[Package, str] = {}
    for commit in sorted(by_commit):
        before = dict(manifests)
        deleted = _apply(by_commit[commit], manifests, contents)
        if manifests == before:
            continue
        now = _scopes(manifests.values())
        day = days[commit]
        started = {ecosystem for ecosystem, _ in now} - seen
        gone = [package for package in present if package not in now]
        for package in gone:
            how = "line"
            if package in deleted:
                how = "manifest"
            elif len(gone) >= BULK_REMOVALS:
                how = "bulk"
            spells[package][-1] = spells[package][-1]._replace(removed_on=day, removed_how=how)
        for package, scope in now.items():
            if package not in present:
                _begin(spells[package], package, scope, day, package[0] in started)
            elif scope != present[package]:
                spells[package][-1] = spells[package][-1]._replace(scope=scope)
        seen |= started
        present = now
    found = [spell for of_package in spells.values() for spell in of_package]
    return tuple(sorted(found, key=lambda s: (s.added_on, s.ecosystem, s.package)))


def _apply(
    changes: Iterable[ManifestChange],
    manifests: dict[str, Mapping[Package, str]],
    contents: Mapping[tuple[str, str], Mapping[Package, str] | None],
) -> set[Package]:
    """Bring the manifests up to date; what is returned stood in manifests that are now gone."""
    deleted: set[Package] = set()
    for change in changes:
        if change.source in manifests:
            manifests[change.path] = manifests.pop(change.source)
        if not change.identity:
            deleted.update(manifests.pop(change.path, {}))
            continue
        asked = contents.get((change.path, change.identity))
        if asked is not None:
            manifests[change.path] = asked
    return deleted


def _scopes(manifests: Iterable[Mapping[Package, str]]) -> dict[Package, str]:
    """Every package asked for; `runtime` where any manifest says so."""
    scopes: dict[Package, str] = {}
    for manifest in manifests:
        for package, scope in manifest.items():
            if scopes.get(package) != "runtime":
                scopes[package] = scope
    return scopes


def _begin(
    spells: list[DependencySpell], package: Package, scope: str, day: date, is_truncated: bool
) -> None:
    if spells:
        last = spells[-1]
        assert last.removed_on is not None
        if day - last.removed_on <= timedelta(days=FLAP_DAYS):
            spells[-1] = last._replace(removed_on=None, removed_how="", scope=scope)
            return
    spells.append(DependencySpell(*package, scope, day, None, is_truncated, ""))
