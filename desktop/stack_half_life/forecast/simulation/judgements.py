"""Low / likely / high judgements as PERT distributions, drawn by their quantile function."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stack_half_life.domain.stack import Estimate3
from stack_half_life.forecast.simulation.variates import Floats

_CELLS = 1024


@dataclass(frozen=True, slots=True)
class Pert:
    """PERT: low + (high − low) · Beta(1 + 4 (m − l)/(h − l), 1 + 4 (h − m)/(h − l)).

    Drawing by quantile keeps a future at the same rank when the judgement is edited.
    """

    low: float
    likely: float
    high: float

    @classmethod
    def of(cls, estimate: Estimate3) -> "Pert":
        """The distribution of a judgement."""
        return cls(estimate.low, estimate.likely, estimate.high)

    def at(self, ranks: Floats) -> Floats:
        """Quantiles at ranks in (0, 1), any shape; interpolated on a fine table."""
        width = self.high - self.low
        if width <= 0.0:
            return np.full_like(ranks, self.low)
        levels, steps = _quantile_table(self.low, self.likely, self.high)
        places = ranks * _CELLS
        cells = places.astype(np.intp)
        places -= cells
        places *= steps[cells]
        places += levels[cells]
        return places


@lru_cache(maxsize=512)
def _quantile_table(low: float, likely: float, high: float) -> tuple[Floats, Floats]:
    """Quantiles at the beginnings of cells of equal probability, and how much each rises."""
    width = high - low
    alpha = 1.0 + 4.0 * (likely - low) / width
    beta = 1.0 + 4.0 * (high - likely) / width
    middles = (np.arange(_CELLS) + 0.5) / _CELLS
    density = middles ** (alpha - 1.0) * (1.0 - middles) ** (beta - 1.0)
    reached = np.concatenate([[0.0], np.cumsum(density)])
    edges = np.linspace(0.0, 1.0, _CELLS + 1)
    levels = low + width * np.interp(edges, reached / reached[-1], edges)
    return levels[:-1], np.diff(levels)
