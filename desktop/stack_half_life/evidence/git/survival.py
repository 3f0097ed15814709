"""How long a line of source lives: weighted Kaplan–Meier over the lines of a history.

Plain Python on purpose: importing numpy costs more than all of this takes on most repositories.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, compress, pairwise
from math import inf
from operator import sub
from random import Random
from typing import NamedTuple

SECONDS_PER_YEAR = 365.25 * 86400.0
SURVIVAL_YEARS = (1, 2, 3, 5)
CURVE_STEP_YEARS = 0.25
_STEP_SECONDS = CURVE_STEP_YEARS * SECONDS_PER_YEAR
REPLICATES = 100
BOOTSTRAP_BINS = 24

_HALF = bytes(256 // 2 * [0, 1])
"""Heads or tails for every value of a random byte."""


class Interval(NamedTuple):
    """A figure with the tenth and ninetieth percentile of its bootstrap; None: not reached."""

    value: float | None
    p10: float | None
    p90: float | None


class SurvivalEstimate(NamedTuple):
    """Kaplan–Meier of line lifetimes.

    half_life_years: the first age at which no more than half are alive; None where the history
        never gets there.
    shares: by age in years (`SURVIVAL_YEARS`), the share alive; None beyond the oldest line seen.
    ages_years, alive_share: the curve, every `CURVE_STEP_YEARS`; shape (points,).
    """

    half_life_years: Interval
    shares: dict[int, Interval]
    ages_years: tuple[float, ...]
    alive_share: tuple[float, ...]


class Lifetimes(NamedTuple):
    """Groups of lines: born with one commit, and seen dying or seen alive for the last time.

    times: of commits, seconds, never falling; shape (commits,).
    born, died, lines: of lines gone, commits by number; parallel.
    last_seen: (birth, commit when last seen, lines) of the others.
    first_known_birth: lines of commits before that one have an unknown birth and are left out.
    """

    times: Sequence[int]
    born: Sequence[int]
    died: Sequence[int]
    lines: Sequence[int]
    last_seen: Sequence[tuple[int, int, int]]
    first_known_birth: int = 0

    def deaths(self) -> "Groups":
        """Lines gone."""
        return self._aged(self.born, self.died, self.lines)

    def survivors(self) -> "Groups":
        """Lines last seen alive."""
        births, ends, lines = zip(*self.last_seen, strict=True) if self.last_seen else ((), (), ())
        return self._aged(births, ends, lines)

    def _aged(self, births: Sequence[int], ends: Sequence[int], lines: Sequence[int]) -> "Groups":
        if self.first_known_birth:
            is_known = [birth >= self.first_known_birth for birth in births]
            births, ends, lines = (
                list(compress(column, is_known)) for column in (births, ends, lines)
            )
        time_of = self.times.__getitem__
        return Groups(births, list(map(sub, map(time_of, ends), map(time_of, births))), lines)


class Groups(NamedTuple):
    """Groups of lines: commit of birth, age in seconds, how many; parallel."""

    births: Sequence[int]
    ages: Sequence[int]
    lines: Sequence[int]

    def by_age(self) -> dict[int, int]:
        """How many lines had each age."""
        lines_at: dict[int, int] = {}
        for age, lines in zip(self.ages, self.lines, strict=True):
            lines_at[age] = lines_at.get(age, 0) + lines
        return lines_at


def estimate_survival(observed: Lifetimes, seed: int = 1) -> SurvivalEstimate:
    """Kaplan–Meier of the lines, S(t) = Π over ages u ≤ t of 1 − deaths(u) / at risk(u).

    Lines of one commit live and die together, so the bootstrap weighs whole birth commits: each
    counts twice or not at all, by the toss of a coin, which has the mean and the variance of
    drawing commits anew (half-sampling).
    """
    gone, seen = observed.deaths(), observed.survivors()
    deaths, survivors = gone.by_age(), seen.by_age()
    ages = sorted(deaths.keys() | survivors.keys())
    if not ages:
        nothing = Interval(None, None, None)
        return SurvivalEstimate(nothing, dict.fromkeys(SURVIVAL_YEARS, nothing), (), ())
    died = [deaths.get(age, 0) for age in ages]
    alive = _product_limit(died, [survivors.get(age, 0) for age in ages], 1.0)
    years = [year for year in SURVIVAL_YEARS if year * SECONDS_PER_YEAR <= ages[-1]]
    edges = _edges(ages, died, years)
    replicates = _replicates(gone, seen, ages, edges, seed)
    shares = dict.fromkeys(SURVIVAL_YEARS, Interval(None, None, None))
    for year in years:
        place = edges.index(year * SECONDS_PER_YEAR)
        low, high = _spread([replicate[place] for replicate in replicates])
        shares[year] = Interval(_at(ages, alive, year), low, high)
    half = next((age for age, share in zip(ages, alive, strict=True) if share <= 0.5), None)
    grid = [step * CURVE_STEP_YEARS for step in range(int(ages[-1] / _STEP_SECONDS) + 1)]
    return SurvivalEstimate(
        half_life_years=Interval(
            None if half is None else half / SECONDS_PER_YEAR,
            *_spread([_half_life(edges, replicate) for replicate in replicates]),
        ),
        shares=shares,
        ages_years=tuple(grid),
        alive_share=tuple(_at(ages, alive, year) for year in grid),
    )


def _product_limit(
    deaths: Sequence[int], survivors: Sequence[int], at_risk_share: float
) -> list[float]:
    """The share alive after each age or bin of ages.

    at_risk_share: how much of those last seen there counts as at risk: all for exact ages, half
        for bins (the actuarial rule).
    """
    at_risk = sum(deaths) + sum(survivors)
    share = 1.0
    shares = []
    for died, seen in zip(deaths, survivors, strict=True):
        exposed = at_risk - (1.0 - at_risk_share) * seen
        if died:
            share *= max(1.0 - died / exposed, 0.0)
        at_risk -= died + seen
        shares.append(share)
    return shares


def _at(ages: Sequence[int], alive: Sequence[float], years: float) -> float:
    place = bisect_right(ages, years * SECONDS_PER_YEAR)
    return alive[place - 1] if place else 1.0


def _edges(ages: Sequence[int], died: Sequence[int], years: Sequence[int]) -> list[float]:
    """Upper ends of bins of ages, in seconds: crowded where lines die, and at whole years."""
    edges = {float(ages[-1]), *(year * SECONDS_PER_YEAR for year in years)}
    total = list(accumulate(died))
    if total[-1]:
        for part in range(1, BOOTSTRAP_BINS):
            edges.add(float(ages[bisect_left(total, total[-1] * part / BOOTSTRAP_BINS)]))
    return sorted(edges)


def _replicates(
    gone: Groups, seen: Groups, ages: Sequence[int], edges: Sequence[float], seed: int
) -> list[list[float]]:
    """The share alive at the edges, per replicate.

    What each birth commit's lines did is packed into one whole number, a field for each bin, so
    that a half of the commits is one sum of numbers; what is left of them all is the other half.
    """
    bins = len(edges)
    width = (sum(gone.lines) + sum(seen.lines)).bit_length()
    until = [bisect_right(ages, edge) for edge in edges]
    shift_of: dict[int, int] = {}
    for place, (first, last) in enumerate(pairwise([0, *until])):
        shift_of.update(dict.fromkeys(ages[first:last], width * place))
    packed: dict[int, int] = defaultdict(int)
    for first_shift, groups in ((0, gone), (width * bins, seen)):
        shifts = map(shift_of.__getitem__, groups.ages)
        for birth, lines, shift in zip(groups.births, groups.lines, shifts, strict=True):
            packed[birth] += lines << first_shift + shift
    commits = [packed[birth] for birth in sorted(packed)]
    whole = sum(commits)
    chance = Random(seed)
    fields = range(0, 2 * bins * width, width)
    replicates = []
    for _ in range(REPLICATES // 2):
        half = sum(compress(commits, chance.randbytes(len(commits)).translate(_HALF)))
        for part in filter(None, (half, whole - half)):
            counts = [part >> field & (1 << width) - 1 for field in fields]
            replicates.append(_product_limit(counts[:bins], counts[bins:], 0.5))
    return replicates


def _half_life(edges: Sequence[float], shares: Sequence[float]) -> float:
    """The age in years at which half are left, between edges by straight lines; else infinite."""
    age, share = 0.0, 1.0
    for next_age, next_share in zip(edges, shares, strict=True):
        if next_share <= 0.5:
            passed = (share - 0.5) / (share - next_share)
            return (age + passed * (next_age - age)) / SECONDS_PER_YEAR
        age, share = next_age, next_share
    return inf


def _spread(values: list[float]) -> tuple[float | None, float | None]:
    """The tenth and ninetieth percentile; None for infinite ones."""
    ordered = sorted(values)
    low, high = (ordered[round(q * (len(ordered) - 1))] for q in (0.1, 0.9))
    return (None if low == inf else low, None if high == inf else high)
