"""Stack items from CycloneDX bills of materials, JSON and XML."""

import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, shown
from stack_half_life.evidence.stack_import.cyclonedx_pruning import prune_xml, pruned_json
from stack_half_life.evidence.stack_import.directness import told
from stack_half_life.evidence.stack_import.item import ImportedFile, ImportedItem, checked_purl

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component

_NOT_PARTS = {"file", "data", "cryptographic-asset"}


def read_cyclonedx_json(file: str, document: Any) -> ImportedFile:
    """The items of a CycloneDX document that was already read as JSON.

    Raises:
        EvidenceError: where the library for CycloneDX cannot make sense of it.
    """
    version = document.get("specVersion")
    return _read(file, "CycloneDX JSON", version, _readers().from_json, pruned_json(document))


def read_cyclonedx_xml(file: str, content: bytes) -> ImportedFile:
    """The items of a CycloneDX document in XML, without entities and document types.

    Raises:
        EvidenceError: where it is no well-formed XML, carries a document type or entities, or
            the library for CycloneDX cannot make sense of it.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    decode(content, file)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise EvidenceError(
            f"{file}: carries a document type or entities, which are not read (XML bombs)"
        ) from None
    except (ParseError, ValueError) as error:
        raise EvidenceError(f"{file}: is not whole XML ({error})") from None
    except RecursionError:
        raise EvidenceError(f"{file}: is nested too deeply to read") from None
    if not str(root.tag).endswith("}bom") or "cyclonedx" not in str(root.tag).casefold():
        raise EvidenceError(f"{file}: is XML, but no CycloneDX bill of materials")
    prune_xml(root)
    version = str(root.tag).partition("}")[0].rpartition("/")[2]
    return _read(file, "CycloneDX XML", version, _readers().from_xml, root)


def _readers() -> Any:
    """The library's own class, whose readers a decorator adds out of sight of type checkers."""
    from cyclonedx.model.bom import Bom

    return Bom


def _read(file: str, form: str, version: object, reader: Any, document: Any) -> ImportedFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bom: Bom = reader(document)
    except RecursionError:
        raise EvidenceError(f"{file}: is nested too deeply to read") from None
    except Exception as error:
        words = " ".join(str(error).split())[:160] or type(error).__name__
        raise EvidenceError(f"{file}: is no {form} that can be read ({words})") from None
    root = bom.metadata.component
    below = {
        entry.ref.value or "": {needed.ref.value or "" for needed in entry.dependencies}
        for entry in bom.dependencies
    }
    roots = {root.bom_ref.value} if root and root.bom_ref.value else set()
    imported = told(file, form, _parts(file, bom), roots, below)
    if not version or str(version) in _known_versions():
        return imported
    unknown = f"{file}: {form} version {shown(version)} is not known; read as far as it goes"
    return imported.model_copy(update={"notes": (unknown, *imported.notes)})


def _known_versions() -> set[str]:
    from cyclonedx.schema import SchemaVersion

    return {version.to_version() for version in SchemaVersion}


def _parts(file: str, bom: "Bom") -> dict[str, ImportedItem]:
    """Components and services by reference, or by place where they have none."""
    parts: dict[str, ImportedItem] = {}
    for component in _nested(bom.components):
        if component.type.value in _NOT_PARTS:
            continue
        scope = component.scope.value if component.scope else "required"
        parts[component.bom_ref.value or f"#{len(parts)}"] = ImportedItem(
            name=f"{component.group}/{component.name}" if component.group else component.name,
            version=component.version or "",
            purl=checked_purl(component.purl.to_string()) if component.purl else "",
            kind=component.type.value,
            is_needed=scope != "excluded",
            file=file,
        )
    for service in bom.services:
        parts[service.bom_ref.value or f"#{len(parts)}"] = ImportedItem(
            name=f"{service.group}/{service.name}" if service.group else service.name,
            version=service.version or "",
            kind="service",
            file=file,
        )
    return parts


def _nested(components: Iterable["Component"]) -> Iterator["Component"]:
    waiting = deque(components)
    while waiting:
        component = waiting.popleft()
        yield component
        waiting.extend(component.components)
