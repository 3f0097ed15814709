"""Product files of endoflife.date: Markdown whose YAML front matter holds the facts.

Field names changed over the years; every one that was ever used is read:

| now | before |
|---|---|
| releaseCycle | cycle |
| releaseDate | release |
| eol | — |
| eoas | support |
| eoes | extendedSupport |
| alternate_urls | alternative_urls |
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, parse_yaml, shown
from stack_half_life.evidence.endoflife.product import EndoflifeProduct, cycle_of, in_order

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def read_product_file(file_name: str, content: bytes, *, retrieved_on: date) -> EndoflifeProduct:
    """The product a file describes; where file and permalink differ, the file's name is an alias.

    Raises:
        EvidenceError: one line naming the file, the cycle and the field.
    """
    match = _FRONT_MATTER.match(decode(content, file_name))
    if match is None:
        raise EvidenceError(f"{file_name}: has no front matter between two lines of “---”")
    front = parse_yaml(match.group(1).encode(), file_name)
    if not isinstance(front, Mapping) or not isinstance(front.get("releases"), list):
        raise EvidenceError(f"{file_name}: is no product file (the key “releases” is needed)")
    cycles, repeated = in_order(
        [
            _cycle(entry, f"{file_name}: releases[{index}]", retrieved_on)
            for index, entry in enumerate(front["releases"])
        ]
    )
    stem = PurePath(file_name).stem
    key = (_text(front, "permalink").strip("/") or stem).casefold()
    urls = [*_listed(front.get("alternate_urls")), *_listed(front.get("alternative_urls"))]
    aliases = dict.fromkeys([stem, *(url.strip("/") for url in urls)])
    try:
        return EndoflifeProduct(
            key=key,
            title=_text(front, "title") or stem,
            read_on=retrieved_on,
            category=_text(front, "category"),
            tags=tuple(_listed(front.get("tags"))),
            aliases=tuple(alias for alias in aliases if alias != key),
            purls=tuple(_purls(front.get("identifiers"))),
            cycles=cycles,
            repeated=repeated,
        )
    except ValidationError as error:
        problem = error.errors()[0]
        raise EvidenceError(f"{file_name}: {problem['loc'][0]}: {problem['msg']}") from None


def _cycle(entry: object, where: str, retrieved_on: date) -> ReleaseCycle:
    if not isinstance(entry, Mapping):
        raise EvidenceError(f"{where}: is no table of a release cycle")
    name = _text(entry, "releaseCycle") or _text(entry, "cycle")
    if not name:
        raise EvidenceError(f"{where}: the key “releaseCycle” is needed")
    return cycle_of(
        name,
        f"{where} “{shown(name)}”",
        released=_first(entry, "releaseDate", "release"),
        support_end=entry.get("eol"),
        lts=entry.get("lts"),
        further={
            "active support until": _first(entry, "eoas", "support"),
            "extended support until": _first(entry, "eoes", "extendedSupport"),
            "discontinued": entry.get("discontinued"),
        },
        retrieved_on=retrieved_on,
    )


def _first(entry: Mapping[str, Any], *names: str) -> object:
    return next((entry[name] for name in names if name in entry), None)


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _purls(identifiers: object) -> list[str]:
    entries = identifiers if isinstance(identifiers, list) else []
    return [
        entry["purl"]
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("purl"), str)
    ]
