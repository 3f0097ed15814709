"""Which release cycle a component is on where none is set, and which cycles it goes on to."""

from collections.abc import Sequence
from datetime import date

from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.stack import UpgradePolicy

FEWEST_LONG_TERM = 3
"""Long-term-support cycles that make a line of their own: two gaps between them are known."""


def cycles_out(cycles: Sequence[ReleaseCycle], as_of: date) -> list[ReleaseCycle]:
    """Cycles released up to a date, oldest first; the first listed of a day is its newest."""
    dated = [
        (cycle.released_on.midpoint, -place, cycle)
        for place, cycle in enumerate(cycles)
        if cycle.released_on is not None and cycle.released_on.midpoint <= as_of
    ]
    return [cycle for _, _, cycle in sorted(dated, key=lambda item: item[:2])]


def has_lost_support(cycle: ReleaseCycle, as_of: date) -> bool:
    """Whether the cycle is known to be without support at a date."""
    if cycle.support_ends_on is not None:
        return cycle.support_ends_on.midpoint <= as_of
    return cycle.support is SupportState.ENDED_DATE_UNKNOWN


def assumed_cycle(
    cycles: Sequence[ReleaseCycle], policy: UpgradePolicy, as_of: date
) -> ReleaseCycle | None:
    """The cycle taken where none is set: the newest of those that the policy would be on.

    On *latest* these are all that are out.  Else those of long-term support, where they make a
    line of their own, that have not lost support at the date; without any of these, all that have
    not; without any of these, all.  None where no cycle is out.
    """
    out = cycles_out(cycles, as_of)
    if policy is not UpgradePolicy.LATEST:
        in_support = [cycle for cycle in out if not has_lost_support(cycle, as_of)]
        long_term = [cycle for cycle in in_support if cycle.is_lts]
        out = (long_term if _is_line(cycles, as_of) else []) or in_support or out
    return out[-1] if out else None


def followed_cycles(
    cycles: Sequence[ReleaseCycle],
    policy: UpgradePolicy,
    in_use: ReleaseCycle | None,
    as_of: date,
) -> tuple[ReleaseCycle, ...]:
    """The cycles that whoever is on one of them moves along.

    Who is on a cycle of long-term support goes on to the next of these where they make a line of
    their own, unless the policy is *latest*; else all cycles are followed.
    """
    follows_line = (
        policy is not UpgradePolicy.LATEST
        and in_use is not None
        and in_use.is_lts
        and _is_line(cycles, as_of)
    )
    return tuple(cycle for cycle in cycles if cycle.is_lts or not follows_line)


def _is_line(cycles: Sequence[ReleaseCycle], as_of: date) -> bool:
    """Whether enough cycles of long-term support are out by then to make a line."""
    return sum(cycle.is_lts for cycle in cycles_out(cycles, as_of)) >= FEWEST_LONG_TERM
