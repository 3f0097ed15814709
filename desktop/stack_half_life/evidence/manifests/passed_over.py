"""What manifests say that is passed over though it may matter, a sentence each."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stack_half_life.evidence.documents import decode, parse_json, parse_toml, parse_yaml, shown
from stack_half_life.evidence.manifests.javascript import SECTIONS as PACKAGE_JSON_SECTIONS
from stack_half_life.evidence.manifests.rust import SECTIONS as CARGO_SECTIONS

_MODULE = re.compile(r"^\s*module\s+\S", re.MULTILINE)
_CARGO_HEADS = ("package", "workspace", "project", "target")
_FORMS = {
    bool: "true or false",
    dict: "a table",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "a text",
    type(None): "nothing",
}


def left_out_of_package_json(file_name: str, content: bytes) -> Iterator[str]:
    """Tables of packages that are none, and versions that are no text."""
    document = parse_json(content, file_name)
    for section, _ in PACKAGE_JSON_SECTIONS:
        yield from _of_table(file_name, document, section, (str,))


def left_out_of_cargo_toml(file_name: str, content: bytes) -> Iterator[str]:
    """What cannot be a Cargo.toml; tables of crates and requirements that are of another form."""
    document = parse_toml(content, file_name)
    if not {*_CARGO_HEADS, *(section for section, _ in CARGO_SECTIONS)} & document.keys():
        yield f"{file_name}: has no “[package]”, no “[workspace]” and no table of dependencies"
    for section, _ in CARGO_SECTIONS:
        yield from _of_table(file_name, document, section, (str, dict))


def left_out_of_compose(file_name: str, content: bytes) -> Iterator[str]:
    """Services that are no table."""
    services = _inside(parse_yaml(content, file_name), "services")
    if services is not None and not isinstance(services, Mapping):
        yield f"{file_name}: “services” is {_form(services)}, not a table of services; left out"


def left_out_of_go_mod(file_name: str, content: bytes) -> Iterator[str]:
    """A text that cannot be a go.mod, for lack of the line that all of them have."""
    if not _MODULE.search(decode(content, file_name)):
        yield f"{file_name}: has no line “module …”, with which a go.mod says what it is of"


def _of_table(
    file_name: str, document: object, name: str, allowed: tuple[type, ...]
) -> Iterator[str]:
    """What is wrong with a table of packages and with what it says of each."""
    table = _inside(document, name)
    if table is not None and not isinstance(table, Mapping):
        yield f"{file_name}: “{name}” is {_form(table)}, not a table of packages; left out"
    for key, value in table.items() if isinstance(table, Mapping) else ():
        if not isinstance(value, allowed):
            place = f"{name}.{shown(key)}"
            yield f"{file_name}: “{place}” is {_form(value)}, which names no version; left out"


def _inside(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, Mapping) else None


def _form(value: object) -> str:
    return _FORMS.get(type(value), "of another form")
