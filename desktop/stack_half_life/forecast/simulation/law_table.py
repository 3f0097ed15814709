"""Gap laws laid out as arrays, so that lanes of many laws are drawn at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.laws import (
    EmpiricalPart,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    Steps,
    UnderWay,
)
from stack_half_life.forecast.simulation.rows import bounds_reached, places_of
from stack_half_life.forecast.simulation.variates import Floats, Lanes
from stack_half_life.forecast.student import student_survival

NEVER, STUDENT, LOMAX, EMPIRICAL = 0, 1, 2, 3

_SMALLEST_SURVIVAL = 1e-300
_GUIDED = 512


@dataclass(frozen=True, slots=True)
class LawTable:
    """Laws by row, their parts one after the other; the first part of each is that of no event.

    first_part: [rows] where a law's parts begin.  bounds: [rows, most parts − 1] posterior chance,
        given the days elapsed, of a part at or before it; 2 where there is none.  A curve of the
        gap under way stands last, as an empirical part.
    elapsed_days: [rows].  is_due: [rows] whether the law holds the elapsed days impossible.
    student_of: [rows] the law's first log Student part, −1 where it has none.
    kinds: [parts] `NEVER`, `STUDENT`, `LOMAX` or `EMPIRICAL`.
    location, variance, ratio, width, degrees: [parts] of log Student parts: location, s², V/s²,
        √(s² + V), degrees.
    bound: [parts] of log Student parts: what t exceeds, (ln elapsed − location) / width.
    shape, scale_days: [parts] of Lomax parts.
    curve, reached: [parts] of empirical parts: number of the curve, survival at the days elapsed.
    curve_ages, curve_levels: of all curves, one after the other: whole gaps in days (inf last), and
        twice the curve's number minus the survival just after each, which rises throughout.
    curve_guide: [curves · (`_GUIDED` + 1)] place of a curve's first level at or above each of as
        many, evenly spread, of survivals from 1 to 0.
    """

    first_part: NDArray[np.intp]
    bounds: Floats
    elapsed_days: Floats
    is_due: NDArray[np.bool_]
    student_of: NDArray[np.intp]
    kinds: NDArray[np.int8]
    location: Floats
    variance: Floats
    ratio: Floats
    width: Floats
    degrees: Floats
    bound: Floats
    shape: Floats
    scale_days: Floats
    curve: NDArray[np.intp]
    reached: Floats
    curve_ages: Floats
    curve_levels: Floats
    curve_guide: NDArray[np.intp]

    def part_of(self, rows: Lanes, ranks: Floats) -> NDArray[np.intp]:
        """[n] the part of the law at each rank in (0, 1)."""
        parts = self.first_part.take(rows)
        parts += bounds_reached(self.bounds.T, rows, ranks)
        return parts

    def empirical_gaps(self, parts: NDArray[np.intp], ranks: Floats) -> Floats:
        """[n] whole gaps in days given those elapsed, inf past a curve's end."""
        curves = self.curve.take(parts)
        lost = 1.0 - self.reached.take(parts) * ranks
        steps = (lost * _GUIDED).astype(np.intp)
        steps += curves * (_GUIDED + 1)
        places = self.curve_guide.take(steps)
        lost += 2.0 * curves - 1.0
        places += self.curve_levels.take(places) < lost
        below = places_of(self.curve_levels.take(places) < lost)
        places[below] = self.curve_levels.searchsorted(lost.take(below))
        return self.curve_ages.take(places)


