"""Gap laws laid out as arrays, so that lanes of many laws are drawn at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.laws import GapLaw, LogStudentPart, LomaxPart
from stack_half_life.forecast.simulation.variates import Floats, Lanes
from stack_half_life.forecast.student import student_survival

NEVER, STUDENT, LOMAX, EMPIRICAL = 0, 1, 2, 3

_SMALLEST_SURVIVAL = 1e-300


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
    shape, scale_days: [parts] of Lomax parts.
    curve, reached: [parts] of empirical parts: number of the curve, survival at the days elapsed.
    curve_ages, curve_levels: of all curves, one after the other: whole gaps in days (inf last), and
        twice the curve's number minus the survival just after each, which rises throughout.
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
    shape: Floats
    scale_days: Floats
    curve: NDArray[np.intp]
    reached: Floats
    curve_ages: Floats
    curve_levels: Floats

    def part_of(self, rows: Lanes, ranks: Floats) -> NDArray[np.intp]:
        """[n] the part of the law at each rank in (0, 1)."""
        parts = self.first_part[rows]
        for bound in self.bounds.T:
            parts += ranks >= bound[rows]
        return parts

    def empirical_gaps(self, parts: NDArray[np.intp], ranks: Floats) -> Floats:
        """[n] whole gaps in days given those elapsed, inf past a curve's end."""
        levels = 2.0 * self.curve[parts] - self.reached[parts] * ranks
        gaps: Floats = self.curve_ages[np.searchsorted(self.curve_levels, levels, side="left")]
        return gaps


def law_table(laws: Sequence[GapLaw]) -> LawTable:
    """The table of some laws, a row each."""
    counts = [1 + len(law.parts) + (law.under_way is not None) for law in laws]
    n_parts, most = sum(counts), max(counts)
    first_part = np.cumsum([0, *counts])[:-1]
    kinds = np.zeros(n_parts, np.int8)
    figures = {
        name: np.ones(n_parts)
        for name in ("location", "variance", "spread", "degrees", "shape", "scale_days")
    }
    survival = np.ones(n_parts)
    curve = np.zeros(n_parts, np.intp)
    curves: dict[tuple[tuple[float, ...], tuple[float, ...]], int] = {}
    elapsed = np.array([law.elapsed_days for law in laws], float)
    student_of = np.full(len(laws), -1)
    for row, law in enumerate(laws):
        for place, part in enumerate(law.parts, start=int(first_part[row]) + 1):
            if isinstance(part, LogStudentPart):
                kinds[place] = STUDENT
                figures["location"][place] = part.location
                figures["variance"][place] = part.variance
                figures["spread"][place] = part.location_variance
                figures["degrees"][place] = part.degrees
                student_of[row] = place if student_of[row] < 0 else student_of[row]
            elif isinstance(part, LomaxPart):
                kinds[place] = LOMAX
                figures["shape"][place] = part.shape
                figures["scale_days"][place] = part.scale_days
            else:
                kinds[place] = EMPIRICAL
                key = (part.ages_days, part.survival_after)
                curve[place] = curves.setdefault(key, len(curves))
                survival[place] = float(part.survival(elapsed[row]))
        if law.under_way is not None:
            place = int(first_part[row]) + counts[row] - 1
            kinds[place] = EMPIRICAL
            ages = tuple(law.elapsed_days + days for days in law.under_way.days_from_now)
            curve[place] = curves.setdefault((ages, law.under_way.survival_after), len(curves))
    width = np.sqrt(figures["variance"] + figures["spread"])
    waited = np.repeat(elapsed, counts)
    _fill_survival(survival, kinds, waited, figures, width)
    bounds, is_due = _posterior(laws, first_part, survival, most)
    return LawTable(
        first_part=first_part,
        bounds=bounds,
        elapsed_days=elapsed,
        is_due=is_due,
        student_of=student_of,
        kinds=kinds,
        location=figures["location"],
        variance=figures["variance"],
        ratio=figures["spread"] / figures["variance"],
        width=width,
        degrees=figures["degrees"],
        shape=figures["shape"],
        scale_days=figures["scale_days"],
        curve=curve,
        reached=survival,
        curve_ages=np.array([age for ages, _ in curves for age in (*ages, np.inf)], float),
        curve_levels=np.array(
            [
                2.0 * number - level
                for number, (_, after) in enumerate(curves)
                for level in (*after, -0.5)
            ],
            float,
        ),
    )


def _fill_survival(
    survival: Floats,
    kinds: NDArray[np.int8],
    waited: Floats,
    figures: dict[str, Floats],
    width: Floats,
) -> None:
    """Set the survival at the days elapsed of log Student and Lomax parts that have waited."""
    some = np.flatnonzero((kinds == STUDENT) & (waited > 0.0))
    if len(some):
        scores = (np.log(waited[some]) - figures["location"][some]) / width[some]
        survival[some] = student_survival(scores, figures["degrees"][some])
    some = np.flatnonzero(kinds == LOMAX)
    logs = np.log1p(waited[some] / figures["scale_days"][some])
    survival[some] = np.exp(-figures["shape"][some] * logs)


def _posterior(
    laws: Sequence[GapLaw], first_part: NDArray[np.intp], survival: Floats, most: int
) -> tuple[Floats, NDArray[np.bool_]]:
    bounds = np.full((len(laws), most - 1), 2.0)
    is_due = np.zeros(len(laws), bool)
    for row, law in enumerate(laws):
        prior = np.array([law.never, *((1.0 - law.never) * part.weight for part in law.parts)])
        first = first_part[row]
        weights = prior * survival[first : first + len(prior)]
        total = weights.sum()
        if total <= _SMALLEST_SURVIVAL:
            is_due[row], weights, total = True, prior, prior.sum()
        shares = weights / total
        if law.under_way is not None:
            shares = np.append((1.0 - law.under_way.weight) * shares, law.under_way.weight)
        bounds[row, : len(shares) - 1] = np.cumsum(shares)[:-1]
    return bounds, is_due
