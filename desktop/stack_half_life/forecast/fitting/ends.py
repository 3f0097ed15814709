"""How often technologies end: products followed from the day they were listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import RateHyperparameters
from stack_half_life.forecast.history import released_on, support_ends_on

PRIOR_ENDS = 0.5
"""Jeffreys' prior of a constant rate: half an end in no time."""

SILENCE = timedelta(days=365)
"""A product without a supported cycle for so long has ended: a newer one would be listed."""


@dataclass(frozen=True, slots=True)
class LifeSpell:
    """A product in view for so many years, and whether it ended then."""

    years: float
    has_ended: bool


def life_spells(
    products: Sequence[ProductHistory], ended_on: Mapping[str, date], data_until: date
) -> tuple[LifeSpell, ...]:
    """Products from the day they were first listed to their end or the end of the data.

    Before it was listed a product could not have been seen to end: counting those years would make
    technologies look longer-lived.  Products that had ended by then, or have no dated listing, are
    left out.  ended_on: recorded ends; else a product ends with its last support, see `SILENCE`.
    """
    spells = []
    for product in products:
        if not product.known_on:
            continue
        listed = min(product.known_on)
        end = ended_on.get(product.product) or _end_of_support(product.cycles, data_until)
        if end is not None and end <= listed:
            continue
        has_ended = end is not None and end <= data_until
        until = end if has_ended and end is not None else data_until
        spells.append(LifeSpell(years_between(listed, until), has_ended))
    return tuple(spells)


def fit_end(spells: Sequence[LifeSpell]) -> RateHyperparameters:
    """The constant hazard, known as well as so many ends in so many years tell: a Gamma law."""
    return RateHyperparameters(
        shape=PRIOR_ENDS + sum(spell.has_ended for spell in spells),
        exposure_years=sum(spell.years for spell in spells),
    )


def _end_of_support(cycles: Sequence[ReleaseCycle], data_until: date) -> date | None:
    """The end of support of the last cycle, where none is left and that is a while ago."""
    ends = []
    for cycle in cycles:
        end = support_ends_on(cycle)
        if end is None and cycle.support is not SupportState.ENDED_DATE_UNKNOWN:
            return None
        if end is not None:
            ends.append(end)
    starts = [start for cycle in cycles if (start := released_on(cycle))]
    if not ends or max([*ends, *starts]) > data_until - SILENCE:
        return None
    return max(ends)
