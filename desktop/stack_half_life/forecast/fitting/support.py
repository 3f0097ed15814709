"""The support clock of a technology: durations, slipping announcements, successors."""

from collections.abc import Sequence
from datetime import date

from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.hyperparameters import Hyperparameters, SupportHyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.fitting.gaps import gap_law
from stack_half_life.forecast.history import (
    any_cycle_dates,
    newer_cycle_dates,
    released_on,
    support_durations,
    support_ends_on,
)
from stack_half_life.forecast.laws import (
    AnnouncementSlip,
    CycleSupport,
    GapLaw,
    SuccessorRule,
    SupportLaw,
)


def support_law(
    profile: ChurnProfile, hyper: Hyperparameters, as_of: date, *, is_lts: bool = False
) -> SupportLaw:
    """How long a new cycle of the technology is supported."""
    slip = AnnouncementSlip(
        hyper.support.later_probability,
        hyper.support.later_mean_days,
        hyper.support.earlier_probability,
    )
    return SupportLaw(
        _duration_law(profile, hyper, as_of, is_lts=is_lts, elapsed_days=0.0),
        slip,
        successor_rule(profile.cycles, hyper.support, as_of, is_lts=is_lts),
    )


def cycle_support(
    profile: ChurnProfile, hyper: Hyperparameters, as_of: date, cycle: ReleaseCycle
) -> CycleSupport:
    """What is known at a date of the support of a cycle that is out."""
    start, end = released_on(cycle), support_ends_on(cycle)
    elapsed = float(max((as_of - start).days, 0)) if start else 0.0
    remaining = _duration_law(profile, hyper, as_of, is_lts=cycle.is_lts, elapsed_days=elapsed)
    newer = len(newer_cycle_dates(cycle, any_cycle_dates(profile.cycles, as_of)))
    if end is not None and end <= as_of:
        return CycleSupport(remaining, newer, ended_days_ago=float((as_of - end).days))
    if cycle.support is SupportState.ENDED_DATE_UNKNOWN:
        return CycleSupport(remaining, newer, ended_days_ago=0.0)
    if end is not None:
        return CycleSupport(remaining, newer, announced_in_days=float((end - as_of).days))
    return CycleSupport(remaining, newer)


def successor_rule(
    cycles: Sequence[ReleaseCycle], hyper: SupportHyperparameters, as_of: date, *, is_lts: bool
) -> SuccessorRule | None:
    """The k for which past ends of support most often fell near the k-th newer cycle.

    weight = hits/(ends + prior pseudo-count), slack = median distance of the hits; None without
    a hit.
    """
    events = any_cycle_dates(cycles, as_of)
    ended = [
        (cycle, end)
        for cycle in cycles
        if cycle.is_lts == is_lts
        and released_on(cycle)
        and (end := support_ends_on(cycle))
        and end <= as_of
    ]
    best: SuccessorRule | None = None
    for count in range(1, hyper.successor_most + 1):
        slacks = sorted(
            (end - newer[count - 1]).days
            for cycle, end in ended
            if len(newer := newer_cycle_dates(cycle, events)) >= count
        )
        hits = [days for days in slacks if abs(days) <= hyper.successor_tolerance_days]
        weight = len(hits) / (len(ended) + hyper.successor_prior_weight) if ended else 0.0
        if hits and (best is None or weight > best.weight):
            best = SuccessorRule(count, weight, float(max(hits[len(hits) // 2], 0)))
    return best


def _duration_law(
    profile: ChurnProfile,
    hyper: Hyperparameters,
    as_of: date,
    *,
    is_lts: bool,
    elapsed_days: float,
) -> GapLaw:
    durations = support_durations(profile.cycles, as_of, is_lts=is_lts)
    prior = hyper.duration.prior(profile.reference_class)
    return gap_law(durations, elapsed_days, hyper.duration, prior)
