"""Every dependency is locked by hash and has its reason in the README."""

import re
import tomllib
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

# What a declared package documents as its own other half.
PART_OF = {"pydantic-core": "pydantic", "urllib3": "requests"}


def canonical(requirement: str) -> str:
    """The name of a requirement as a lock writes it."""
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.fixture(scope="module")
def wanted(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], project["dependency-groups"]["dev"]]
    return {canonical(one) for group in groups for one in group}


def test_the_lock_holds_every_dependency_by_hash(root: Path, wanted: set[str]) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^(\S+?)==(\S+)(.*(?:\n +--hash=sha256:\w{64}.*)*)", text, re.MULTILINE)
    assert wanted <= {name for name, _, _ in entries}
    assert [name for name, _, rest in entries if "--hash=sha256:" not in rest] == []
    assert "http" not in text


def test_every_dependency_has_its_reason_in_the_readme(root: Path, wanted: set[str]) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| `([^`]+)` \| (.+?) \|", text, re.MULTILINE))
    assert {canonical(name) for name in reasons} == wanted
    assert [name for name, reason in reasons.items() if len(reason) < 10] == []


def test_what_the_program_imports_is_what_it_depends_on(
    root: Path, imports: Callable[[Path], list[str]]
) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {canonical(one) for one in project["project"]["dependencies"]}
    modules = packages_distributions()
    sources = list((root / "desktop").rglob("*.py"))
    imported = {
        canonical(distribution)
        for path in sources
        for name in imports(path)
        for distribution in modules.get(name.partition(".")[0], [])
    }
    undeclared = imported - declared - {"stack-half-life"}
    assert {one for one in undeclared if PART_OF.get(one) not in declared} == set()
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    named = {canonical(one) for name in modules if name in text for one in modules[name]}
    installed = {canonical(one) for several in modules.values() for one in several}
    assert declared & installed <= named
