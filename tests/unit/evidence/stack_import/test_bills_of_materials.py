import json
from pathlib import Path
from typing import Any

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.stack_import import ImportedFile, read_items


def read(folder: Path, document: object, name: str = "bom.json") -> ImportedFile:
    file = folder / name
    text = document if isinstance(document, str) else json.dumps(document)
    file.write_text(text)
    return read_items(file)


def direct(imported: ImportedFile) -> list[str]:
    return sorted(item.name for item in imported.items if item.is_direct)


CYCLONEDX: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "version": 1,
    "metadata": {"component": {"type": "application", "name": "shop", "bom-ref": "shop"}},
    "components": [
        {
            "type": "library",
            "name": "express",
            "version": "4.18.2",
            "purl": "pkg:npm/express@4.18.2?vcs_url=x",
            "bom-ref": "a",
        },
        {
            "type": "framework",
            "group": "@angular",
            "name": "core",
            "purl": "pkg:npm/%40angular/core@17.0.0",
            "version": "17.0.0",
            "bom-ref": "b",
            "components": [{"type": "library", "name": "inner", "bom-ref": "c"}],
        },
        {"type": "file", "name": "readme", "bom-ref": "d"},
        {"type": "library", "name": "tests", "scope": "excluded", "bom-ref": "e"},
    ],
    "dependencies": [
        {"ref": "shop", "dependsOn": ["a", "e"]},
        {"ref": "a", "dependsOn": ["b"]},
    ],
}

CYCLONEDX_XML = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><component type="application" bom-ref="shop"><name>shop</name></component></metadata>
  <components>
    <component type="library" bom-ref="a"><name>express</name><version>4.18.2</version>
      <purl>pkg:npm/express@4.18.2</purl></component>
    <component type="library" bom-ref="b"><name>inner</name></component>
  </components>
  <dependencies><dependency ref="shop"><dependency ref="a"/></dependency></dependencies>
