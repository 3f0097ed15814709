"""The law of one gap: a mixture that can be written in closed form and drawn from coherently.

S(x) = π + (1 − π) Σ weight_k S_k(x), then conditioned on the days already elapsed:
S(x | e) = S(e + x) / S(e).
"""

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from stack_half_life.forecast.student import Floats, student_survival

_TINY_DAYS = 1e-300
_SMALLEST_SURVIVAL = 1e-300


def log_student_survival(
    days: Floats, location: Floats | float, spread: Floats | float, degrees: Floats | float
) -> Floats:
    """P(t_degrees > (ln days − location)/√spread); all broadcast."""
    logs = np.log(np.maximum(days, _TINY_DAYS))
    survival = student_survival((logs - location) / np.sqrt(spread), degrees)
    return np.where(days > 0.0, survival, 1.0)


def lomax_survival(days: Floats, shape: Floats | float, scale_days: Floats | float) -> Floats:
    """(b/(b + x))^a; all broadcast."""
    return np.exp(-shape * np.log1p(np.maximum(days, 0.0) / scale_days))


@dataclass(frozen=True, slots=True)
class LogStudentPart:
    """ln gap is Student t: normal given (μ, σ²), both uncertain.

    σ² ~ scaled-inverse-χ²(degrees, variance),
    μ | σ² ~ N(location, σ² · location_variance/variance), hence
    S(x) = P(t_degrees > (ln x − location)/√(variance + location_variance)); x in days.
    """

    weight: float
    location: float
    variance: float
    location_variance: float
    degrees: float

    def survival(self, days: Floats) -> Floats:
        """P(gap > days), unconditioned; any shape."""
        spread = self.variance + self.location_variance
        return log_student_survival(days, self.location, spread, self.degrees)


@dataclass(frozen=True, slots=True)
class LomaxPart:
    """Exponential gaps whose rate is Gamma(shape, scale_days): S(x) = (b/(b + x))^a."""

    weight: float
    shape: float
    scale_days: float

    def survival(self, days: Floats) -> Floats:
        """P(gap > days), unconditioned; any shape."""
        return lomax_survival(days, self.shape, self.scale_days)


@dataclass(frozen=True, slots=True)
class Steps:
    """A survival curve in steps: 1 before the first place, after[k] from places[k] on, to the end.

    places, after: [steps].
    """

    places: Floats
    after: Floats

    def at(self, days: Floats) -> Floats:
        """The curve at some days; any shape."""
        found = np.searchsorted(self.places, days, side="right")
        return np.concatenate([[1.0], self.after])[found]


@dataclass(frozen=True)
class EmpiricalPart:
    """A pooled Kaplan–Meier curve: survival[k] just after ages_days[k], flat after the last."""

    weight: float
    ages_days: tuple[float, ...] = field(hash=False)
    survival_after: tuple[float, ...] = field(hash=False)

    @cached_property
    def steps(self) -> Steps:
        """The curve over the days of a gap."""
        return Steps(np.array(self.ages_days), np.array(self.survival_after))

    def survival(self, days: Floats) -> Floats:
        """P(gap > days), unconditioned; any shape."""
        return self.steps.at(days)


Part = LogStudentPart | LomaxPart | EmpiricalPart


@dataclass(frozen=True)
class UnderWay:
    """A second opinion on the gap under way alone: its survival curve from now on.

    weight: w, beside the mixture's.  survival_after[k]: just after days_from_now[k], flat after the
    last, as in a pooled curve.
    """

    weight: float
    days_from_now: tuple[float, ...] = field(hash=False)
    survival_after: tuple[float, ...] = field(hash=False)

    @cached_property
    def steps(self) -> Steps:
        """The curve over the days from now."""
        return Steps(np.array(self.days_from_now), np.array(self.survival_after))

    def survival(self, days: Floats) -> Floats:
        """P(still no event `days` from now); any shape."""
        return self.steps.at(days)


