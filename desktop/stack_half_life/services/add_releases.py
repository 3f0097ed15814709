"""The recipe that adds a package's release history to the cache."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    Release,
    ReleaseCycle,
    Source,
    SupportState,
    Technology,
)
from stack_half_life.domain.layers import AI_LAYERS, Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.purls import split_purl
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.build.names import key_of
from stack_half_life.evidence.releases import (
    READABLE_TYPES,
    Patience,
    PipSettings,
    ReleaseHistory,
    read_releases,
)
from stack_half_life.evidence.versions import parse_version
from stack_half_life.services.added import AddedEvidence, joined_cycles
from stack_half_life.store.cache import ProfileCache


def add_releases(
    name: str,
    cache: ProfileCache,
    *,
    today: date,
    pip_settings: PipSettings | None = None,
    patience: Patience | None = None,
) -> AddedEvidence:
    """Ask the user's own package client for a package's releases and add them.

    name: a package URL (`pkg:pypi/…`, `pkg:npm/…`), or a technology of the cache that has one.

    Raises:
        EvidenceError: where the package cannot be asked for; the cache is then as before.
        CacheError: where the cache cannot be written.
    """
    purl = purl_to_ask(name, cache)
    history = read_releases(purl, retrieved_on=today, pip_settings=pip_settings, patience=patience)
    key = cache.resolve(purl)
    facts = facts_of_history(history, cache.profile(key) if key else None, cache, today=today)
    cache.add_user_facts(facts)
    assert facts.technology is not None
    return AddedEvidence(
        technologies=(facts.technology.key,),
        new=() if key else (facts.technology.key,),
        cycles=len(facts.cycles),
        releases=len(facts.releases),
        notes=history.notes,
    )


def purl_to_ask(name: str, cache: ProfileCache) -> str:
    """The package URL whose releases can be asked for.

    Raises:
        EvidenceError: where the name is none, with what would be one.
    """
    if not name.strip():
        raise EvidenceError("a package URL (pkg:pypi/…, pkg:npm/…) or a technology is required")
    if name.startswith("pkg:"):
        return name
    key = cache.resolve(name)
    if key is None:
        if Path(name).is_dir():
            raise EvidenceError(f"{name}: is a folder; for a repository: evidence add-repository")
        raise EvidenceError(
            f"“{name[:80]}” is no technology of the cache: "
            f"say which package it is, as pkg:pypi/{name[:40]} or pkg:npm/{name[:40]}"
        )
    purl = readable_purl(cache.profile(key).technology)
    if purl is None:
        raise EvidenceError(f"{key}: no Python or npm package of it is known; give one as pkg:…")
    return purl


def readable_purl(technology: Technology) -> str | None:
    """A package URL of the technology whose releases can be asked for, the first type first."""
    for kind in READABLE_TYPES:
        for purl in technology.purls:
            if purl.startswith(f"pkg:{kind}/"):
                return purl
    return None


def facts_of_history(
    history: ReleaseHistory, known: ChurnProfile | None, cache: ProfileCache, *, today: date
) -> UserFacts:
    """What a release history adds to a known technology, or makes known."""
    source_key = history.releases[0].evidence.source
    evidence = Evidence(source=source_key, retrieved_on=today, confidence=Confidence.HIGH)
    technology = known.technology if known else _new_technology(history.purl, evidence, cache)
    return UserFacts(
        subject=f"releases:{history.purl}",
        technology=technology,
        observed_until=today,
        cycles=_new_cycles(history, known, source_key),
        releases=history.releases,
        source=Source(key=source_key, title=source_key.replace("-", " "), retrieved_on=today),
    )


def _new_technology(purl: str, evidence: Evidence, cache: ProfileCache) -> Technology:
    kind, name = split_purl(purl)
    key = key_of(name)
    if cache.resolve(key) is not None:
        key = f"{key}-{kind}"
    layer = cache.package_layer(kind, name)
    fallback = Layer.FRONT_END if kind == "npm" else Layer.APP_FRAMEWORK
    return Technology(
        key=key,
        name=name,
        layer=layer or fallback,
        generation=Generation.AI if layer in AI_LAYERS else Generation.CLASSICAL,
        nature=Nature.PACKAGE,
        purls=(purl,),
        evidence=evidence,
    )


def _new_cycles(
    history: ReleaseHistory, known: ChurnProfile | None, source: str
) -> tuple[ReleaseCycle, ...]:
    """All cycles of the history; where another source keeps a cycle table, only newer ones.

    Those are cut as that table cuts them: by as many numbers as most of its names have.
    """
    table = [cycle for cycle in known.cycles if cycle.evidence.source != source] if known else []
    if not table:
        return joined_cycles(known.cycles if known else (), history.cycles)
    newest = max((c.released_on.midpoint for c in table if c.released_on), default=date.min)
    names = {cycle.cycle for cycle in table}
    depth = _usual_depth(table)
    if depth is None:
        return ()
    breaking = {cycle.cycle: cycle.is_breaking for cycle in history.cycles}
    starts: dict[tuple[int, ...], Release] = {}
    for release in history.releases:
        numbers = parse_version(release.version) or ()
        starts.setdefault((numbers + (0,) * depth)[:depth], release)
    return tuple(
        ReleaseCycle(
            cycle=name,
            released_on=PartialDate(release.released_on.text),
            support=SupportState.UNKNOWN,
            is_breaking=True if depth == 1 else breaking.get(name),
            evidence=release.evidence,
        )
        for numbers, release in starts.items()
        if (name := ".".join(map(str, numbers))) not in names
        and release.released_on.midpoint > newest
    )


def _usual_depth(table: Sequence[ReleaseCycle]) -> int | None:
    depths = Counter(
        len(numbers) for cycle in table if (numbers := parse_version(cycle.cycle)) is not None
    )
    return depths.most_common(1)[0][0] if depths else None
