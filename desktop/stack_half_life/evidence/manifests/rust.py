"""Dependencies of Rust projects: Cargo.toml."""

from collections.abc import Iterator, Mapping
from typing import Any

from stack_half_life.evidence.documents import parse_toml
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem, Scope

SECTIONS = (
    ("dependencies", Scope.RUNTIME),
    ("dev-dependencies", Scope.DEV),
    ("dev_dependencies", Scope.DEV),
    ("build-dependencies", Scope.DEV),
    ("build_dependencies", Scope.DEV),
)


def from_cargo_toml(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Dependencies of a Cargo.toml and its workspace, without those that lie beside it."""
    document = parse_toml(content, file_name)
    tables = [document, document.get("workspace")]
    targets = document.get("target")
    tables += targets.values() if isinstance(targets, dict) else ()
    for table in tables:
        if isinstance(table, dict):
            yield from _from_table(table)


def _from_table(table: Mapping[str, Any]) -> Iterator[Dependency]:
    for section, scope in SECTIONS:
        asked = table.get(section)
        for name, wanted in asked.items() if isinstance(asked, dict) else ():
            requirement = wanted
            if isinstance(wanted, dict):
                if "path" in wanted:
                    continue
                requirement = wanted.get("version", "")
                name = wanted.get("package", name)
            if isinstance(requirement, str) and isinstance(name, str):
                yield Dependency(Ecosystem.CARGO, name.replace("_", "-"), requirement, scope)
