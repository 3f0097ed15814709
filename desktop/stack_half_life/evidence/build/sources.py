"""Where facts come from: a short key for each source, the rest as a locator."""

import re

from stack_half_life.domain.fact_tables import ENDOFLIFE

_REPOSITORY = re.compile(r"\A(?:github\.com/)?([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?=[:/ ,;]|\Z)")
_HOST = re.compile(r"\A((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_REGISTRY = re.compile(r"npmjs|pypi|rubygems|crates", re.IGNORECASE)
_PREFIX = re.compile(r"\A\S+\.csv -> ")

UNVERIFIED = "general-knowledge"

REGISTRY = "package-registry"

LICENCES = {ENDOFLIFE: "MIT"}
"""Licences that ask to be named; elsewhere only dates and figures were taken."""

CREDITS = {
    ENDOFLIFE: "Release cycles from endoflife.date, © its contributors, MIT",
}
"""How a source asks to be credited."""

TITLES = {
    ENDOFLIFE: "endoflife.date, by its contributors",
    UNVERIFIED: "General knowledge, not verified in a source",
    REGISTRY: "A package registry",
    "notes": "Public notes that list release dates",
    "dependency-manifests": "Manifests in the histories of public repositories",
}


def split_source(text: str) -> tuple[str, str]:
    """A source as collected → (key, locator): `a/b:docs/x.md` → (`a/b`, `docs/x.md`)."""
    text = _PREFIX.sub("", text.strip())
    lowered = text.lower()
    if not text or lowered.startswith(("general knowledge", "(same")):
        return UNVERIFIED, text if lowered not in ("", "general knowledge (unverified)") else ""
    if text.startswith("("):
        return "notes", text.strip("()")
    match = _HOST.match(text)
    if match is not None and not lowered.startswith("github.com/"):
        host = REGISTRY if _REGISTRY.search(match[1]) else match[1].lower()
        return host, text[match.end() :].strip(" :/")
    match = _REPOSITORY.match(text)
    if match is not None:
        return match[1], text[match.end() :].strip(" :/,;")
    return "notes", text


def address_of(source: str) -> str:
    """Where a source is found, blank where its key does not say."""
    if _HOST.fullmatch(source):
        return f"https://{source}"
    if _REPOSITORY.fullmatch(source):
        return f"https://github.com/{source}"
    return ""
