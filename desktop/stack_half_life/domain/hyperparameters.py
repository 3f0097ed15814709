"""What all technologies share: the figures to which a single history is shrunk."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from stack_half_life.domain.base import Frozen, NonNegative, Probability, Share
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import ProductKind

Positive = Annotated[float, Field(gt=0.0)]


class Provenance(Frozen):
    """How a set of hyper-parameters came about.

    n: how many technologies (or spells) it rests on.
    """

    method: str
    fitted_on: str
    n: int = Field(ge=0)
    data_hash: str = ""


class HazardHyperparameters(Frozen):
    """The gap under way by hazard regression (see `forecast.fitting.hazard`).

    share: weight of its curve beside the gap law's.  coefficients: by feature.
    """

    share: Share
    coefficients: dict[str, float]


class GapHyperparameters(Frozen):
    """The law of one clock: how histories are weighted and mixed, and the prior by covariates.

    Each table maps a covariate's name (see `forecast.fitting.covariates`) to its coefficient;
    its sum over the covariates gives, per technology and date,
    location: m, prior mean of ln gap in days; class_offsets are added by reference class.
    typical: covariates of a technology of which no release is known.
    log_variance: ln s₀², prior variance of log gaps within one technology.
    lomax_logit, never_logit, pooled_logit: weights of the heavy tail, of "never" and of the
    pooled curve, as log odds.

    location_variance: τ², spread of m between technologies alike.  variance_degrees: d₀.
    recency: λ, weight of a gap per step into the past; lomax_recency the same for the tail.
    log_lomax_scale: ln of the tail's scale over e^m.
    pooled_ages_days, pooled_survival: Kaplan–Meier curve of all technologies' gaps.
    """

    location: dict[str, float]
    class_offsets: dict[str, float] = Field(default_factory=dict)
    typical: dict[str, float] = Field(default_factory=dict)
    location_variance: Positive
    variance_degrees: Positive
    log_variance: dict[str, float]
    recency: Share
    lomax_logit: dict[str, float]
    lomax_recency: Share
    log_lomax_scale: float
    never_logit: dict[str, float]
    pooled_logit: dict[str, float]
    pooled_ages_days: tuple[Positive, ...]
    pooled_survival: tuple[Share, ...]
    under_way: HazardHyperparameters | None = None


class SupportHyperparameters(Frozen):
    """Support beyond the duration law: slipping announcements and the successor rule.

    successor_tolerance_days: how near the end of support must fall to a newer cycle to count as
    caused by it.
    successor_weight: weight of the successor rule beside the duration law.
    successor_prior: pooled chances of k = 1, 2, …; successor_prior_weight: what they count for, in
    cycles of the technology itself.
    """

    later_probability: Probability
    later_mean_days: Positive
    earlier_probability: Probability
    successor_tolerance_days: Positive
    successor_weight: Share
    successor_prior: tuple[Share, ...]
    successor_prior_weight: Positive


class RemovalHyperparameters(Frozen):
    """Removal from manifests: baseline hazard by tenure, spread between packages, kind of product.

    hazards_per_year: in the bands that begin at `TENURE_BAND_STARTS_YEARS`.
    gamma_shape: a, multipliers are Gamma(a, a) between packages.
    """

    hazards_per_year: tuple[NonNegative, NonNegative, NonNegative, NonNegative, NonNegative]
    gamma_shape: Positive
    kind_factors: dict[ProductKind, Positive]


class RateHyperparameters(Frozen):
    """A constant hazard, as sure as so many events in so many years: Gamma(shape, years)."""

    shape: Positive
    exposure_years: Positive


class Hyperparameters(Frozen):
    """All of them; the clocks are cycle (any), breaking (major), support, removal and end.

    swaps: replacement of what no package index lists, by layer.
    """

    cycle: GapHyperparameters
    breaking: GapHyperparameters
    duration: GapHyperparameters
    support: SupportHyperparameters
    removal: RemovalHyperparameters
    swaps: dict[Layer, RateHyperparameters]
    end: RateHyperparameters
    provenance: Mapping[str, Provenance]
