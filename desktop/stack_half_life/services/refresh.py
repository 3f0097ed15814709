"""The recipe that renews what is stale in the cache, keeping everything where it fails."""

from collections.abc import Sequence
from datetime import date, timedelta

from stack_half_life.domain.fact_tables import ENDOFLIFE
from stack_half_life.domain.facts import Technology
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.endoflife.api import FULL_ADDRESS, read_api
from stack_half_life.evidence.http import Patience, UnreachableError, get_bytes, open_session
from stack_half_life.evidence.releases import PipSettings, read_pip_settings, read_releases
from stack_half_life.services.add_endoflife import put_products
from stack_half_life.services.add_releases import facts_of_history, readable_purl
from stack_half_life.services.added import AddedEvidence
from stack_half_life.store.cache import ProfileCache

STALE_AFTER_DAYS = 30
KEPT_TOGETHER = 25
"""Release histories written at once: what is lost at most where a refresh is stopped."""


def refresh(
    cache: ProfileCache,
    *,
    today: date,
    names: Sequence[str] = (),
    stale_after_days: int = STALE_AFTER_DAYS,
    endoflife_address: str = FULL_ADDRESS,
    pip_settings: PipSettings | None = None,
    patience: Patience | None = None,
    on_progress: OnProgress = ignore_progress,
) -> AddedEvidence:
    """Ask the sources anew for technologies whose facts are older than that, or for those named.

    endoflife.date is asked once; Python and npm packages one by one through the user's own
    clients. A source that cannot be reached is not asked again; everything that was there stays,
    and what was read before a failure or a stop is kept.

    Raises:
        EvidenceError: where nothing at all could be renewed; the line says why and how old the
            facts are. CacheError: where a name is unknown or the cache cannot be written.
    """
    patience = patience or Patience()
    chosen = [cache.profile(name).technology for name in names] or cache.technologies()
    ages = _read_on(cache)
    limit = today - timedelta(days=stale_after_days)
    stale = [t for t in chosen if names or ages.get(t.key, t.evidence.retrieved_on) < limit]
    if not stale:
        return AddedEvidence(notes=(f"nothing is older than {stale_after_days} days",))
    on_progress(0.0, "asking endoflife.date")
    parts = [_refresh_endoflife(cache, stale, endoflife_address, today, patience)]
    on_progress(0.1, "asking the package indexes")
    parts.append(_refresh_releases(cache, stale, today, pip_settings, patience, on_progress))
    done = _sum(parts)
    if not done.technologies:
        reason = done.problems[0] if done.problems else "no source knows what is stale"
        raise EvidenceError(f"nothing was renewed: {reason}; {age_words(cache)}")
    return done


def age_words(cache: ProfileCache) -> str:
    """How old the facts in the cache are, in a few words."""
    age = cache.evidence_age()
    if age is None:
        return "the cache holds no facts"
    return f"facts in the cache were read from {age.oldest} to {age.newest}"


def _read_on(cache: ProfileCache) -> dict[str, date]:
    """When facts the user added were read, by technology."""
    newest: dict[str, date] = {}
    for facts in cache.user_facts():
        if facts.technology is not None:
            key = facts.technology.key
            newest[key] = max(facts.source.retrieved_on, newest.get(key, date.min))
    return newest


def _refresh_endoflife(
    cache: ProfileCache,
    stale: Sequence[Technology],
    address: str,
    today: date,
    patience: Patience,
) -> AddedEvidence:
    wanted = {t.key for t in stale}
    if not any(ENDOFLIFE in {c.evidence.source for c in cache.profile(k).cycles} for k in wanted):
        return AddedEvidence()
    try:
        content = get_bytes(open_session(patience, address), address)
        products = tuple(read_api(address, content, retrieved_on=today))
    except EvidenceError as error:
        return AddedEvidence(problems=(str(error),))
    return put_products(products, cache, only=wanted)


def _refresh_releases(
    cache: ProfileCache,
    stale: Sequence[Technology],
    today: date,
    pip_settings: PipSettings | None,
    patience: Patience,
    on_progress: OnProgress,
) -> AddedEvidence:
    asked = [(t.key, purl) for t in stale if (purl := readable_purl(t)) is not None]
    settings = (read_pip_settings() if pip_settings is None else pip_settings) if asked else None
    unreachable: set[str] = set()
    problems: list[str] = []
    waiting: list[UserFacts] = []
    done: list[UserFacts] = []

    def keep() -> None:
        cache.add_user_facts(*waiting)
        done.extend(waiting)
        waiting.clear()

    try:
        for number, (key, purl) in enumerate(asked):
            on_progress(0.1 + 0.9 * number / len(asked), f"asking for {key}")
            kind = purl.partition("/")[0]
            if kind in unreachable:
                continue
            try:
                history = read_releases(
                    purl, retrieved_on=today, pip_settings=settings, patience=patience
                )
            except UnreachableError as error:
                unreachable.add(kind)
                problems.append(f"{error} (no further {kind} package was asked for)")
                continue
            except EvidenceError as error:
                problems.append(str(error))
                continue
            waiting.append(facts_of_history(history, cache.profile(key), cache, today=today))
            if len(waiting) >= KEPT_TOGETHER:
                keep()
    finally:
        if waiting:
            keep()
    return AddedEvidence(
        technologies=tuple(one.technology.key for one in done if one.technology),
        cycles=sum(len(one.cycles) for one in done),
        releases=sum(len(one.releases) for one in done),
        problems=tuple(problems),
    )


def _sum(parts: Sequence[AddedEvidence]) -> AddedEvidence:
    return AddedEvidence(
        technologies=tuple(dict.fromkeys(key for part in parts for key in part.technologies)),
        cycles=sum(part.cycles for part in parts),
        releases=sum(part.releases for part in parts),
        problems=tuple(line for part in parts for line in part.problems),
        notes=tuple(line for part in parts for line in part.notes),
    )
