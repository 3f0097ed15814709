"""SPDX 2 documents in tag-value form, as the document their JSON form would be."""

import re
from typing import Any

_TAG = re.compile(r"\A([A-Za-z][A-Za-z0-9]*):\s*(.*)\Z")
_RELATION = re.compile(r"\A(\S+)\s+([A-Z_]+)\s+(\S+)")
_REFERENCE = re.compile(r"\A(\S+)\s+(\S+)\s+(\S.*)\Z")
_STARTS_OTHER = {"FileName", "SnippetSPDXID", "LicenseID"}


def document_of_tags(text: str) -> dict[str, Any]:
    """What the tags say of packages and relations; all else is passed over."""
    document: dict[str, Any] = {"packages": [], "relationships": []}
    package: dict[str, Any] | None = None
    is_inside_text = False
    is_in_document = True
    for line in text.splitlines():
        if is_inside_text:
            is_inside_text = "</text>" not in line
            continue
        match = _TAG.match(line)
        if match is None:
            continue
        tag, value = match[1], match[2].strip()
        is_inside_text = "<text>" in value and "</text>" not in value
        if tag == "SPDXVersion":
            document["spdxVersion"] = value
        elif tag == "PackageName":
            package, is_in_document = {"name": value, "externalRefs": []}, False
            document["packages"].append(package)
        elif tag in _STARTS_OTHER:
            package, is_in_document = None, False
        elif tag == "SPDXID":
            if package is not None:
                package.setdefault("SPDXID", value)
            elif is_in_document:
                document.setdefault("SPDXID", value)
        elif tag == "PackageVersion" and package is not None:
            package["versionInfo"] = value
        elif tag == "PrimaryPackagePurpose" and package is not None:
            package["primaryPackagePurpose"] = value
        elif tag == "ExternalRef" and package is not None:
            reference = _REFERENCE.match(value)
            if reference:
                package["externalRefs"].append(
                    {"referenceType": reference[2], "referenceLocator": reference[3].strip()}
                )
        elif tag == "Relationship":
            relation = _RELATION.match(value)
            if relation:
                document["relationships"].append(
                    {
                        "spdxElementId": relation[1],
                        "relationshipType": relation[2],
                        "relatedSpdxElement": relation[3],
                    }
                )
    return document
