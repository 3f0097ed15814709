"""One dependency as a manifest names it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from stack_half_life.domain.purls import purl_type


class Ecosystem(StrEnum):
    """Where packages of a kind are published; the value is the word used in facts.

    GENERIC is for language runtimes, which no manifest lists among its packages.
    """

    PYPI = "pypi"
    NPM = "npm"
    CARGO = "cargo"
    GO = "go"
    GEM = "gem"
    DOCKER = "docker"
    GENERIC = "generic"


class Scope(StrEnum):
    """Whether the product needs a dependency, or only those who work on it."""

    RUNTIME = "runtime"
    DEV = "dev"


_VERSION = re.compile(r"(?<![\w.])v?(\d[\w.+!-]*)", re.ASCII)
_MAX_REQUIREMENT = 500


def version_named(requirement: str) -> str:
    """The first version a requirement names, without operators: `^4.18.1` gives `4.18.1`.

    Empty where it names none, or only versions that are excluded or bounds from above.
    """
    for part in re.split(r"[,|]|\s(?=[<>=!~^])", requirement[:_MAX_REQUIREMENT]):
        bound = part.strip()
        if bound.startswith(("<", "!=")):
            continue
        match = _VERSION.search(bound)
        if match:
            return re.sub(r"(?:\.[*xX])+\Z", "", match.group(1)).rstrip(".-+")
    return ""


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package that a manifest asks for.

    name: as the ecosystem normalises it (Python: PEP 503; Rust: `_` as `-`).
    requirement: what the manifest says about versions, as it stands there.
    is_direct: False where the manifest marks it as somebody else's dependency (go.mod).
    """

    ecosystem: Ecosystem
    name: str
    requirement: str = ""
    scope: Scope = Scope.RUNTIME
    is_direct: bool = True

    @property
    def version(self) -> str:
        """The version asked for, or the lowest one allowed; empty where none is named."""
        if self.ecosystem is Ecosystem.DOCKER:
            return self.requirement
        return version_named(self.requirement)

    @property
    def purl(self) -> str:
        """The package URL, without a version."""
        from packageurl import PackageURL

        namespace, _, name = self.name.rpartition("/")
        return PackageURL(purl_type(self.ecosystem.value), namespace or None, name).to_string()
