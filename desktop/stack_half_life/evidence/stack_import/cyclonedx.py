"""Stack items from CycloneDX bills of materials, JSON and XML."""

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode
from stack_half_life.evidence.stack_import.directness import told
from stack_half_life.evidence.stack_import.item import ImportedFile, ImportedItem, bare_purl

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component

_NOT_PARTS = {"file", "data", "cryptographic-asset"}

_COMPONENT_KEYS = {"type", "bom-ref", "group", "name", "version", "purl", "scope", "components"}
_SERVICE_KEYS = {"bom-ref", "group", "name", "version"}
_BOM_KEYS = {"bomFormat", "specVersion", "version", "metadata", "components", "services"}
_KEPT_ELEMENTS = {
    "bom": _BOM_KEYS | {"dependencies"},
    "metadata": {"component"},
    "component": _COMPONENT_KEYS,
    "service": _SERVICE_KEYS,
}
"""What is read of a document; all else is left out before the library reads it.

So a licence or a hash that breaks the rules, in a part nobody asks about, costs nothing.
"""


def read_cyclonedx_json(file: str, document: Any) -> ImportedFile:
    """The items of a CycloneDX document that was already read as JSON.

    Raises:
        EvidenceError: where the library for CycloneDX cannot make sense of it.
    """
    return _read(file, "CycloneDX JSON", _readers().from_json, _pruned(document))


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
    for parent in list(root.iter()):
        kept = _KEPT_ELEMENTS.get(_local(parent.tag))
        for child in [] if kept is None else list(parent):
            name = _local(child.tag)
            if name not in (kept or ()) or (name == "purl" and not bare_purl(child.text or "")):
                parent.remove(child)
    return _read(file, "CycloneDX XML", _readers().from_xml, root)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _pruned(document: Any) -> Any:
    """The document with only what is read of it."""
    bom = {key: value for key, value in document.items() if key in _BOM_KEYS}
    metadata = document.get("metadata")
    root = metadata.get("component") if isinstance(metadata, dict) else None
    bom["metadata"] = {"component": _pruned_component(root)} if root else {}
    for key, prune in (("components", _pruned_component), ("services", _pruned_service)):
        if isinstance(bom.get(key), list):
            bom[key] = [prune(part) for part in bom[key]]
    bom["dependencies"] = [
        {key: entry[key] for key in ("ref", "dependsOn") if key in entry}
        for entry in document.get("dependencies") or ()
        if isinstance(entry, dict)
    ]
    return bom


def _pruned_component(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    kept = {key: value for key, value in part.items() if key in _COMPONENT_KEYS}
    if not bare_purl(str(kept.get("purl", ""))):
        kept.pop("purl", None)
    if isinstance(kept.get("components"), list):
        kept["components"] = [_pruned_component(inner) for inner in kept["components"]]
    return kept


def _pruned_service(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {key: value for key, value in part.items() if key in _SERVICE_KEYS}


def _readers() -> Any:
    """The library's own class, whose readers a decorator adds out of sight of type checkers."""
    from cyclonedx.model.bom import Bom

    return Bom


def _read(file: str, form: str, reader: Any, document: Any) -> ImportedFile:
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
    return told(file, form, _parts(file, bom), roots, below)


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
            purl=bare_purl(component.purl.to_string()) if component.purl else "",
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
    waiting = list(components)
    while waiting:
        component = waiting.pop(0)
        yield component
        waiting.extend(component.components)
