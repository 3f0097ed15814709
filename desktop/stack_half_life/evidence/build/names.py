"""Keys and package URLs made from names."""

import re
import unicodedata

_NOT_KEY = re.compile(r"[^a-z0-9.+_]+")
_HOST = re.compile(r"\A[^/]*[.:][^/]*/")
_HOST_LIKE = re.compile(r"\.(org|com|io|net|dev)\Z")


def key_of(name: str) -> str:
    """A name as a key: lower case, other signs as dashes (`Core ML (OS framework)` → `core-ml`).

    What stands in brackets is left out where something is left before it.
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"\([^)]*\)", " ", folded)
    key = _NOT_KEY.sub("-", bare).strip("-._+") or _NOT_KEY.sub("-", folded).strip("-._+")
    return re.sub(r"\A[^a-z0-9]+", "", key)[:120] or "unnamed"


def package_name(ecosystem: str, package: str) -> str:
    """A package's name as its users write it; container images lose host and `library/`."""
    if ecosystem != "docker":
        return package
    return _HOST.sub("", package).removeprefix("library/")


def repository_name(repository: str) -> str:
    """A repository's `owner/name`; one named like a host is written with dashes."""
    return _HOST_LIKE.sub(r"-\1", repository)


def repository_url(repository: str) -> str:
    """The package URL (purl) of a repository on GitHub."""
    return f"pkg:github/{repository.lower()}"
