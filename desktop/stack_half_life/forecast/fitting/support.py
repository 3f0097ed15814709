"""The support clock of a technology: durations, slipping announcements, successors."""

from collections.abc import Sequence
from datetime import date

from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.hyperparameters import Hyperparameters, SupportHyperparameters
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.fitting.covariates import support_covariates, typical_covariates
from stack_half_life.forecast.fitting.gap_law import GapCase, gap_law
from stack_half_life.forecast.history import (
    any_cycle_dates,
    newer_cycle_dates,
    released_on,
    support_durations,
    support_ends_on,
)
from stack_half_life.forecast.laws import (
    NO_SUCCESSOR_RULE,
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
    return support_law_of(profile.cycles, profile.reference_class, hyper, as_of, is_lts=is_lts)


def support_law_of(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: Hyperparameters,
    as_of: date,
    *,
    is_lts: bool,
) -> SupportLaw:
    """The same from cycles alone."""
    return SupportLaw(
        gap_law(
            new_cycle_case(cycles, reference_class, hyper, as_of, is_lts=is_lts), hyper.duration
        ),
        announcement_slip(hyper.support),
        successor_rule(cycles, reference_class, hyper.support, as_of, is_lts=is_lts),
    )


def new_cycle_case(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: Hyperparameters,
    as_of: date,
    *,
    is_lts: bool,
) -> GapCase:
    """What the duration law of cycles to come is fitted to."""
    return _duration_case(cycles, reference_class, hyper, as_of, is_lts=is_lts, elapsed_days=0.0)


def cycle_support(
    profile: ChurnProfile, hyper: Hyperparameters, as_of: date, cycle: ReleaseCycle
) -> CycleSupport:
    """What is known at a date of the support of a cycle that is out."""
    return cycle_support_of(profile.cycles, profile.reference_class, hyper, as_of, cycle)


def cycle_support_of(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: Hyperparameters,
    as_of: date,
    cycle: ReleaseCycle,
) -> CycleSupport:
    """The same from cycles alone, of which `cycle` is one."""
    case = out_cycle_case(cycles, reference_class, hyper, as_of, cycle)
    return known_support(cycles, as_of, cycle, gap_law(case, hyper.duration))


def out_cycle_case(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: Hyperparameters,
    as_of: date,
    cycle: ReleaseCycle,
) -> GapCase:
    """What the duration law of a cycle that is out is fitted to."""
    start = released_on(cycle)
    elapsed = float(max((as_of - start).days, 0)) if start else 0.0
    return _duration_case(
        cycles, reference_class, hyper, as_of, is_lts=cycle.is_lts, elapsed_days=elapsed
    )


def known_support(
    cycles: Sequence[ReleaseCycle], as_of: date, cycle: ReleaseCycle, remaining: GapLaw
) -> CycleSupport:
    """What is known of the support of a cycle that is out, beside its duration law."""
    end = support_ends_on(cycle)
    newer = len(newer_cycle_dates(cycle, any_cycle_dates(cycles, as_of)))
    if end is not None and end <= as_of:
        return CycleSupport(remaining, newer, ended_days_ago=float((as_of - end).days))
    if cycle.support is SupportState.ENDED_DATE_UNKNOWN:
        return CycleSupport(remaining, newer, ended_days_ago=0.0)
    if end is not None:
        return CycleSupport(remaining, newer, announced_in_days=float((end - as_of).days))
    return CycleSupport(remaining, newer)


def announcement_slip(hyper: SupportHyperparameters) -> AnnouncementSlip:
    """How announced end dates move, the same for all technologies."""
    return AnnouncementSlip(
        hyper.later_probability, hyper.later_mean_days, hyper.earlier_probability
    )


def successor_rule(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: SupportHyperparameters,
    as_of: date,
    *,
    is_lts: bool,
) -> SuccessorRule:
    """How many newer cycles end a cycle's support, from past ends of the same LTS class.

    Each ended cycle counts for the k of the newer cycle nearest to its end, where that is within
    the tolerance, else for the newer cycles that were out by then; added to the pooled chances.
    The rule's weight is the share of ends that fell so, shrunk to the pooled weight.  A device is
    supported on whatever newer ones come out: there is no rule for hardware.
    """
    if reference_class == Layer.HARDWARE.value:
        return NO_SUCCESSOR_RULE
    counts = list(successor_counts(cycles, hyper, as_of, is_lts=is_lts))
    pseudo = [share * hyper.successor_prior_weight for share in hyper.successor_prior]
    chances = [
        prior + sum(count == k for count, _ in counts) for k, prior in enumerate(pseudo, start=1)
    ]
    total = sum(chances)
    followed = sum(is_near and count <= len(pseudo) for count, is_near in counts)
    trials = len(counts) + hyper.successor_prior_weight
    weight = (followed + hyper.successor_weight * hyper.successor_prior_weight) / trials
    return SuccessorRule(weight, tuple(chance / total for chance in chances))


def successor_counts(
    cycles: Sequence[ReleaseCycle], hyper: SupportHyperparameters, as_of: date, *, is_lts: bool
) -> list[tuple[int, bool]]:
    """Of each ended cycle: k, and whether its end fell near the k-th newer cycle."""
    events = any_cycle_dates(cycles, as_of)
    counts = []
    for cycle in cycles:
        end = support_ends_on(cycle)
        newer = newer_cycle_dates(cycle, events)
        if cycle.is_lts != is_lts or end is None or end > as_of or not newer:
            continue
        distances = [abs((day - end).days) for day in newer]
        nearest = min(distances)
        if nearest <= hyper.successor_tolerance_days:
            counts.append((distances.index(nearest) + 1, True))
        else:
            counts.append((sum(day <= end for day in newer), False))
    return counts


def _duration_case(
    cycles: Sequence[ReleaseCycle],
    reference_class: str,
    hyper: Hyperparameters,
    as_of: date,
    *,
    is_lts: bool,
    elapsed_days: float,
) -> GapCase:
    durations = support_durations(cycles, as_of, is_lts=is_lts)
    covariates = support_covariates(cycles, as_of, is_lts=is_lts, durations=len(durations))
    if not any_cycle_dates(cycles, as_of):
        covariates = typical_covariates(hyper.duration.typical, is_lts=is_lts)
    return GapCase(durations, elapsed_days, as_of, tuple(covariates.tolist()), reference_class)
