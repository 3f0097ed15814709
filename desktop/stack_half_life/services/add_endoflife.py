"""The recipe that adds what endoflife.date knows to the cache."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from stack_half_life.domain.fact_tables import ENDOFLIFE
from stack_half_life.domain.facts import Confidence, Evidence, Source, Technology
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.evidence.classification import (
    endoflife_generation,
    endoflife_layer,
    endoflife_nature,
)
from stack_half_life.evidence.endoflife import EndoflifeProduct, read_endoflife
from stack_half_life.evidence.endoflife.product import in_order
from stack_half_life.services.added import AddedEvidence, joined_cycles
from stack_half_life.store.cache import ProfileCache


def add_endoflife(
    path: Path,
    cache: ProfileCache,
    *,
    read_on: date,
    on_progress: OnProgress = ignore_progress,
) -> AddedEvidence:
    """Add product files, or the API's JSON, from a file or a folder; all of it or nothing.

    read_on: the day the files are of, as far as they do not say it themselves.

    Raises:
        EvidenceError: where nothing can be read. CacheError: where the cache cannot be written.
    """
    reading = read_endoflife(
        path, retrieved_on=read_on, on_progress=lambda share, text: on_progress(0.5 * share, text)
    )
    added = put_products(reading.products, cache, on_progress=on_progress)
    return added.model_copy(update={"problems": reading.problems})


def put_products(
    products: Iterable[EndoflifeProduct],
    cache: ProfileCache,
    *,
    only: Collection[str] | None = None,
    on_progress: OnProgress = ignore_progress,
) -> AddedEvidence:
    """Put products into the cache, each with the technology it is, at once.

    only: keys of the technologies to renew; None takes them all, and new ones.
    """
    products = tuple(products)
    added = {facts.subject: facts for facts in cache.user_facts()}
    facts: dict[str, UserFacts] = {}
    new: list[str] = []
    notes: list[str] = []
    for number, product in enumerate(products):
        on_progress(0.5 + 0.4 * number / len(products), f"adding {product.title}")
        key = _key_of(product, cache)
        if only is not None and key not in only:
            continue
        if key is None:
            new.append(product.key)
        if (key or product.key) in facts:
            notes.append(f"{product.title}: is the same technology as one added before: left out")
            continue
        if product.repeated:
            notes.append(f"{product.title}: listed twice, kept once: {', '.join(product.repeated)}")
        one = _facts(product, key, cache)
        facts[key or product.key] = _with_newer(one, added.get(one.subject))
    on_progress(0.9, "writing")
    if facts:
        cache.add_user_facts(*facts.values())
    return AddedEvidence(
        technologies=tuple(facts),
        new=tuple(new),
        cycles=sum(len(one.cycles) for one in facts.values()),
        notes=tuple(notes),
    )


def _with_newer(read: UserFacts, before: UserFacts | None) -> UserFacts:
    """What was read, with what is newer of the facts whose place it takes."""
    if before is None or before.source.retrieved_on <= read.source.retrieved_on:
        return read
    newer = [
        cycle for cycle in before.cycles if cycle.evidence.retrieved_on > read.source.retrieved_on
    ]
    cycles, _ = in_order([*newer, *read.cycles])
    return before.model_copy(update={"cycles": cycles})


def _key_of(product: EndoflifeProduct, cache: ProfileCache) -> str | None:
    for name in (product.key, *product.aliases):
        key = cache.resolve(name)
        if key is not None:
            return key
    return None


def _facts(product: EndoflifeProduct, key: str | None, cache: ProfileCache) -> UserFacts:
    known = cache.profile(key) if key else None
    source = Source(
        key=ENDOFLIFE,
        title="endoflife.date, by its contributors",
        address="https://endoflife.date",
        licence="MIT",
        credit="Release cycles from endoflife.date, © its contributors, MIT",
        retrieved_on=product.read_on,
    )
    tags = frozenset(product.tags)
    technology = (
        known.technology.model_copy(update={"purls": product.purls})
        if known
        else Technology(
            key=product.key,
            name=product.title,
            layer=endoflife_layer(product.category, tags),
            generation=endoflife_generation(tags),
            nature=endoflife_nature(product.category, tags),
            aliases=product.aliases,
            purls=product.purls,
            evidence=Evidence(
                source=ENDOFLIFE, retrieved_on=source.retrieved_on, confidence=Confidence.HIGH
            ),
        )
    )
    return UserFacts(
        subject=f"endoflife:{product.key}",
        technology=technology,
        observed_until=product.read_on,
        cycles=joined_cycles(known.cycles if known else (), product.cycles),
        source=source,
    )
