"""What adding evidence to the cache came to, and how new facts join known ones."""

from collections.abc import Iterable, Sequence

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.facts import ReleaseCycle


class AddedEvidence(Frozen):
    """What was added.

    technologies: keys that gained facts, of which `new` were not in the cache before.
    cycles, releases: how many of either were added or renewed.
    problems: one line for each thing that could not be added; all the rest was.
    notes: plain sentences on what was found.
    """

    technologies: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    cycles: int = 0
    releases: int = 0
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def joined_cycles(
    known: Sequence[ReleaseCycle], read: Iterable[ReleaseCycle]
) -> tuple[ReleaseCycle, ...]:
    """The cycles read, less those known from later; what only the known ones say is carried over.

    So an old file never takes the place of newer facts, and a source without a word on breaking,
    deprecation or successors does not make those forgotten.
    """
    by_name = {cycle.cycle: cycle for cycle in known}
    joined: list[ReleaseCycle] = []
    for cycle in read:
        before = by_name.get(cycle.cycle)
        if before is None:
            joined.append(cycle)
        elif before.evidence.retrieved_on <= cycle.evidence.retrieved_on:
            joined.append(
                cycle.model_copy(
                    update={
                        "is_breaking": before.is_breaking
                        if cycle.is_breaking is None
                        else cycle.is_breaking,
                        "deprecation_announced_on": cycle.deprecation_announced_on
                        or before.deprecation_announced_on,
                        "successor": cycle.successor or before.successor,
                    }
                )
            )
    return tuple(joined)
