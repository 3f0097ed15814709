"""How long a line of source lives: weighted Kaplan–Meier over the lines of a history."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

SECONDS_PER_YEAR = 365.25 * 86400.0
SURVIVAL_YEARS = (1, 2, 3, 5)
CURVE_STEP_YEARS = 0.25
REPLICATES = 200
BOOTSTRAP_BINS = 192
_COMMITS_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the tenth and ninetieth percentile of its bootstrap; None: not reached."""

    value: float | None
    p10: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class SurvivalEstimate:
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


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Groups of lines: born with one commit, and seen dying or seen alive for the last time.

    born: commit of birth, by number; shape (groups,).
    years: age at the end; shape (groups,).
    lines: how many; shape (groups,).
    is_death: whether they died at that age, or were only last seen; shape (groups,).
    """

    born: "Integers"
    years: "Floats"
    lines: "Floats"
    is_death: "NDArray[np.bool_]"


def lifetimes(
    times: "Sequence[int]",
    deaths: tuple["Sequence[int]", "Sequence[int]", "Sequence[int]"],
    last_seen: "Sequence[tuple[int, int, int]]",
    first_known_birth: int,
) -> Lifetimes:
    """The lifetimes behind a history.

    times: of commits, seconds, never falling.
    deaths: (birth, death, lines), commits by number; parallel.
    last_seen: (birth, commit when last seen, lines).
    first_known_birth: lines of commits before that one have an unknown birth and are left out.
    """
    import numpy as np

    clock = np.asarray(times, dtype=np.float64)
    seen = np.asarray(last_seen, dtype=np.int64).reshape(-1, 3)
    born = np.concatenate([np.asarray(deaths[0], dtype=np.int64), seen[:, 0]])
    ended = np.concatenate([np.asarray(deaths[1], dtype=np.int64), seen[:, 1]])
    lines = np.concatenate([np.asarray(deaths[2], dtype=np.float64), seen[:, 2]])
    is_death = np.arange(born.size) < len(deaths[0])
    known = born >= first_known_birth
    born, ended = born[known], ended[known]
    years = (clock[ended] - clock[born]) / SECONDS_PER_YEAR
    return Lifetimes(born, years, lines[known], is_death[known])


def estimate_survival(observed: Lifetimes, seed: int = 1) -> SurvivalEstimate:
    """Kaplan–Meier of the lines, S(t) = Π over ages u ≤ t of 1 − deaths(u) / at risk(u).

    Lines of one commit live and die together, so the bootstrap draws whole birth commits: each
    gets a Poisson(1) weight per replicate.
    """
    import numpy as np

    if not observed.lines.sum():
        nothing = Interval(None, None, None)
        return SurvivalEstimate(nothing, dict.fromkeys(SURVIVAL_YEARS, nothing), (), ())
    ages, alive = _kaplan_meier(observed)
    oldest = float(observed.years.max())
    bins, replicates = _replicates(observed, oldest, seed)
    grid = np.arange(0.0, oldest + 1e-9, CURVE_STEP_YEARS)

    def share(year: int) -> Interval:
        if year > oldest:
            return Interval(None, None, None)
        spread = [float(np.interp(year, bins, replicate)) for replicate in replicates]
        low, high = np.quantile(spread, [0.1, 0.9])
        return Interval(_at(ages, alive, year), float(low), float(high))

    return SurvivalEstimate(
        half_life_years=_half_life(ages, alive, bins, replicates),
        shares={year: share(year) for year in SURVIVAL_YEARS},
        ages_years=tuple(float(age) for age in grid),
        alive_share=tuple(_at(ages, alive, float(age)) for age in grid),
    )


def _kaplan_meier(observed: Lifetimes) -> tuple["Floats", "Floats"]:
    """Ages at which lines end, and the share alive from then on; shapes (ages,)."""
    import numpy as np

    ages, place = np.unique(observed.years, return_inverse=True)
    ends = np.bincount(place, weights=observed.lines)
    deaths = np.bincount(place, weights=observed.lines * observed.is_death)
    at_risk = np.cumsum(ends[::-1])[::-1]
    return ages, np.cumprod(1.0 - deaths / at_risk, dtype=np.float64)


def _at(ages: "Floats", alive: "Floats", year: float) -> float:
    import numpy as np

    place = int(np.searchsorted(ages, year, side="right"))
    return float(alive[place - 1]) if place else 1.0


def _half_life(ages: "Floats", alive: "Floats", bins: "Floats", replicates: "Floats") -> Interval:
    import numpy as np

    reached = np.flatnonzero(alive <= 0.5)
    value = float(ages[reached[0]]) if reached.size else None
    halves = np.full(len(replicates), np.inf)
    for number, replicate in enumerate(replicates):
        below = np.flatnonzero(replicate <= 0.5)
        if below.size:
            place = int(below[0])
            halves[number] = np.interp(
                -0.5, -replicate[max(place - 1, 0) : place + 1], bins[max(place - 1, 0) : place + 1]
            )
    low, high = np.quantile(halves, [0.1, 0.9], method="nearest")
    finite = [float(edge) if np.isfinite(edge) else None for edge in (low, high)]
    return Interval(value, finite[0], finite[1])


def _replicates(observed: Lifetimes, oldest: float, seed: int) -> tuple["Floats", "Floats"]:
    """Bin edges in years, shape (edges,), and the share alive there, (replicates, edges).

    Within a bin the actuarial rule holds: lines last seen in it count half as at risk.
    """
    import numpy as np

    died = observed.years[observed.is_death]
    edges = np.linspace(0.0, oldest, BOOTSTRAP_BINS // 2)
    if died.size:
        crowded = np.quantile(died, np.linspace(0.0, 1.0, BOOTSTRAP_BINS // 2))
        edges = np.unique(np.concatenate([edges, crowded]))
    bins = edges.size
    place = np.minimum(np.searchsorted(edges, observed.years, side="left"), bins - 1)
    commits, commit = np.unique(observed.born, return_inverse=True)
    order = np.argsort(commit, kind="stable")
    commit, place = commit[order], place[order]
    died_lines = (observed.lines * observed.is_death)[order]
    seen_lines = (observed.lines * ~observed.is_death)[order]
    draws = np.random.default_rng(seed)
    deaths = np.zeros((REPLICATES, bins))
    last_seen = np.zeros((REPLICATES, bins))
    for first in range(0, commits.size, _COMMITS_AT_ONCE):
        last = min(first + _COMMITS_AT_ONCE, commits.size)
        here = slice(*np.searchsorted(commit, [first, last]))
        cells = (commit[here] - first) * bins + place[here]
        shape = (last - first, bins)
        weights = draws.poisson(1.0, (REPLICATES, last - first)).astype(np.float64)
        for total, lines in ((deaths, died_lines), (last_seen, seen_lines)):
            sums = np.bincount(cells, weights=lines[here], minlength=shape[0] * bins)
            total += weights @ sums.reshape(shape)
    ends = deaths + last_seen
    at_risk = np.cumsum(ends[:, ::-1], axis=1)[:, ::-1] - 0.5 * last_seen
    hazard = np.divide(deaths, at_risk, out=np.zeros_like(deaths), where=at_risk > 0)
    return edges, np.cumprod(1.0 - np.minimum(hazard, 1.0), axis=1, dtype=np.float64)
