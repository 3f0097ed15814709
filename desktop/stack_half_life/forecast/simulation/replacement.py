"""When the technology in a slot is replaced of itself: removal, or the technology's own end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.gaps import LARGEST_LOG, SHORTEST_GAP_YEARS
from stack_half_life.forecast.simulation.rows import bounds_reached, places_of
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

_LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class ReplacementTable:
    """Technologies laid out by row; starts, hazards and accumulated are [bands, rows].

    At tenure t the hazard is m · kind · share · h(t) with m ~ Gamma once per future, h constant in
    bands, share 1 where every removal is a replacement; the end of the technology has a constant
    hazard drawn from its Gamma, or a date.
    """

    shape: Floats
    kind_over_rate: Floats
    is_replacement: NDArray[np.bool_]
    starts: Floats
    hazards: Floats
    accumulated: Floats
    tenure: Floats
    spent: Floats
    end_shape: Floats
    end_exposure: Floats
    ended: Floats
    half_life: Floats
    speed: Floats

    def draw(
        self, rows: Lanes, starts: Floats, removal_shares: Floats, variates: Variates
    ) -> Floats:
        """[n] years at which each lane's technology is replaced, inf where it never is.

        starts: [n] years.  removal_shares: [n] share of removals that cost a replacement.
        """
        lanes = np.arange(len(rows))
        wait = self._wait(rows, removal_shares, variates)
        if np.isfinite(self.half_life).any():
            by_hand = places_of(np.isfinite(self.half_life.take(rows)))
            mean = self.half_life[rows[by_hand]] / np.log(2.0)
            wait[by_hand] = mean * variates.exponential(lanes[by_hand])
        wait /= self.speed.take(rows)
        replaced = starts + np.where(starts > 0.0, np.maximum(wait, SHORTEST_GAP_YEARS), wait)
        years: Floats = np.minimum(replaced, np.maximum(self.ended.take(rows), 0.0))
        return years

    def _wait(self, rows: Lanes, removal_shares: Floats, variates: Variates) -> Floats:
        """[n] years until a removal that counts, or an end whose date nobody knows.

        An exponential wait of Gamma(a, r) rate is r (U^(−1/a) − 1), without drawing the rate.
        """
        lanes = np.arange(len(rows))
        counting = np.where(self.is_replacement.take(rows), 1.0, removal_shares)
        pace = self.kind_over_rate.take(rows) * counting
        with np.errstate(divide="ignore", over="ignore"):
            target = _pareto(variates.uniform(lanes), self.shape.take(rows)) / pace
            target += self.spent.take(rows)
            ended = _pareto(variates.uniform(lanes), self.end_shape.take(rows))
            ended *= self.end_exposure.take(rows)
        if np.isfinite(self.ended).any():
            ended[places_of(np.isfinite(self.ended.take(rows)))] = np.inf
        return np.minimum(self._tenure_at(rows, target) - self.tenure.take(rows), ended)

    def _tenure_at(self, rows: Lanes, target: Floats) -> Floats:
        """[n] years of tenure at which the baseline hazard has accumulated to a target."""
        cells = bounds_reached(self.accumulated[1:], rows, target)
        cells *= self.accumulated.shape[1]
        cells += rows
        inside = target - self.accumulated.take(cells)
        with np.errstate(divide="ignore"):
            inside = np.maximum(inside, _LEAST, out=inside) / self.hazards.take(cells)
        years: Floats = self.starts.take(cells) + inside
        return years


def _pareto(ranks: Floats, shapes: Floats) -> Floats:
    """U^(−1/a) − 1, [n]."""
    values: Floats = np.expm1(np.minimum(np.log(ranks) / -shapes, LARGEST_LOG))
    return values


def replacement_table(
    clocks: Sequence[TechnologyClocks], speeds: Sequence[float]
) -> ReplacementTable:
    """The table of some technologies, a row each; all have the same bands of tenure."""
    removals, ends = [one.removal for one in clocks], [one.end for one in clocks]
    starts = np.array([removal.band_starts_years for removal in removals]).T
    hazards = np.array([removal.hazards_per_year for removal in removals]).T
    accumulated = np.zeros_like(hazards)
    np.cumsum(hazards[:-1] * np.diff(starts, axis=0), axis=0, out=accumulated[1:])
    spent = [float(one.removal.cumulative_baseline(np.array(one.tenure_years))) for one in clocks]
    return ReplacementTable(
        shape=np.array([removal.shape for removal in removals]),
        kind_over_rate=np.array([removal.kind_factor / removal.rate for removal in removals]),
        is_replacement=np.array([removal.is_replacement for removal in removals]),
        starts=starts,
        hazards=hazards,
        accumulated=accumulated,
        tenure=np.array([one.tenure_years for one in clocks]),
        spent=np.array(spent),
        end_shape=np.array([end.shape for end in ends]),
        end_exposure=np.array([end.exposure_years for end in ends]),
        ended=_or_inf([end.ended_in_years for end in ends]),
        half_life=_or_inf([one.replacement_half_life_years for one in clocks]),
        speed=np.array(speeds, float),
    )


def _or_inf(values: Sequence[float | None]) -> Floats:
    return np.array([np.inf if value is None else value for value in values])
