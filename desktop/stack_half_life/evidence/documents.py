"""Bounded, safe reading of files and of text, JSON, TOML and YAML documents."""

import json
from pathlib import Path
from typing import Any

from stack_half_life.errors import EvidenceError
from stack_half_life.files import read_file

MAX_BYTES = 64 * 2**20
"""The largest document that is read at all."""

MAX_YAML_BYTES = 4 * 2**20
MAX_YAML_ALIASES = 200
MAX_DEPTH = 64


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `MAX_BYTES`.

    Raises:
        EvidenceError: where the file is missing, no regular file, unreadable or too large.
    """
    return read_file(path, MAX_BYTES, EvidenceError)


def decode(content: bytes, where: str) -> str:
    """Text from bytes in UTF-8, or in UTF-16 that begins with a byte order mark.

    Raises:
        EvidenceError: where the bytes are neither, or are binary.
    """
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvidenceError(f"{where}: is not UTF-8 text (byte {error.start + 1})") from None
    if "\0" in text:
        raise EvidenceError(f"{where}: is a binary file, not text")
    return text


def shown(word: object) -> str:
    """What a document says, fit to stand in one line of a message: printable, and cut."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(word))
    return " ".join(text.split())[:60]


def parse_json(content: bytes, where: str) -> Any:
    """The value of a JSON document.

    Raises:
        EvidenceError: where it is no JSON, cut off, or nested too deeply.
    """
    try:
        return json.loads(decode(content, where))
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise EvidenceError(f"{where}: is not whole JSON ({problem})") from None
    except ValueError as error:
        raise EvidenceError(f"{where}: is not usable JSON ({error})") from None
    except RecursionError:
        raise EvidenceError(f"{where}: is nested too deeply to read") from None


def parse_toml(content: bytes, where: str) -> dict[str, Any]:
    """The table of a TOML document.

    Raises:
        EvidenceError: where it is no TOML, or nested too deeply.
    """
    import tomllib

    try:
        return tomllib.loads(decode(content, where))
    except ValueError as error:
        raise EvidenceError(f"{where}: is not TOML ({error})") from None
    except RecursionError:
        raise EvidenceError(f"{where}: is nested too deeply to read") from None


def parse_yaml(content: bytes, where: str) -> Any:
    """The value of a YAML document, every scalar as the text that stands there.

    So 5.10 stays `5.10`, a date its own digits and `true` the word. Nothing is built from tags;
    size, depth and the number of aliases are bounded, so that an alias bomb cannot unfold.

    Raises:
        EvidenceError: where it is no YAML or over a bound.
    """
    import yaml

    if len(content) > MAX_YAML_BYTES:
        raise EvidenceError(f"{where}: larger than {MAX_YAML_BYTES // 2**20} MB of YAML")
    text = decode(content, where)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _check_yaml_bounds(text, where, loader)
        return yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise EvidenceError(f"{where}: is not YAML ({at}{error.problem})") from None
    except yaml.YAMLError as error:
        raise EvidenceError(f"{where}: is not YAML ({str(error).splitlines()[0]})") from None


def _check_yaml_bounds(text: str, where: str, loader: Any) -> None:
    import yaml

    depth = aliases = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MAX_DEPTH:
            raise EvidenceError(f"{where}: nested more than {MAX_DEPTH} deep")
        if aliases > MAX_YAML_ALIASES:
            raise EvidenceError(f"{where}: more than {MAX_YAML_ALIASES} YAML aliases")
