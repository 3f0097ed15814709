"""Stack items from dependency manifests, and the language runtimes they are written for."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from stack_half_life.evidence.manifests import (
    Dependency,
    Ecosystem,
    Scope,
    built_images,
    dependencies,
    left_out,
    looked_for,
)
from stack_half_life.evidence.manifests.runtimes import runtimes
from stack_half_life.evidence.stack_import.base_system import base_system
from stack_half_life.evidence.stack_import.item import ImportedFile, ImportedItem, Precision

_EXACT_WHEN_BARE = {Ecosystem.PYPI, Ecosystem.NPM, Ecosystem.GO, Ecosystem.DOCKER}
_COMPOSE_ENDINGS = (".yml", ".yaml")
"""Of files that run images; what these stand on is their makers' to keep up to date."""

_WILDCARD = re.compile(r"\.[xX*]")


def read_manifest(file: str, name: str, content: bytes) -> ImportedFile:
    """The items of a manifest that `evidence.manifests` reads; `name` decides its form.

    Raises:
        EvidenceError: where the content is not what the name says.
    """
    found = dependencies(name, content)
    if not name.casefold().endswith(_COMPOSE_ENDINGS):
        found = tuple(dict.fromkeys(part for one in found for part in _with_base_system(one)))
    notes = tuple(file + note.removeprefix(name) for note in left_out(name, content))
    return ImportedFile(
        file=file,
        form=PurePosixPath(name).name,
        items=tuple(_items(file, (*runtimes(name, content), *found))),
        built=built_images(name, content),
        notes=notes
        if found or notes
        else (f"{file}: names no dependency; looked for: {looked_for(name)}",),
    )


def precision_of(dependency: Dependency) -> Precision:
    """How far a requirement settles the version in use."""
    asked = dependency.requirement.strip()
    if not dependency.version:
        return Precision.OPEN
    if asked.startswith(">") and "<" not in asked:
        return Precision.OPEN
    if asked.startswith(("^", "~", ">", "<")) or _WILDCARD.search(asked) or "||" in asked:
        return Precision.RANGE
    if asked.startswith("=") or dependency.ecosystem in _EXACT_WHEN_BARE:
        return Precision.EXACT
    return Precision.RANGE


def _with_base_system(dependency: Dependency) -> Iterator[Dependency]:
    """An image built upon and the system below it; the system alone where the image is that."""
    is_image = dependency.ecosystem is Ecosystem.DOCKER
    system = base_system(dependency) if is_image else None
    if system is None or system.name != dependency.name:
        yield dependency
    if system is not None:
        yield system


def _items(file: str, found: tuple[Dependency, ...]) -> Iterator[ImportedItem]:
    for dependency in found:
        yield ImportedItem(
            name=dependency.name,
            version=dependency.version,
            precision=precision_of(dependency),
            requirement=dependency.requirement,
            purl=dependency.purl,
            kind=dependency.ecosystem.value,
            is_direct=dependency.is_direct,
            is_needed=dependency.scope is Scope.RUNTIME,
            file=file,
        )
