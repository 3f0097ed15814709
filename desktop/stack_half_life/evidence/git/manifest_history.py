"""The manifests of a history, from tape to dependency spells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.git.paths import path_text
from stack_half_life.evidence.git.tape import DELETED, RENAMED, Tape
from stack_half_life.evidence.git.tenures import (
    DependencySpell,
    ManifestChange,
    Package,
    dependency_spells,
)
from stack_half_life.evidence.git.versions import GitVersions
from stack_half_life.evidence.manifests import MAX_MANIFEST_BYTES, dependencies, is_manifest

BORROWED_FOLDERS = frozenset(
    {"node_modules", "vendor", "vendored", "third_party", "third-party", "testdata", "fixtures"}
)
"""Folders whose manifests speak of somebody else's dependencies, or of none."""


def is_own_manifest(path: bytes) -> bool:
    """Whether a path, as git writes it, is a manifest of the repository's own."""
    text = path_text(path)
    return is_manifest(text) and BORROWED_FOLDERS.isdisjoint(text.casefold().split("/"))


@dataclass(slots=True)
class ManifestHistory:
    """Changes of manifests, oldest first.

    contents: scope by package of each (path, stored version); None where it cannot be read.
    """

    changes: list[ManifestChange] = field(default_factory=list)
    contents: dict[tuple[str, str], Mapping[Package, str] | None] = field(default_factory=dict)

    def take_in(self, tape: Tape, first_number: int, versions: GitVersions) -> None:
        """Add the changes of a tape whose oldest commit has that number."""
        names = [path_text(path) for path in tape.path_numbers]
        newest = first_number + len(tape.commit_ids) - 1
        wanted: dict[bytes, set[str]] = {}
        for place, kind, path, source, identity in reversed(tape.manifests):
            moved_from = names[source] if kind == RENAMED else ""
            watched = path in tape.watched
            stored = "" if kind == DELETED or not watched else identity.decode()
            self.changes.append(ManifestChange(newest - place, names[path], stored, moved_from))
            if stored and (names[path], stored) not in self.contents:
                wanted.setdefault(identity, set()).add(names[path])
        limit = MAX_MANIFEST_BYTES + 1
        for identity, _, content in versions.contents(list(wanted), limit):
            for name in wanted[identity]:
                self.contents[name, identity.decode()] = _asked(name, content)

    def spells(self, days: Sequence[date]) -> tuple[DependencySpell, ...]:
        """The spells of dependencies; `days` are those of the commits, by number."""
        return dependency_spells(self.changes, self.contents, days)


def _asked(name: str, content: bytes) -> Mapping[Package, str] | None:
    try:
        found = dependencies(name, content)
    except EvidenceError:
        return None
    return {
        (dependency.ecosystem.value, dependency.name): dependency.scope.value
        for dependency in found
        if dependency.is_direct
    }
