"""The law of one gap: a mixture that can be written in closed form and drawn from coherently.

S(x) = π + (1 − π) Σ weight_k S_k(x), then conditioned on the days already elapsed:
S(x | e) = S(e + x) / S(e).
"""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class LomaxPart:
    """Exponential gaps whose rate is Gamma(shape, scale_days): S(x) = (b/(b + x))^a."""

    weight: float
    shape: float
    scale_days: float


@dataclass(frozen=True, slots=True)
class EmpiricalPart:
    """A pooled Kaplan–Meier curve: survival[k] just after ages_days[k], flat after the last."""

    weight: float
    ages_days: tuple[float, ...]
    survival: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GapLaw:
    """The law of the gap under way: parts whose weights sum to 1, and the chance it never ends.

    never: π, the probability that no further event comes.
    elapsed_days: e, how long the gap has already lasted.
    """

    parts: tuple[LogStudentPart | LomaxPart | EmpiricalPart, ...]
    never: float = 0.0
    elapsed_days: float = 0.0
