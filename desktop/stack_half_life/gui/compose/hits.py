"""What the search shows of a technology, and the component made from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stack_half_life.domain.facts import TechnologyHit
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component
from stack_half_life.gui import numbers

if TYPE_CHECKING:
    from stack_half_life.store.cache import ProfileCache

_MOST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A technology found, or (is_known False) the one typed that nobody knows."""

    key: str
    name: str
    layer: Layer
    evidence: str
    is_known: bool = True

    def component(self) -> Component:
        """A component of this technology, on its newest cycle."""
        return Component(name=self.name[:120], profile=self.key, layer=self.layer)


def find(cache: ProfileCache, text: str) -> Sequence[Hit]:
    """The technologies that answer to the text, and last an unknown one of that name."""
    hits = [_hit(each) for each in cache.search(text, limit=_MOST)]
    if text and all(hit.name.casefold() != text.casefold() for hit in hits):
        hits.append(_unknown(text))
    return hits


def _hit(found: TechnologyHit) -> Hit:
    technology = found.technology
    return Hit(technology.key, technology.name, technology.layer, _evidence_words(found))


def _evidence_words(found: TechnologyHit) -> str:
    counts = (
        (found.cycles, "release cycle"),
        (found.releases, "release"),
        (found.spells, "tenure spell"),
    )
    words = [
        f"{numbers.whole(count)} {word}{'' if count == 1 else 's'}"
        for count, word in counts
        if count
    ]
    if found.newest_cycle:
        words.append(f"newest {found.newest_cycle}")
    if found.median_gap_years is not None:
        words.append(f"a cycle every {numbers.span(found.median_gap_years)}")
    return " · ".join(words) or "known, but without dated facts"


def _unknown(text: str) -> Hit:
    key = re.sub(r"[^a-z0-9._+-]+", "-", text.casefold()).strip("-._+") or "unknown"
    return Hit(
        key[:120],
        text[:120],
        Layer.APPLICATION,
        "add without evidence: forecast from its layer's reference class, marked as such",
        is_known=False,
    )
