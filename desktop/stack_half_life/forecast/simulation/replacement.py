"""When the technology in a slot is replaced of itself: removal, or the technology's own end."""

import numpy as np

from stack_half_life.forecast.laws import EndLaw, RemovalLaw
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.gaps import SHORTEST_GAP_YEARS
from stack_half_life.forecast.simulation.variates import Floats, Variates


def draw_replacement(
    clocks: TechnologyClocks,
    starts: Floats,
    removal_shares: Floats,
    variates: Variates,
    *,
    speed: float,
) -> Floats:
    """Years at which each lane's technology is replaced, inf where it never is.

    Removal: m ~ Gamma once per future, hazard m · kind · share · h(tenure); inverted from an
    exponential number. End: a constant hazard drawn from its Gamma, or the recorded date.
    starts: [n] years.  removal_shares: [n] share of removals that cost a replacement.
    """
    if clocks.replacement_half_life_years is not None:
        mean = clocks.replacement_half_life_years / np.log(2.0)
        wait = mean * variates.exponential(np.arange(len(starts)))
    else:
        wait = draw_wait(clocks.removal, clocks.end, clocks.tenure_years, removal_shares, variates)
    wait = wait / speed
    replaced = starts + np.maximum(wait, SHORTEST_GAP_YEARS * (starts > 0.0))
    if clocks.end.ended_in_years is not None:
        replaced = np.minimum(replaced, max(clocks.end.ended_in_years, 0.0))
    years: Floats = replaced
    return years


def draw_wait(
    removal: RemovalLaw,
    end: EndLaw,
    tenure_years: float,
    removal_shares: Floats,
    variates: Variates,
) -> Floats:
    """[n] years from now until a removal that counts, or an end whose date nobody knows."""
    lanes = np.arange(len(removal_shares))
    multiplier = variates.gamma(lanes, removal.shape) / removal.rate
    hazard = multiplier * removal.kind_factor * removal_shares
    with np.errstate(divide="ignore", over="ignore"):
        allowed = variates.exponential(lanes) / hazard
        rate = variates.gamma(lanes, end.shape) / end.exposure_years
        ended = variates.exponential(lanes) / rate
    removed = _tenure_left(removal, tenure_years, allowed)
    return removed if end.ended_in_years is not None else np.minimum(removed, ended)


def _tenure_left(removal: RemovalLaw, tenure_years: float, allowed: Floats) -> Floats:
    """Years until the baseline hazard from that tenure on has accumulated to `allowed`."""
    corners = np.array(removal.band_starts_years)
    hazards = np.array(removal.hazards_per_year)
    at_corners = removal.cumulative_baseline(corners)
    target = allowed + float(removal.cumulative_baseline(np.array(tenure_years)))
    bands = np.searchsorted(at_corners, target, side="right") - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        tenure = corners[bands] + (target - at_corners[bands]) / hazards[bands]
    return np.where(hazards[bands] > 0.0, np.maximum(tenure - tenure_years, 0.0), np.inf)
