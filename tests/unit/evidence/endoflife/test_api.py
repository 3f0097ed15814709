import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stack_half_life.domain.facts import SupportState
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.endoflife import EndoflifeReading, read_endoflife

TODAY = date(2026, 8, 22)

PRODUCT: dict[str, Any] = {
    "name": "widget",
    "aliases": ["widget-server"],
    "label": "Widget Server",
    "category": "server-app",
    "tags": ["server-app", "web-server"],
    "versionCommand": "widget --version",
    "identifiers": [
        {"id": "cpe:/a:w", "type": "cpe"},
        {"id": "pkg:generic/widget", "type": "purl"},
    ],
    "labels": {"eol": "Security Support"},
    "links": {"icon": None, "html": "", "releasePolicy": None},
    "releases": [
        {
            "name": "2.10",
            "codename": None,
            "label": "2.10",
            "releaseDate": "2025-01-02",
            "isLts": False,
            "ltsFrom": None,
            "isEoas": False,
            "eoasFrom": "2026-12-31",
            "isEol": False,
            "eolFrom": "2027-12-31",
            "isMaintained": True,
            "latest": {"name": "2.10.1", "date": "2025-03-01", "link": None},
            "custom": None,
        },
        {"name": "2.9", "releaseDate": "2024-01-02", "isLts": True, "isEol": False, "latest": None},
        {"name": "1.0", "releaseDate": "2020-01-02", "isEol": True, "eolFrom": None},
    ],
}


def read(folder: Path, document: object) -> EndoflifeReading:
    file = folder / "full.json"
    file.write_text(json.dumps(document))
    return read_endoflife(file, retrieved_on=TODAY)


@pytest.mark.parametrize("result", [PRODUCT, [PRODUCT]])
def test_one_product_and_all_products(tmp_path: Path, result: object) -> None:
    (product,) = read(tmp_path, {"schema_version": "1.2.1", "result": result}).products
    assert (product.key, product.title) == ("widget", "Widget Server")
    assert product.aliases == ("widget-server",)
    assert product.purls == ("pkg:generic/widget",)
    assert [(c.cycle, c.support, str(c.support_ends_on), c.is_lts) for c in product.cycles] == [
        ("1.0", SupportState.ENDED_DATE_UNKNOWN, "None", False),
        ("2.9", SupportState.SUPPORTED, "None", True),
        ("2.10", SupportState.DATED, "2027-12-31", False),
    ]
    assert product.cycles[-1].evidence.note == "active support until 2026-12-31"


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({}, "is no answer of endoflife.date's API v1"),
        ({"result": []}, "is no answer"),
        ({"result": [{"name": "x", "uri": "y"}]}, "one product with its releases, is needed"),
        ([1], "is no answer"),
        ({"result": {"name": "x", "releases": [3]}}, "result[0] “x”, releases[0]: a release cycle"),
        ({"result": {"name": "X Y", "releases": []}}, "key: String should match"),
        ({"result": {"name": "x", "releases": [], "tags": 3}}, "“x”"),
        ({"result": {"name": "a\n\x1b[2J\u202e", "releases": []}}, "“a [2J”"),
        (
            {"result": {"name": "x", "releases": [{"name": "1", "releaseDate": "2020-13-01"}]}},
            "“1”, release date: “2020-13-01” is neither",
        ),
    ],
)
def test_other_json_is_one_clear_line(tmp_path: Path, document: object, says: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        read(tmp_path, document)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_answer_cut_off_in_the_middle(tmp_path: Path) -> None:
    file = tmp_path / "full.json"
    file.write_text(json.dumps({"result": PRODUCT})[:300])
    with pytest.raises(EvidenceError, match="is not whole JSON"):
        read_endoflife(file, retrieved_on=TODAY)