def law_table(laws: Sequence[GapLaw]) -> LawTable:
    """The table of some laws, a row each."""
    counts = [1 + len(law.parts) + (law.under_way is not None) for law in laws]
    first_part = np.cumsum([0, *counts])[:-1]
    elapsed = np.array([law.elapsed_days for law in laws], float)
    kinds = np.zeros(sum(counts), np.int8)
    student, lomax = np.ones((4, len(kinds))), np.ones((2, len(kinds)))
    survival = np.ones(len(kinds))
    student_of = np.full(len(laws), -1)
    curves = _Curves(len(kinds))
    for row, (law, first) in enumerate(zip(laws, first_part.tolist(), strict=True)):
        for place, part in enumerate(law.parts, start=first + 1):
            if isinstance(part, LogStudentPart):
                kinds[place] = STUDENT
                student[:, place] = (
                    part.location,
                    part.variance,
                    part.location_variance,
                    part.degrees,
                )
                student_of[row] = place if student_of[row] < 0 else student_of[row]
            elif isinstance(part, LomaxPart):
                kinds[place] = LOMAX
                lomax[:, place] = part.shape, part.scale_days
            else:
                kinds[place] = EMPIRICAL
                curves.add_pooled(place, part)
                survival[place] = part.steps.at(elapsed[row])
        if law.under_way is not None:
            last = first + counts[row] - 1
            kinds[last] = EMPIRICAL
            curves.add_under_way(last, law.under_way, law.elapsed_days)
    location, variance, spread, degrees = student
    shape, scale_days = lomax
    width = np.sqrt(variance + spread)
    waited = np.repeat(elapsed, counts)
    bound = np.full(len(kinds), -np.inf)
    some = np.flatnonzero((kinds == STUDENT) & (waited > 0.0))
    bound[some] = (np.log(waited[some]) - location[some]) / width[some]
    survival[some] = student_survival(bound[some], degrees[some])
    some = np.flatnonzero(kinds == LOMAX)
    survival[some] = np.exp(-shape[some] * np.log1p(waited[some] / scale_days[some]))
    bounds, is_due = _posterior(laws, first_part, survival, max(counts))
    curve_ages, curve_levels, curve_guide = curves.laid_out()
    return LawTable(
        first_part=first_part,
        bounds=bounds,
        elapsed_days=elapsed,
        is_due=is_due,
        student_of=student_of,
        kinds=kinds,
        location=location,
        variance=variance,
        ratio=spread / variance,
        width=width,
        degrees=degrees,
        bound=bound,
        shape=shape,
        scale_days=scale_days,
        curve=curves.number,
        reached=survival,
        curve_ages=curve_ages,
        curve_levels=curve_levels,
        curve_guide=curve_guide,
    )


class _Curves:
    """The curves of empirical parts; parts of one pooled curve share it."""

    def __init__(self, n_parts: int) -> None:
        self.number = np.zeros(n_parts, np.intp)
        self._pooled: dict[tuple[tuple[float, ...], tuple[float, ...]], int] = {}
        self._curves: list[tuple[Steps, float]] = []

    def add_pooled(self, place: int, part: EmpiricalPart) -> None:
        """Give a part its curve over the days of a gap."""
        key = (part.ages_days, part.survival_after)
        number = self._pooled.setdefault(key, len(self._curves))
        if number == len(self._curves):
            self._curves.append((part.steps, 0.0))
        self.number[place] = number

    def add_under_way(self, place: int, curve: UnderWay, elapsed_days: float) -> None:
        """Give a part the curve of a gap under way, which begins so many days into it."""
        self.number[place] = len(self._curves)
        self._curves.append((curve.steps, elapsed_days))

    def laid_out(self) -> tuple[Floats, Floats, NDArray[np.intp]]:
        """Ages, levels and guide of all curves, as in `LawTable`."""
        if not self._curves:
            return np.zeros(0), np.zeros(0), np.zeros(0, np.intp)
        ages, levels = [], []
        for number, (steps, elapsed_days) in enumerate(self._curves):
            ages += [steps.places + elapsed_days, _END_AGE]
            levels += [2.0 * number - steps.after, _END_LEVEL + 2.0 * number]
        whole = np.concatenate(levels)
        guided = np.arange(_GUIDED + 1) / _GUIDED
        starts = (2.0 * np.arange(len(self._curves)) - 1.0)[:, None] + guided
        return np.concatenate(ages), whole, whole.searchsorted(starts.ravel())


_END_AGE, _END_LEVEL = np.array([np.inf]), np.array([0.5])


def _posterior(
    laws: Sequence[GapLaw], first_part: NDArray[np.intp], survival: Floats, most: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Bounds and dueness, as in `LawTable`."""
    prior, alive = np.zeros((len(laws), most)), np.zeros((len(laws), most))
    second = np.zeros((len(laws), 1))
    last = np.array([len(law.parts) for law in laws])
    for row, law in enumerate(laws):
        count = 1 + len(law.parts)
        prior[row, 0] = law.never
        prior[row, 1:count] = [(1.0 - law.never) * part.weight for part in law.parts]
        alive[row, :count] = survival[first_part[row] : first_part[row] + count]
        if law.under_way is not None:
            second[row] = law.under_way.weight
            last[row] += 1
    weights = prior * alive
    totals = weights.sum(axis=1, keepdims=True)
    is_due = totals <= _SMALLEST_SURVIVAL
    weights = np.where(is_due, prior, weights)
    shares = (1.0 - second) * weights / weights.sum(axis=1, keepdims=True)
    bounds = np.cumsum(shares, axis=1)[:, : most - 1]
    bounds[np.arange(most - 1) >= last[:, None]] = 2.0
    return bounds, is_due[:, 0]
