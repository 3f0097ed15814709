"""Dependencies of JavaScript projects: package.json."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import parse_json
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem, Scope

SECTIONS = (
    ("dependencies", Scope.RUNTIME),
    ("optionalDependencies", Scope.RUNTIME),
    ("peerDependencies", Scope.RUNTIME),
    ("devDependencies", Scope.DEV),
)
_LOCAL = ("file:", "link:", "workspace:", "portal:", "./", "../")
_ALIAS = re.compile(r"\Anpm:((?:@[^/@]+/)?[^@]+)(?:@(.*))?\Z")
_NAME = re.compile(r"\A(?:@[\w.~-]+/)?[\w.~-]+\Z", re.ASCII)


def from_package_json(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Dependencies of a package.json, without those that lie in the same repository."""
    document = parse_json(content, file_name)
    if not isinstance(document, dict):
        raise EvidenceError(f"{file_name}: is not a package.json (an object is needed)")
    for section, scope in SECTIONS:
        asked = document.get(section)
        for name, requirement in asked.items() if isinstance(asked, dict) else ():
            if isinstance(requirement, str):
                dependency = _dependency(name, requirement, scope)
                if dependency is not None:
                    yield dependency


@lru_cache(maxsize=16384)
def _dependency(name: str, requirement: str, scope: Scope) -> Dependency | None:
    """What an entry asks for; remembered, since versions of a file share most of their entries."""
    if requirement.startswith(_LOCAL):
        return None
    alias = _ALIAS.match(requirement)
    if alias:
        name, requirement = alias.group(1), alias.group(2) or ""
    if not _NAME.match(name):
        return None
    return Dependency(Ecosystem.NPM, name, requirement.strip(), scope)