</bom>
"""


def test_cyclonedx_json(tmp_path: Path) -> None:
    imported = read(tmp_path, CYCLONEDX)
    assert imported.form == "CycloneDX JSON"
    assert {(i.name, i.version, i.purl, i.is_direct, i.is_needed) for i in imported.items} == {
        ("express", "4.18.2", "pkg:npm/express", True, True),
        ("@angular/core", "17.0.0", "pkg:npm/%40angular/core", False, True),
        ("inner", "", "", False, True),
        ("tests", "", "", True, False),
    }
    assert imported.notes == ()


def test_cyclonedx_xml(tmp_path: Path) -> None:
    imported = read(tmp_path, CYCLONEDX_XML, "bom.xml")
    assert imported.form == "CycloneDX XML"
    assert [
        (i.name, i.version, i.is_direct) for i in sorted(imported.items, key=lambda i: i.name)
    ] == [
        ("express", "4.18.2", True),
        ("inner", "", False),
    ]


def test_without_a_root_what_nothing_else_needs_is_taken_as_direct_and_said(
    tmp_path: Path,
) -> None:
    imported = read(
        tmp_path, {**CYCLONEDX, "metadata": {}, "dependencies": CYCLONEDX["dependencies"][1:]}
    )
    assert direct(imported) == ["express", "inner", "tests"]
    assert "the 3 of 4 that no other part needs are taken as such" in imported.notes[0]


def test_without_a_graph_everything_is_taken_and_said(tmp_path: Path) -> None:
    imported = read(tmp_path, {**CYCLONEDX, "dependencies": []})
    assert len(direct(imported)) == 4
    assert "does not say which parts are direct: all 4 are taken" in imported.notes[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"specVersion": "1.5", "components": [{"type": "library"}]},
        {"components": [{"type": "no-such-type", "name": "x"}]},
        {"components": [{"type": "library", "name": ["x"]}]},
    ],
)
def test_broken_cyclonedx_is_one_clear_line(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(EvidenceError) as caught:
        read(tmp_path, {**CYCLONEDX, **changes})
    assert "is no CycloneDX JSON that can be read" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_version_nobody_knows_is_said(tmp_path: Path) -> None:
    imported = read(tmp_path, {"bomFormat": "CycloneDX", "specVersion": "9.9"})
    assert "CycloneDX JSON version 9.9 is not known" in imported.notes[0]
    known = read(tmp_path, CYCLONEDX).notes
    later = read(tmp_path, {**CYCLONEDX, "specVersion": "9.9"})
    assert len(later.notes) == len(known) + 1
    text = CYCLONEDX_XML.replace("schema/bom/1.4", "schema/bom/9.9")
    assert text != CYCLONEDX_XML
    file = tmp_path / "bom.xml"
    file.write_text(text)
    assert "version 9.9 is not known" in read_items(file).notes[0]


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE bom [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE bom [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE bom SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_xml_bombs_and_outside_entities_are_refused(tmp_path: Path, prologue: str) -> None:
    text = CYCLONEDX_XML.replace('<?xml version="1.0"?>', prologue).replace("shop<", "&b;<")
    with pytest.raises(EvidenceError, match="document type or entities"):
        read(tmp_path, text, "bom.xml")


def test_deeply_nested_xml_is_refused(tmp_path: Path) -> None:
    deep = "<component type='library'><name>x</name><components>" * 3000
    text = CYCLONEDX_XML.partition("<components>")[0] + "<components>" + deep
    with pytest.raises(EvidenceError):
        read(tmp_path, text, "bom.xml")


SPDX_2: dict[str, Any] = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "packages": [
        {"SPDXID": "SPDXRef-app", "name": "app"},
        {
            "SPDXID": "SPDXRef-flask",
            "name": "flask",
            "versionInfo": "3.0.0",
            "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:pypi/flask@3.0.0"}],
        },
        {
            "SPDXID": "SPDXRef-jinja",
            "name": "jinja2",
            "versionInfo": "NOASSERTION",
            "externalRefs": [
                {"referenceType": "purl", "referenceLocator": "pkg:pypi/jinja2@3.1.4"}
            ],
        },
        {"SPDXID": "SPDXRef-pytest", "name": "pytest"},
    ],
    "relationships": [
        {
            "spdxElementId": "SPDXRef-DOCUMENT",
            "relationshipType": "DESCRIBES",
            "relatedSpdxElement": "SPDXRef-app",
        },
        {
            "spdxElementId": "SPDXRef-app",
            "relationshipType": "DEPENDS_ON",
            "relatedSpdxElement": "SPDXRef-flask",
        },
        {
            "spdxElementId": "SPDXRef-jinja",
            "relationshipType": "DEPENDENCY_OF",
            "relatedSpdxElement": "SPDXRef-flask",
        },
        {
            "spdxElementId": "SPDXRef-pytest",
            "relationshipType": "DEV_DEPENDENCY_OF",
            "relatedSpdxElement": "SPDXRef-app",
        },
    ],
}


@pytest.mark.parametrize("document", [SPDX_2, {"sbom": SPDX_2}])
def test_spdx_2_alone_and_as_code_hosts_export_it(tmp_path: Path, document: object) -> None:
    imported = read(tmp_path, document, "sbom.spdx.json")
    assert [(i.name, i.version, i.purl, i.is_direct, i.is_needed) for i in imported.items] == [
        ("flask", "3.0.0", "pkg:pypi/flask", True, True),
        ("jinja2", "3.1.4", "pkg:pypi/jinja2", False, True),
        ("pytest", "", "", True, False),
    ]


def test_spdx_3(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        {
            "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
            "@graph": [
                {"type": "SpdxDocument", "spdxId": "doc", "rootElement": ["app"]},
                {"type": "software_Package", "spdxId": "app", "name": "app"},
                {
                    "type": "software_Package",
                    "spdxId": "p1",
                    "name": "torch",
                    "software_packageVersion": "2.3.1",
                    "software_packageUrl": "pkg:pypi/torch@2.3.1",
                },
                {"type": "ai_AIPackage", "spdxId": "m", "name": "llama"},
                {"type": "software_Package", "spdxId": "p2", "name": "numpy"},
                {
                    "type": "Relationship",
                    "from": "app",
                    "to": ["p1", "m"],
                    "relationshipType": "dependsOn",
                },
            ],
        },
    )
    assert [(i.name, i.version, i.kind, i.is_direct) for i in imported.items] == [
        ("torch", "2.3.1", "library", True),
        ("llama", "", "machine-learning-model", True),
        ("numpy", "", "library", False),
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"spdxVersion": "SPDX-2.3"},
        {"spdxVersion": "SPDX-2.3", "files": []},
    ],
)
def test_spdx_of_files_only_is_said(tmp_path: Path, document: object) -> None:
    with pytest.raises(EvidenceError, match="SPDX without packages"):
        read(tmp_path, document)


@pytest.mark.parametrize(
    "changes",
    [
        {"packages": [3, {"name": None}], "relationships": [[], {"relationshipType": 3}]},
        {"packages": {}, "relationships": "none", "documentDescribes": 3},
        {"documentDescribes": ["SPDXRef-none"], "packages": [{"SPDXID": "x", "externalRefs": 3}]},
    ],
)
def test_spdx_of_the_wrong_shape_does_not_fail(tmp_path: Path, changes: dict[str, Any]) -> None:
    imported = read(tmp_path, {**SPDX_2, **changes})
    assert len(imported.items) <= 1


SPDX_TAGS = """SPDXVersion: SPDX-2.2
SPDXID: SPDXRef-DOCUMENT
DocumentComment: <text>made by hand
PackageName: not a package
</text>
## Packages
PackageName: app
SPDXID: SPDXRef-app

PackageName: flask
SPDXID: SPDXRef-flask
PackageVersion: 3.0.0
PackageLicenseDeclared: BSD-3-Clause
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/flask@3.0.0

FileName: ./a.py
SPDXID: SPDXRef-a

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app
Relationship: SPDXRef-app DEPENDS_ON SPDXRef-flask
"""


def test_spdx_2_in_tag_value_form(tmp_path: Path) -> None:
    imported = read(tmp_path, SPDX_TAGS, "sbom.spdx")
    assert imported.form == "SPDX 2.2"
    assert [(i.name, i.version, i.purl, i.is_direct) for i in imported.items] == [
        ("flask", "3.0.0", "pkg:pypi/flask", True)
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"licenses": [{"license": {}}]},
        {"hashes": [{"alg": "none", "content": ""}]},
        {"purl": "no purl at all"},
        {"externalReferences": 3},
        {"version": 1},
        {"components": "many"},
    ],
)
def test_broken_parts_that_nobody_asks_about_cost_nothing(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    part = {"type": "library", "name": "x", "version": "1", "bom-ref": "x", **more}
    (item,) = read(tmp_path, {**CYCLONEDX, "components": [part], "dependencies": []}).items
    assert (item.name, item.version) == ("x", "1")


def test_broken_parts_of_xml_that_nobody_asks_about_cost_nothing(tmp_path: Path) -> None:
    broken = "<licenses><license/></licenses><hashes><hash alg='x'/></hashes><purl>none</purl>"
    text = CYCLONEDX_XML.replace("<name>inner</name>", f"<name>inner</name>{broken}")
    assert {i.name for i in read(tmp_path, text, "bom.xml").items} == {"express", "inner"}
