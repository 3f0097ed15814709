"""Reader of files that say what a stack is made of: manifests and bills of materials."""

import re
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, parse_json, read_bytes
from stack_half_life.evidence.manifests import is_manifest
from stack_half_life.evidence.stack_import.cyclonedx import (
    read_cyclonedx_json,
    read_cyclonedx_xml,
)
from stack_half_life.evidence.stack_import.item import ImportedFile, ImportedItem, Precision
from stack_half_life.evidence.stack_import.manifest import read_manifest
from stack_half_life.evidence.stack_import.project import project_folders
from stack_half_life.evidence.stack_import.spdx import read_spdx_2, read_spdx_3
from stack_half_life.evidence.stack_import.spdx_tags import document_of_tags
from stack_half_life.paths import as_text

__all__ = [
    "FORMS",
    "ImportedFile",
    "ImportedItem",
    "Precision",
    "project_folders",
    "read_items",
]

FORMS = (
    "requirements.txt, pyproject.toml, setup.cfg, package.json, go.mod, Cargo.toml, Gemfile, "
    "Dockerfile, compose files, CycloneDX (JSON, XML) and SPDX (JSON, tag-value)"
)

_MANIFEST_OF_LOCK = {
    "bun.lock": "package.json",
    "cargo.lock": "Cargo.toml",
    "gemfile.lock": "Gemfile",
    "go.sum": "go.mod",
    "npm-shrinkwrap.json": "package.json",
    "package-lock.json": "package.json",
    "pdm.lock": "pyproject.toml",
    "pnpm-lock.yaml": "package.json",
    "poetry.lock": "pyproject.toml",
    "uv.lock": "pyproject.toml",
    "yarn.lock": "package.json",
}

_BOM_OF_BUILD = {
    "*.csproj": "CycloneDX for .NET, `dotnet-CycloneDX`",
    "build.gradle": "the Gradle plug-in org.cyclonedx.bom, task `cyclonedxBom`",
    "build.gradle.kts": "the Gradle plug-in org.cyclonedx.bom, task `cyclonedxBom`",
    "composer.json": "the Composer plug-in cyclonedx/cyclonedx-php-composer",
    "pom.xml": "the Maven plug-in org.cyclonedx:cyclonedx-maven-plugin, goal `makeAggregateBom`",
    "settings.gradle*": "the Gradle plug-in org.cyclonedx.bom, task `cyclonedxBom`",
}
"""Files of builds that only the build can resolve, and what makes a bill of materials of them."""

_CONTENT_SIGNS: tuple[tuple[str, str], ...] = (
    ("go.mod", r"\A(?:[^\S\n]*(?://.*)?\n)*+module\s+\S+"),
    ("Dockerfile", r"(?mi)\A(?:[^\S\n]*(?:#.*)?\n|ARG .*\n)*+FROM\s+\S+"),
    ("Cargo.toml", r"(?m)^\[(?:package|workspace)\]\s*$"),
    ("pyproject.toml", r"(?m)^\[(?:project|build-system|tool\.poetry)\]\s*$"),
    ("compose.yaml", r"(?m)^services:\s*$"),
    ("Gemfile", r"""(?m)^(?:source\s+["']http|gem\s+["'])"""),
    (
        "requirements.txt",
        r"\A(?:[^\S\n]*(?:#.*)?\n)*+[A-Za-z0-9][\w.-]*+(?:\[[\w, -]+\])?\s*(?:[=<>~!]=|>|<)",
    ),
)


def read_items(path: Path) -> ImportedFile:
    """What a file says a stack is made of, its form told by its content and its name.

    Raises:
        EvidenceError: one line naming the file and what is wrong, or the forms that are read.
    """
    file, content = as_text(path), read_bytes(path)
    if not content.strip():
        raise EvidenceError(f"{file}: is empty")
    manifest = _MANIFEST_OF_LOCK.get(path.name.casefold())
    if manifest is not None:
        raise EvidenceError(f"{file}: lock files are not read; give {manifest} instead")
    for pattern, maker in _BOM_OF_BUILD.items():
        if fnmatch(path.name.casefold(), pattern):
            what = f"make a CycloneDX bill of materials with {maker}, and give that"
            raise EvidenceError(f"{file}: is not read; {what}")
    if is_manifest(file) and path.name.casefold() != "package.json":
        return _located(file, file, content)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _read_json(file, content)
    if start.startswith(b"<"):
        return read_cyclonedx_xml(file, content)
    if re.search(rb"(?m)^SPDXVersion:\s*SPDX-", start[:4096]):
        return read_spdx_2(file, document_of_tags(decode(content, file)))
    text = content[:200_000].decode("utf-8", "replace").replace("\r\n", "\n")
    for name, sign in _CONTENT_SIGNS:
        if re.search(sign, text):
            return _located(file, name, content)
    raise EvidenceError(f"{file}: has no form that is read: {FORMS}")


def _located(file: str, name: str, content: bytes) -> ImportedFile:
    """The manifest, its path as the user gave it in every message."""
    try:
        return read_manifest(file, name, content)
    except EvidenceError as error:
        raise EvidenceError(file + str(error).removeprefix(name)) from None


def _read_json(file: str, content: bytes) -> ImportedFile:
    document = parse_json(content, file)
    if isinstance(document, Mapping) and isinstance(document.get("sbom"), Mapping):
        document = document["sbom"]
    if not isinstance(document, Mapping):
        raise EvidenceError(f"{file}: is JSON of no form that is read: {FORMS}")
    if document.get("bomFormat") == "CycloneDX":
        return read_cyclonedx_json(file, document)
    if "spdxVersion" in document:
        return read_spdx_2(file, document)
    if "@graph" in document and "spdx" in str(document.get("@context", "")):
        return read_spdx_3(file, document)
    if any(key in document for key in ("dependencies", "devDependencies", "name")):
        return _located(file, "package.json", content)
    raise EvidenceError(f"{file}: is JSON of no form that is read: {FORMS}")
