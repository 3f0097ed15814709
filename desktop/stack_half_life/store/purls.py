"""Package URLs in the form the cache compares."""

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"\Apkg:/*", re.IGNORECASE)
_CASELESS = frozenset(("pypi", "github", "docker", "composer", "hex", "npm"))


def is_purl(text: str) -> bool:
    """Whether a text is meant as a package URL."""
    return _SCHEME.match(text) is not None


def bare_purl(text: str) -> str:
    """A package URL without version, qualifiers and subpath, in one spelling.

    `pkg:PyPI/Foo_Bar@1.0?x=y` → `pkg:pypi/foo-bar`; `pkg:docker/library/redis@7` →
    `pkg:docker/redis`.
    """
    rest = _SCHEME.sub("", text.strip()).split("#")[0].split("?")[0]
    kind, _, name = rest.partition("/")
    kind = kind.lower()
    head, at, _ = name.rpartition("@")
    name = unquote(head if at and head and not head.endswith("/") else name).strip("/")
    if kind in _CASELESS:
        name = name.lower()
    if kind == "pypi":
        name = re.sub(r"[-_.]+", "-", name)
    if kind == "docker":
        name = name.removeprefix("library/")
    return f"pkg:{kind}/{name}"
