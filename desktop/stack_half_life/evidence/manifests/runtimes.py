"""The language runtimes that manifests say they are written for."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from stack_half_life.evidence.documents import decode, parse_json, parse_toml
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem

_GO = re.compile(r"^go\s+(\d[\w.]*)", re.MULTILINE)
_RUBY = re.compile(r"""^[^\S\n]*ruby[^\S\n]*\(?[^\S\n]*["']([^"']+)["']""", re.MULTILINE)
_PYTHON_REQUIRES = re.compile(r"^python_requires\s*=\s*(\S.*)$", re.MULTILINE)


def runtimes(file_name: str, content: bytes) -> tuple[Dependency, ...]:
    """The language runtime a manifest asks for; nothing where it does not say.

    Raises:
        EvidenceError: where the content is not what the name says.
    """
    name = PurePosixPath(file_name).name.casefold()
    asked: dict[str, object] = {}
    if name == "package.json":
        asked["nodejs"] = _inside(parse_json(content, file_name), "engines", "node")
    elif name == "pyproject.toml":
        document = parse_toml(content, file_name)
        poetry = _inside(document, "tool", "poetry", "dependencies", "python")
        asked["python"] = _inside(document, "project", "requires-python") or poetry
    elif name == "cargo.toml":
        asked["rust"] = _inside(parse_toml(content, file_name), "package", "rust-version")
    elif name in _PATTERNS:
        runtime, pattern = _PATTERNS[name]
        match = pattern.search(decode(content, file_name))
        asked[runtime] = match.group(1) if match else None
    return tuple(
        Dependency(Ecosystem.GENERIC, runtime, requirement.strip())
        for runtime, requirement in asked.items()
        if isinstance(requirement, str) and requirement.strip()
    )


_PATTERNS = {
    "go.mod": ("go", _GO),
    "gemfile": ("ruby", _RUBY),
    "setup.cfg": ("python", _PYTHON_REQUIRES),
}


def _inside(document: Any, *keys: str) -> object:
    for key in keys:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document