@dataclass(frozen=True, slots=True)
class GapLaw:
    """The law of the gap under way: parts whose weights sum to 1, and the chance it never ends.

    never: π, the probability that no further event comes.
    elapsed_days: e, how long the gap has already lasted.
    under_way: where given, S(x | e) = (1 − w) S_mixture(x | e) + w S_curve(x); later gaps follow
    the mixture alone.
    """

    parts: tuple[Part, ...]
    never: float = 0.0
    elapsed_days: float = 0.0
    under_way: UnderWay | None = None

    def survival_of_gap(self, days: Floats) -> Floats:
        """P(gap > days) counted from the gap's own start, before conditioning; any shape."""
        days = np.asarray(days, float)
        mixed = np.zeros_like(days)
        for part in self.parts:
            mixed = mixed + part.weight * part.survival(days)
        return np.clip(self.never + (1.0 - self.never) * mixed, 0.0, 1.0)

    def survival(self, days: Floats) -> Floats:
        """P(still no event `days` from now | none in elapsed_days), any shape.

        Where the law holds the elapsed days impossible, the event is due at once.
        """
        days = np.maximum(np.asarray(days, float), 0.0)
        left = self.mixture_left(days)
        if self.under_way is not None:
            weight = self.under_way.weight
            left = (1.0 - weight) * left + weight * self.under_way.survival(days)
        return np.where(days > 0.0, left, 1.0)

    def mixture_left(self, days: Floats) -> Floats:
        """P(still no event `days` from now | none in elapsed_days) by the mixture alone."""
        reached = float(self.survival_of_gap(np.array(self.elapsed_days)))
        if reached <= _SMALLEST_SURVIVAL:
            return np.where(days > 0.0, 0.0, 1.0)
        return np.minimum(self.survival_of_gap(self.elapsed_days + days) / reached, 1.0)

    def quantile(self, probability: float) -> float:
        """Days from now by which the event has come with that probability; inf where it has not.

        The smallest x with 1 − S(x | e) ≥ probability, by bisection to a relative 1e-12.
        """
        target = 1.0 - probability
        if target >= 1.0:
            return 0.0
        low, high = 0.0, 1.0
        while float(self.survival(np.array(high))) > target:
            low, high = high, high * 2.0
            if high > 1e18:
                return math.inf
        while high - low > 1e-12 * high:
            middle = 0.5 * (low + high)
            if middle in (low, high):
                break
            if float(self.survival(np.array(middle))) > target:
                low = middle
            else:
                high = middle
        return high


@dataclass(frozen=True, slots=True)
class AnnouncementSlip:
    """How announced end dates move: a share comes later, by an exponential delay; a share earlier.

    later_mean_days: mean of the delay.  An earlier end is uniform between now and the date.
    """

    later_probability: float
    later_mean_days: float
    earlier_probability: float


@dataclass(frozen=True, slots=True)
class SuccessorRule:
    """A cycle is supported until its k-th newer cycle is out.

    weight: chance that the rule decides a cycle's end; else the duration law does.
    probabilities: of k = 1, 2, …, summing to 1; one k holds for a whole future.
    """

    weight: float
    probabilities: tuple[float, ...]

    def beyond(self, newer_cycles: int) -> tuple[float, ...]:
        """Chances of k = newer_cycles + 1, + 2, … given that the cycle outlived so many.

        Empty where the rule allows none: then only the duration law is left.
        """
        left = self.probabilities[newer_cycles:]
        total = sum(left)
        return tuple(chance / total for chance in left) if total > 0.0 else ()


NO_SUCCESSOR_RULE = SuccessorRule(0.0, ())
"""The rule of what keeps its support however many newer cycles come out."""


@dataclass(frozen=True, slots=True)
class SupportLaw:
    """How long the cycles of one technology are supported.

    duration: days from a cycle's release to its end of support.
    """

    duration: GapLaw
    slip: AnnouncementSlip
    successor: SuccessorRule


@dataclass(frozen=True, slots=True)
class CycleSupport:
    """What is known at a date of one cycle's support.

    ended_days_ago: set where support has ended (0 where the day is unknown).
    announced_in_days: set where an end date is announced.
    remaining: the duration law given the days elapsed since release, for the rest.
    newer_cycles: how many newer cycles are out, for the successor rule.
    """

    remaining: GapLaw
    newer_cycles: int
    ended_days_ago: float | None = None
    announced_in_days: float | None = None


