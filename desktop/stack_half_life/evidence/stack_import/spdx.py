"""Stack items from SPDX documents in JSON: versions 2.2, 2.3 and 3.0."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.stack_import.directness import told
from stack_half_life.evidence.stack_import.item import (
    ImportedFile,
    ImportedItem,
    checked_purl,
    purl_version,
)

_DOWN = {"DEPENDS_ON", "CONTAINS", "HAS_PREREQUISITE"}
_UP = {
    "DEPENDENCY_OF",
    "RUNTIME_DEPENDENCY_OF",
    "BUILD_DEPENDENCY_OF",
    "CONTAINED_BY",
    "PREREQUISITE_FOR",
}
_UP_HELPFUL = {"DEV_DEPENDENCY_OF", "TEST_DEPENDENCY_OF", "DEV_TOOL_OF", "TEST_TOOL_OF"}
_DOWN_3 = {"dependsOn", "contains", "hasPrerequisite"}
_HELPFUL_SCOPES_3 = {"development", "test"}

_LINKS = {"DYNAMIC_LINK", "STATIC_LINK", "hasDynamicLink", "hasStaticLink"}
"""Relations that documents state in either direction."""

Record = Mapping[str, Any]


def read_spdx_2(file: str, document: Record) -> ImportedFile:
    """The packages of an SPDX 2 document, without the one it describes.

    Raises:
        EvidenceError: where it holds no list of packages.
    """
    packages = {str(p.get("SPDXID", "")): p for p in _records(document.get("packages"))}
    if "packages" not in document:
        raise EvidenceError(f"{file}: is SPDX without packages (it may describe files only)")
    below: dict[str, set[str]] = defaultdict(set)
    helpful: set[str] = set()
    roots = set(_texts(document.get("documentDescribes")))
    for relation in _records(document.get("relationships")):
        kind = str(relation.get("relationshipType", "")).upper()
        start = str(relation.get("spdxElementId", ""))
        end = str(relation.get("relatedSpdxElement", ""))
        if kind == "DESCRIBES" and start == document.get("SPDXID", "SPDXRef-DOCUMENT"):
            roots.add(end)
        elif kind == "DESCRIBED_BY":
            roots.add(start)
        elif kind in _DOWN:
            below[start].add(end)
        elif kind in _LINKS:
            below[start].add(end)
            below[end].add(start)
        elif kind in _UP | _UP_HELPFUL:
            below[end].add(start)
            if kind in _UP_HELPFUL:
                helpful.add(start)
    read = {
        key: ImportedItem(
            name=str(package.get("name", "")).strip() or key,
            version=_version(package.get("versionInfo")) or purl_version(_purl_2(package)),
            purl=checked_purl(_purl_2(package)),
            kind=str(package.get("primaryPackagePurpose", "library")).casefold(),
            is_needed=key not in helpful,
            file=file,
        )
        for key, package in packages.items()
    }
    version = str(document.get("spdxVersion", "2")).removeprefix("SPDX-")
    return told(file, f"SPDX {version}", read, roots, below)


def read_spdx_3(file: str, document: Record) -> ImportedFile:
    """The packages of an SPDX 3 document (JSON-LD graph), without the one it describes."""
    graph = list(_records(document.get("@graph")))
    read: dict[str, ImportedItem] = {}
    below: dict[str, set[str]] = defaultdict(set)
    roots: set[str] = set()
    helpful: set[str] = set()
    for element in graph:
        kind = str(element.get("type", "")).rpartition("/")[2]
        key = str(element.get("spdxId", element.get("@id", "")))
        if kind in {"SpdxDocument", "software_Sbom", "Bom"}:
            roots.update(_texts(element.get("rootElement")))
        elif kind.endswith("Relationship"):
            ends, start = _texts(element.get("to")), str(element.get("from", ""))
            relation = str(element.get("relationshipType"))
            if relation in _DOWN_3 | _LINKS:
                below[start].update(ends)
            if relation in _LINKS:
                for end in ends:
                    below[end].add(start)
            if str(element.get("scope")) in _HELPFUL_SCOPES_3:
                helpful.update(ends)
        elif kind.endswith("Package"):
            purl = _purl_3(element)
            read[key] = ImportedItem(
                name=str(element.get("name", "")).strip() or key,
                version=_version(element.get("software_packageVersion")) or purl_version(purl),
                purl=checked_purl(purl),
                kind=_kind_3(kind, element),
                file=file,
            )
    read = {
        key: item.model_copy(update={"is_needed": key not in helpful}) for key, item in read.items()
    }
    return told(file, "SPDX 3", read, roots, below)


def _records(value: object) -> Iterator[Record]:
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, Mapping):
            yield entry


def _texts(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return [entry for entry in values if isinstance(entry, str)]


def _version(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return "" if text.upper() in {"NOASSERTION", "NONE", "UNKNOWN"} else text


def _purl_2(package: Record) -> str:
    for reference in _records(package.get("externalRefs")):
        if reference.get("referenceType") == "purl":
            return str(reference.get("referenceLocator", ""))
    return ""


def _purl_3(element: Record) -> str:
    purl = element.get("software_packageUrl")
    if isinstance(purl, str):
        return purl
    for reference in _records(element.get("externalIdentifier")):
        if str(reference.get("externalIdentifierType")) in {"packageUrl", "purl"}:
            return str(reference.get("identifier", ""))
    return ""


def _kind_3(kind: str, element: Record) -> str:
    if kind == "ai_AIPackage":
        return "machine-learning-model"
    return str(element.get("software_primaryPurpose", "library"))
