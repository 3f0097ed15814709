"""What the user added to the cache: listed, taken out, put back."""

from collections.abc import Iterable
from datetime import date

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.store.cache import ProfileCache


class Addition(Frozen):
    """Facts of one subject: how many of each kind, and when they were read."""

    subject: str
    cycles: int
    releases: int
    spells: int
    read_on: date


def additions(cache: ProfileCache) -> tuple[Addition, ...]:
    """What the user added, in the order it was first added."""
    return tuple(
        Addition(
            subject=facts.subject,
            cycles=len(facts.cycles),
            releases=len(facts.releases),
            spells=len(facts.tenures),
            read_on=facts.source.retrieved_on,
        )
        for facts in cache.user_facts()
    )


def take_out(subjects: Iterable[str], cache: ProfileCache) -> tuple[UserFacts, ...]:
    """Take subjects out of the cache; what was taken out, to be put back if need be."""
    wanted = set(subjects)
    found = tuple(facts for facts in cache.user_facts() if facts.subject in wanted)
    if found:
        cache.remove_user_facts(*(facts.subject for facts in found))
    return found


def put_back(facts: Iterable[UserFacts], cache: ProfileCache) -> None:
    """Put back what was taken out."""
    cache.add_user_facts(*facts)
