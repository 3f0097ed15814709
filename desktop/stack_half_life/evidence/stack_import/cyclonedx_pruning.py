"""Leaves out of CycloneDX documents what is not read of them, before the library reads them.

So a licence or a hash that breaks the rules, in a part nobody asks about, costs nothing, and
neither does a version written as a number.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from stack_half_life.evidence.stack_import.item import checked_purl

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COMPONENT_WORDS = {"type", "bom-ref", "group", "name", "version", "purl", "scope"}
_SERVICE_WORDS = {"bom-ref", "group", "name", "version"}
_BOM_WORDS = {"bomFormat", "specVersion"}

_KEPT_ELEMENTS = {
    "bom": {"metadata", "components", "services", "dependencies"},
    "metadata": {"component"},
    "component": {*_COMPONENT_WORDS, "components"},
    "service": _SERVICE_WORDS,
}


def pruned_json(document: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON document with only what is read of it; words of the wrong kind are left out."""
    metadata = document.get("metadata")
    root = metadata.get("component") if isinstance(metadata, Mapping) else None
    return {
        **_words(document, _BOM_WORDS),
        "metadata": {"component": _component(root)} if isinstance(root, Mapping) else {},
        "components": [_component(part) for part in _tables(document.get("components"))],
        "services": [_words(part, _SERVICE_WORDS) for part in _tables(document.get("services"))],
        "dependencies": [
            {
                **_words(entry, {"ref"}),
                "dependsOn": [
                    needed for needed in _listed(entry.get("dependsOn")) if isinstance(needed, str)
                ],
            }
            for entry in _tables(document.get("dependencies"))
        ],
    }


def prune_xml(root: "Element") -> None:
    """Remove from an XML document what is not read of it."""
    for parent in list(root.iter()):
        kept = _KEPT_ELEMENTS.get(_local(parent.tag))
        if kept is None:
            continue
        for child in list(parent):
            name = _local(child.tag)
            if name not in kept or (name == "purl" and not checked_purl(child.text or "")):
                parent.remove(child)


def _component(part: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = _words(part, _COMPONENT_WORDS)
    if not checked_purl(kept.get("purl", "")):
        kept.pop("purl", None)
    kept["components"] = [_component(inner) for inner in _tables(part.get("components"))]
    return kept


def _words(part: Mapping[str, Any], keys: Collection[str]) -> dict[str, str]:
    return {
        key: str(part[key])
        for key in keys
        if isinstance(part.get(key), str | int | float) and not isinstance(part[key], bool)
    }


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in _listed(value) if isinstance(entry, Mapping)]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
