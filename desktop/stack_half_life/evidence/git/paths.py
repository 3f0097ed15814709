"""Paths as git writes them."""

import re

_ESCAPE = re.compile(rb'\\([abfnrtv"\\]|[0-7]{3})')
_MEANING = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))


def path_bytes(path: bytes) -> bytes:
    """A path as it is; one that git put in quotation marks is read as git means it."""
    return _ESCAPE.sub(_unescape, path[1:-1]) if path.startswith(b'"') else path


def path_text(path: bytes) -> str:
    """A path as text."""
    return path_bytes(path).decode("utf-8", "replace")


def _unescape(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    return bytes([int(escape, 8) if len(escape) == 3 else _MEANING[escape[0]]])
