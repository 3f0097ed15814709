"""What of a manifest bears on which packages it asks for, so that a history is parsed only once."""

import re

_TABLE = re.compile(rb"^(?=\[)", re.MULTILINE)
_LONG_TEXT = re.compile(rb"(\"{3}|'{3}).*?\1", re.DOTALL)
_OTHER_TABLES = {
    "pyproject.toml": re.compile(rb"\[\[?tool\.(?!(?:poetry|pdm|uv)\b)[\w-]"),
    "setup.cfg": re.compile(rb"\[(?!options|DEFAULT)"),
}
"""How tables begin that ask for nothing: settings of other tools."""

_BEFORE = rb"[ \"'=<>~^:]"
_VERSION = re.compile(rb"[0-9](?:(?<=" + _BEFORE + rb".)|(?<=" + _BEFORE + rb"v.))[0-9]*\.[\w.+-]*")
_MARK = b"0"


def asking_part(file_name: str, content: bytes) -> bytes:
    """The tables of a pyproject.toml or setup.cfg that may ask for packages; else all of it.

    Where a text over several lines may look like a table, everything is kept.
    """
    pattern = _OTHER_TABLES.get(file_name.rpartition("/")[2])
    if pattern is None or _has_table_in_text(content):
        return content
    return b"".join(table for table in _TABLE.split(content) if not pattern.match(table))


def without_versions(content: bytes) -> bytes:
    """The content with one mark for every version: the same where the same packages are named."""
    return _VERSION.sub(_MARK, content)


def _has_table_in_text(content: bytes) -> bool:
    marks = content.count(b'"""') + content.count(b"'''")
    return marks % 2 == 1 or any(b"\n[" in text[0] for text in _LONG_TEXT.finditer(content))