def gamma_mixed_survival(
    cumulative_hazard: Floats, shape: Floats | float, rate: Floats | float
) -> Floats:
    """E exp(−m H) for m ~ Gamma(shape, rate): (r/(r + H))^a; all broadcast."""
    return np.exp(-shape * np.log1p(cumulative_hazard / rate))


@dataclass(frozen=True, slots=True)
class RemovalLaw:
    """How long users keep a technology in their manifests.

    Hazard per year at tenure t: m · kind_factor · h(t), m ~ Gamma(shape, rate), h constant in
    bands that start at band_starts_years (first 0).
    is_replacement: whether every removal told is a replacement, not only a share of them.
    """

    shape: float
    rate: float
    kind_factor: float
    band_starts_years: tuple[float, ...]
    hazards_per_year: tuple[float, ...]
    is_replacement: bool = False

    def cumulative_baseline(self, tenure_years: Floats) -> Floats:
        """∫₀ᵗ h, without multiplier and kind factor; any shape."""
        tenure = np.maximum(np.asarray(tenure_years, float), 0.0)[..., None]
        starts = np.array(self.band_starts_years)
        ends = np.append(starts[1:], np.inf)
        spent = np.clip(np.minimum(tenure, ends) - starts, 0.0, None)
        total: Floats = spent @ np.array(self.hazards_per_year)
        return total

    def survival(self, years: Floats, tenure_years: float = 0.0) -> Floats:
        """P(not removed within `years` | in use for tenure_years): (r/(r + H))^a; any shape."""
        start = self.cumulative_baseline(np.array(tenure_years))
        hazard = self.kind_factor * (
            self.cumulative_baseline(tenure_years + np.asarray(years, float)) - start
        )
        return gamma_mixed_survival(hazard, self.shape, self.rate)

    def quantile(self, probability: float) -> float:
        """Years from adoption by which it is removed with that probability; inf where it is not.

        H = r((1 − p)^(−1/a) − 1)/kind_factor, then the tenure at which ∫h reaches H.
        """
        reached = ((1.0 - probability) ** (-1.0 / self.shape) - 1.0) * self.rate
        target = reached / self.kind_factor if self.kind_factor > 0.0 else math.inf
        starts = np.array(self.band_starts_years)
        at_starts = self.cumulative_baseline(starts)
        band = int(np.searchsorted(at_starts, target, side="right")) - 1
        hazard = self.hazards_per_year[band]
        return float(starts[band] + (target - at_starts[band]) / hazard) if hazard else math.inf


@dataclass(frozen=True, slots=True)
class EndLaw:
    """The end of a technology itself: constant hazard ~ Gamma(shape, exposure_years).

    ended_in_years: set where the end is recorded or announced (≤ 0: it has ended).
    """

    shape: float
    exposure_years: float
    ended_in_years: float | None = None

    def survival(self, years: Floats) -> Floats:
        """P(the technology lives `years` from now); any shape."""
        years = np.maximum(np.asarray(years, float), 0.0)
        if self.ended_in_years is not None:
            return np.where(years >= self.ended_in_years, 0.0, 1.0)
        return gamma_mixed_survival(years, self.shape, self.exposure_years)

    def chance_bounds(self, years: float, probabilities: Floats) -> Floats:
        """Quantiles of what the chance to end within so many years may be: 1 − exp(−λ years)."""
        if self.ended_in_years is not None:
            return np.full(len(probabilities), float(years >= self.ended_in_years))
        hazards = gamma_quantiles(self.shape, probabilities) / self.exposure_years
        bounds: Floats = -np.expm1(-hazards * years)
        return bounds


def gamma_quantiles(shape: float, probabilities: Floats) -> Floats:
    """Where Gamma(shape, 1) reaches some probabilities, by summing its density over ln x."""
    highest = math.log(shape + 12.0 * math.sqrt(shape) + 12.0)
    logs = np.linspace(math.log(shape) - 16.0 / min(shape, 1.0), highest, 4001)
    density = np.exp(shape * logs - np.exp(logs))
    reached = np.cumsum(density) - 0.5 * density
    quantiles: Floats = np.exp(np.interp(probabilities, reached / reached[-1], logs))
    return quantiles
