"""One future at a time, event by event, in plain Python: slow, and easy to see to be right."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.stack import Coupling, UpgradePolicy
from stack_half_life.forecast.breaking import Breaking
from stack_half_life.forecast.laws import (
    CycleSupport,
    EmpiricalPart,
    GapLaw,
    LogStudentPart,
    RemovalLaw,
)
from stack_half_life.forecast.neighbours import LayerCoupling
from stack_half_life.forecast.simulation.clocks import (
    HOSTED_GRACE_YEARS,
    ComponentClocks,
    TechnologyClocks,
)

WEEK = 7.0 / DAYS_PER_YEAR


@dataclass
class Tally:
    """What one future did to one slot."""

    upgrades: int = 0
    crossed: int = 0
    breaking: int = 0
    replacements: int = 0
    adaptations: int = 0
    knocked_out: int = 0
    unsupported_years: float = 0.0

    def figures(self) -> dict[str, float]:
        return dict(vars(self))


@dataclass
class Clock:
    """Parameters drawn once: years to the first event, and how later gaps are drawn."""

    first: float
    later: Callable[[], float]


def clock_of(law: GapLaw, dice: random.Random, speed: float) -> Clock:
    """Draw parameters and a whole gap until the gap outlasts the days elapsed."""
    days = 1.0 / DAYS_PER_YEAR / speed
    while True:
        if dice.random() < law.never:
            return Clock(math.inf, lambda: math.inf)
        part = dice.choices(law.parts, [part.weight for part in law.parts])[0]
        assert not isinstance(part, EmpiricalPart)
        if isinstance(part, LogStudentPart):
            variance = part.degrees * part.variance / (2.0 * dice.gammavariate(part.degrees / 2, 1))
            ratio = part.location_variance / part.variance
            mu = dice.gauss(part.location, math.sqrt(ratio * variance))
            sigma = math.sqrt(variance)

            def later(mu: float = mu, sigma: float = sigma) -> float:
                return math.exp(min(dice.gauss(mu, sigma), 600.0)) * days

        else:
            rate = dice.gammavariate(part.shape, 1.0) / part.scale_days

            def later(rate: float = rate) -> float:  # type: ignore[misc]
                return dice.expovariate(rate) * days

        gap = later() / days
        if gap > law.elapsed_days:
            return Clock((gap - law.elapsed_days) * days, lambda: max(later(), WEEK))


def times_of(clock: Clock, start: float, horizon: float) -> list[float]:
    """All events up to the horizon."""
    times, time = [], start + clock.first
    while time < horizon:
        times.append(time)
        time += clock.later()
    return times


def removal_years(law: RemovalLaw, tenure: float, share: float, dice: random.Random) -> float:
    """Years until a removal that counts, band by band."""
    counting = 1.0 if law.is_replacement else share
    hazard_factor = dice.gammavariate(law.shape, 1.0) / law.rate * law.kind_factor * counting
    ends = [*law.band_starts_years[1:], math.inf]
    for begin, end, hazard in zip(law.band_starts_years, ends, law.hazards_per_year, strict=True):
        if tenure >= end or hazard * hazard_factor <= 0.0:
            continue
        at = max(tenure, begin) + dice.expovariate(hazard * hazard_factor)
        if at < end:
            return at - tenure
    return math.inf


def replaced_at(
    technology: TechnologyClocks, start: float, share: float, speed: float, dice: random.Random
) -> float:
    """When the technology is replaced of itself."""
    years = removal_years(technology.removal, technology.tenure_years, share, dice)
    if technology.end.ended_in_years is not None:
        return min(start + years / speed, max(technology.end.ended_in_years, 0.0))
    rate = dice.gammavariate(technology.end.shape, 1.0) / technology.end.exposure_years
    wait = min(years, dice.expovariate(rate)) / speed
    return start + (max(wait, WEEK) if start > 0.0 else wait)


@dataclass
class Life:
    """A technology in a slot: what will happen to it, if nothing from outside does."""

    events: list[tuple[float, str, int, int]] = field(default_factory=list)
    spells: list[tuple[float, float]] = field(default_factory=list)


def life_of(
    clocks: ComponentClocks,
    start: float,
    share: float,
    horizon: float,
    dice: random.Random,
    *,
    is_first: bool,
) -> Life:
    """Follow the slot's habits from a start to the technology's end or the horizon."""
    technology = clocks.now if is_first else clocks.successor
    speed, habits = clocks.speed, clocks.habits
    end = replaced_at(technology, start, share, speed, dice)
    limit = min(end, horizon)
    releases = times_of(clock_of(technology.cycle, dice, speed), start, horizon)
    breaking = [-ago for ago in technology.newer_breaking_years_ago] if is_first else []
    if technology.breaks is not Breaking.EVERY:
        breaking += times_of(clock_of(technology.breaking, dice, speed), start, horizon)
    durations = clock_of(technology.support.duration, dice, speed)
    rule = technology.support.successor
    outlived = technology.in_use.newer_cycles if technology.in_use else 0
    least, chances = outlived, rule.beyond(outlived)
    if not chances:
        least, chances = 0, rule.beyond(0)
    k = 0
    if chances and dice.random() < rule.weight:
        k = least + 1 + dice.choices(range(len(chances)), chances)[0]

    def release(number: int) -> float:
        return releases[number - 1] if number <= len(releases) else math.inf

    def known_end(cycle: CycleSupport | None) -> float:
        if cycle is None:
            return release(k) if k else start + durations.first
        if cycle.ended_days_ago is not None:
            return -cycle.ended_days_ago / DAYS_PER_YEAR
        if cycle.announced_in_days is not None:
            announced, slip = cycle.announced_in_days / DAYS_PER_YEAR, technology.support.slip
            fate = dice.random()
            if fate < slip.later_probability:
                return announced + dice.expovariate(DAYS_PER_YEAR / slip.later_mean_days)
            if fate < slip.later_probability + slip.earlier_probability:
                return announced * dice.random()
            return announced
        if k > cycle.newer_cycles:
            return release(k - cycle.newer_cycles)
        return clock_of(cycle.remaining, dice, speed).first

    loses = known_end(technology.in_use)
    newest_loses = loses
    if technology.newest != technology.in_use:
        newest_loses = known_end(technology.newest)
    life = Life()
    in_use, since, ready, crossed = -outlived, start, start, 0
    takes_all = technology.breaks is not Breaking.BY_CLOCK
    all_break = technology.breaks is Breaking.EVERY
    newer_since = start - technology.newer_cycle_years_ago
    while True:
        lost = max(loses, ready)
        if in_use < 0:
            moves = lost if lost < newest_loses or lost >= release(1) else release(1)
        else:
            moves = max(lost, release(in_use + 1))
        latest = lost + HOSTED_GRACE_YEARS
        if habits.is_hosted and moves > latest and latest < limit:
            limit = end = latest
        if not habits.can_move:
            moves = math.inf
        taken = math.inf
        if habits.policy is UpgradePolicy.LATEST and takes_all:
            coming = newer_since if in_use < 0 else release(in_use + 1)
            taken = max(coming + habits.lag_years, ready)
        elif habits.policy is UpgradePolicy.LATEST and crossed < len(breaking):
            taken = max(breaking[crossed] + habits.lag_years, ready)
        matured = moves
        if taken < moves:
            moves, matured = taken, taken - habits.lag_years + 1e-9
        until = min(moves, limit)
        if max(loses, since) < until and not habits.is_hosted:
            life.spells.append((max(loses, since), until))
        if moves >= limit:
            break
        newest = sum(time <= matured for time in releases)
        passed = sum(time <= matured for time in breaking)
        cycles_crossed = max(newest - in_use, passed - crossed)
        breaking_crossed = cycles_crossed if all_break else passed - crossed
        life.events.append((moves, "upgrade", cycles_crossed, breaking_crossed))
        released = release(newest) if newest else start
        if habits.policy is UpgradePolicy.LATEST and passed:
            released = max(released, breaking[passed - 1])
        if newest == 0 and released <= start:
            loses = newest_loses
        elif k:
            loses = release(newest + k)
        else:
            duration = durations.later()
            loses = (released if released + duration > moves else moves) + duration
        in_use, since, crossed = newest, moves, passed
        ready = moves if habits.is_hosted else moves + habits.upgrade_rest_years
    if end < horizon:
        life.events.append((end, "replacement", 0, 0))
    return life


def future(
    slots: list[ComponentClocks],
    names: list[str],
    couplings: list[Coupling],
    share: float,
    horizon: float,
    dice: random.Random,
    together: Sequence[LayerCoupling] = (),
) -> list[Tally]:
    """One future of a stack: the next event of all slots, again and again."""
    tallies = [Tally() for _ in slots]
    half_years: dict[tuple[int, int], float] = {}
    half_years_done: set[tuple[int, int]] = set()
    lives = [life_of(one, 0.0, share, horizon, dice, is_first=True) for one in slots]

    def succeed(slot: int, time: float) -> None:
        lives[slot] = life_of(slots[slot], time, share, horizon, dice, is_first=False)

    def close(slot: int, time: float) -> None:
        for begin, until in lives[slot].spells:
            tallies[slot].unsupported_years += max(min(until, time) - begin, 0.0)

    while any(life.events for life in lives):
        time, slot = min(
            (life.events[0][0], slot) for slot, life in enumerate(lives) if life.events
        )
        _, kind, crossed, breaking = lives[slot].events.pop(0)
        tally = tallies[slot]
        if kind == "upgrade":
            tally.upgrades += 1
            tally.crossed += crossed
            tally.breaking += breaking
            if not breaking:
                continue
        else:
            tally.replacements += 1
            close(slot, time)
            succeed(slot, time)
        hits: dict[int, str] = {slot: "origin"}
        waiting, adapted = [slot], set()
        while waiting:
            source = waiting.pop(0)
            for edge in couplings:
                target = names.index(edge.then)
                if edge.when != names[source]:
                    continue
                die = dice.random()
                if die < edge.replace_probability:
                    if target not in hits:
                        hits[target] = "replaced"
                        waiting.append(target)
                elif die < edge.replace_probability + edge.adapt_probability:
                    adapted.add(target)
            for number, shared in enumerate(together):
                target, half_year = names.index(shared.then), (number, int(2.0 * time))
                if names[source] not in shared.members or half_year in half_years_done:
                    continue
                die = half_years.setdefault(half_year, dice.random())
                if die < shared.replace_probability:
                    if target not in hits:
                        half_years_done.add(half_year)
                        hits[target] = "replaced"
                        waiting.append(target)
                    continue
                half_years_done.add(half_year)
                if die < shared.replace_probability + shared.adapt_probability:
                    adapted.add(target)
        for target in adapted - set(hits):
            tallies[target].adaptations += 1
        for target, how in hits.items():
            if how == "replaced":
                tallies[target].knocked_out += 1
                close(target, time)
                succeed(target, time)
    for slot in range(len(slots)):
        close(slot, horizon)
    return tallies
