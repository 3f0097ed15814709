"""From the churn profiles of technologies in slots to their clocks, many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.breaking import Breaking, breaking_of
from stack_half_life.forecast.evidence_end import last_seen_on
from stack_half_life.forecast.fitting.clocks import breaking_case, cycle_case
from stack_half_life.forecast.fitting.gap_law import GapCase, gap_laws
from stack_half_life.forecast.fitting.support import (
    announcement_slip,
    known_support,
    new_cycle_case,
    out_cycle_case,
    successor_rule,
)
from stack_half_life.forecast.fitting.tenure import end_law, removal_law
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    newer_cycle_dates,
    released_on,
)
from stack_half_life.forecast.laws import CycleSupport, GapLaw, SupportLaw
from stack_half_life.forecast.simulation.clocks import TechnologyClocks


@dataclass(frozen=True, slots=True)
class HeldTechnology:
    """A technology in a slot at a date.

    kind: of the product it is part of.  in_use, newest: the release cycle in use and the newest one
    out; None where none is known.  since: when the slot took the technology.
    is_on_newest: whether the newest cycle is in use whatever it is, since nobody named one.
    """

    profile: ChurnProfile
    kind: ProductKind
    as_of: date
    since: date
    in_use: ReleaseCycle | None = None
    newest: ReleaseCycle | None = None
    is_on_newest: bool = False

    @property
    def seen_on(self) -> date:
        """The last day up to which its releases are known, at most the date."""
        return last_seen_on(self.profile, self.as_of)

    @property
    def is_lts(self) -> bool:
        """Whether cycles of long-term support are used."""
        return self.in_use is not None and self.in_use.is_lts

    def cycles_out(self) -> list[ReleaseCycle]:
        """The cycle in use and the newest one, where known; once where they are the same."""
        known = [cycle for cycle in (self.in_use, self.newest) if cycle is not None]
        return known[:1] if self.in_use is self.newest else known


def technology_clocks(
    held: Sequence[HeldTechnology], hyper: Hyperparameters
) -> list[TechnologyClocks]:
    """The clocks of technologies; laws of one clock are fitted together."""
    cycle = gap_laws([_cycle_case(one, hyper) for one in held], hyper.cycle)
    breaks = [breaking_of(one.profile.cycles, one.seen_on) for one in held]
    by_clock = [
        _breaking_case(one, hyper)
        for one, which in zip(held, breaks, strict=True)
        if which is not Breaking.EVERY
    ]
    breaking = iter(gap_laws(by_clock, hyper.breaking))
    durations = iter(
        gap_laws([case for one in held for case in _duration_cases(one, hyper)], hyper.duration)
    )
    return [
        _clocks(
            one, law, law if which is Breaking.EVERY else next(breaking), which, durations, hyper
        )
        for one, law, which in zip(held, cycle, breaks, strict=True)
    ]


def _cycle_case(held: HeldTechnology, hyper: Hyperparameters) -> GapCase:
    profile = held.profile
    return cycle_case(profile.cycles, profile.reference_class, hyper, held.seen_on)


def _breaking_case(held: HeldTechnology, hyper: Hyperparameters) -> GapCase:
    profile = held.profile
    return breaking_case(profile.cycles, profile.reference_class, hyper, held.seen_on)


def _duration_cases(held: HeldTechnology, hyper: Hyperparameters) -> list[GapCase]:
    """Of a cycle to come, and of each that is out."""
    cycles, reference_class = held.profile.cycles, held.profile.reference_class
    return [
        new_cycle_case(cycles, reference_class, hyper, held.seen_on, is_lts=held.is_lts),
        *(
            out_cycle_case(cycles, reference_class, hyper, held.seen_on, cycle)
            for cycle in held.cycles_out()
        ),
    ]


def _clocks(
    held: HeldTechnology,
    cycle: GapLaw,
    breaking: GapLaw,
    breaks: Breaking,
    durations: Iterator[GapLaw],
    hyper: Hyperparameters,
) -> TechnologyClocks:
    profile, as_of = held.profile, held.as_of
    support = SupportLaw(
        next(durations),
        announcement_slip(hyper.support),
        successor_rule(
            profile.cycles, profile.reference_class, hyper.support, as_of, is_lts=held.is_lts
        ),
    )
    known: list[CycleSupport | None] = [
        known_support(profile.cycles, as_of, out, next(durations)) for out in held.cycles_out()
    ]
    return TechnologyClocks(
        cycle=cycle,
        breaking=breaking,
        support=support,
        removal=removal_law(profile, hyper, held.kind),
        end=end_law(_known_at(profile, as_of), hyper, as_of),
        in_use=known[0] if held.in_use is not None else None,
        newest=known[-1] if held.in_use is not None else None,
        newer_breaking_years_ago=() if breaks is Breaking.EVERY else _newer_breaking(held),
        breaks=breaks,
        newer_cycle_years_ago=_newer_cycle(held),
        tenure_years=max(years_between(held.since, as_of), 0.0),
        unseen_years=years_between(held.seen_on, as_of),
        is_on_newest=held.is_on_newest,
    )


def _known_at(profile: ChurnProfile, as_of: date) -> ChurnProfile:
    """The profile without an end that nobody could know of at the date."""
    end = profile.end
    if end is None or end.ended_on.midpoint <= as_of or end.evidence.retrieved_on <= as_of:
        return profile
    return profile.model_copy(update={"end": None})


def _newer_breaking(held: HeldTechnology) -> tuple[float, ...]:
    start = released_on(held.in_use) if held.in_use is not None else None
    if start is None:
        return ()
    return tuple(
        years_between(day, held.as_of)
        for day in breaking_cycle_dates(held.profile.cycles, held.as_of)
        if day > start
    )


def _newer_cycle(held: HeldTechnology) -> float:
    """Years since the first cycle newer than the one in use came out; 0 where none is."""
    if held.in_use is None:
        return 0.0
    newer = newer_cycle_dates(held.in_use, any_cycle_dates(held.profile.cycles, held.as_of))
    return years_between(newer[0], held.as_of) if newer else 0.0
