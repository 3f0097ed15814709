"""All known technologies with their clocks, to set a stack beside."""

from datetime import date
from pathlib import Path

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.facts import Technology
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.services.clocks import clocks_of_keys
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache


class ReferencePoint(Frozen):
    """One technology's clocks; a clock with no observations is only its class's and no point."""

    technology: Technology
    clocks: ClockFigures


def reference_points(
    cache: ProfileCache, *, as_of: date, on_progress: OnProgress = ignore_progress
) -> tuple[ReferencePoint, ...]:
    """Every technology with evidence of a clock of its own.

    The figures are kept in the cache until facts, model or date change.

    Raises:
        CancelledError: where on_progress raises it; nothing is kept then.
    """
    hits = [hit for hit in cache.search("", limit=2**31) if hit.cycles >= 2 or hit.spells]
    keys = [hit.technology.key for hit in hits]
    figures = clocks_of_keys(cache, keys, as_of, on_progress)
    return tuple(
        ReferencePoint(technology=hit.technology, clocks=figures[hit.technology.key])
        for hit in hits
    )


def reference_points_at(
    cache_path: Path, as_of: date, *, on_progress: OnProgress = ignore_progress
) -> tuple[ReferencePoint, ...]:
    """The same from the cache file at a path; errors also as of `open_cache`."""
    with open_cache(cache_path, on_notice=lambda _words: None) as cache:
        return reference_points(cache, as_of=as_of, on_progress=on_progress)
