"""The JSON of endoflife.date's API, version 1: one product or all of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import parse_json, shown
from stack_half_life.evidence.endoflife.product import EndoflifeProduct, cycle_of, in_order

FULL_ADDRESS = "https://endoflife.date/api/v1/products/full"
"""Where all products are to be had in one answer."""


def read_api(file_name: str, content: bytes, *, retrieved_on: date) -> Iterator[EndoflifeProduct]:
    """The products of an answer of `/api/v1/products/full` or `/api/v1/products/NAME`.

    retrieved_on: the day to go by where the answer does not say when it was made.

    Raises:
        EvidenceError: one line naming the file, the product, the cycle and the field.
    """
    document = parse_json(content, file_name)
    result = document.get("result") if isinstance(document, Mapping) else None
    products = result if isinstance(result, list) else [result]
    if not products or not all(
        isinstance(product, Mapping) and isinstance(product.get("releases"), list)
        for product in products
    ):
        raise EvidenceError(
            f"{file_name}: is no answer of endoflife.date's API v1 "
            "(/api/v1/products/full, or one product with its releases, is needed)"
        )
    retrieved_on = _day_made(document, retrieved_on)
    for index, product in enumerate(products):
        assert isinstance(product, Mapping)
        yield _product(product, f"{file_name}: result[{index}]", retrieved_on)


def _day_made(document: object, latest: date) -> date:
    """The day on which the answer was made, as far as it says so; never after `latest`."""
    said = document.get("generated_at") if isinstance(document, Mapping) else None
    try:
        return min(latest, date.fromisoformat(str(said)[:10]))
    except ValueError:
        return latest


def _product(product: Mapping[str, Any], where: str, retrieved_on: date) -> EndoflifeProduct:
    key = str(product.get("name", ""))
    where = f"{where} “{shown(key)}”"
    cycles, repeated = in_order(
        [
            _cycle(entry, f"{where}, releases[{number}]", retrieved_on)
            for number, entry in enumerate(product["releases"])
        ]
    )
    identifiers = product.get("identifiers") or []
    try:
        return EndoflifeProduct(
            key=key,
            title=product.get("label") or key,
            read_on=retrieved_on,
            category=product.get("category") or "",
            tags=tuple(product.get("tags") or ()),
            aliases=tuple(product.get("aliases") or ()),
            purls=tuple(
                entry["id"]
                for entry in identifiers
                if isinstance(entry, Mapping) and entry.get("type") == "purl" and "id" in entry
            ),
            cycles=cycles,
            repeated=repeated,
        )
    except (ValidationError, TypeError) as error:
        problem = error.errors()[0] if isinstance(error, ValidationError) else None
        words = f"{problem['loc'][0]}: {problem['msg']}" if problem else str(error)
        raise EvidenceError(f"{where}: {words}") from None


def _cycle(entry: object, where: str, retrieved_on: date) -> ReleaseCycle:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(name, str) or not name.strip():
        raise EvidenceError(f"{where}: a release cycle with a name is needed")
    return cycle_of(
        name.strip(),
        f"{where} “{shown(name)}”",
        released=entry.get("releaseDate"),
        support_end=entry.get("eolFrom") or entry.get("isEol"),
        lts=entry.get("ltsFrom") or entry.get("isLts"),
        further={
            "active support until": entry.get("eoasFrom"),
            "extended support until": entry.get("eoesFrom"),
            "discontinued": entry.get("discontinuedFrom"),
        },
        retrieved_on=retrieved_on,
    )
