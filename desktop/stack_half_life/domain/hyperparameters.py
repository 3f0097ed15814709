"""What all technologies share: the figures to which a single history is shrunk."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from stack_half_life.domain.base import Frozen, NonNegative, Probability, Share
from stack_half_life.domain.stack import ProductKind

Positive = Annotated[float, Field(gt=0.0)]

ALL = "all"
"""The reference class that always exists: every technology together."""


class Provenance(Frozen):
    """How a set of hyper-parameters came about.

    n: how many technologies (or spells) it rests on.
    """

    method: str
    fitted_on: str
    n: int = Field(ge=0)
    data_hash: str = ""


class GapPrior(Frozen):
    """What a reference class says of a technology's gaps before its own history is seen.

    location_days: e^m, median gap.  location_variance: τ² of log medians between technologies.
    variance_degrees, variance: d₀ and s₀², prior of the variance of log gaps within one.
    lomax_days: G, scale of the heavy tail for a technology without history.
    pooled_ages_days, pooled_survival: Kaplan–Meier curve of the class's gaps.
    """

    location_days: Positive
    location_variance: Positive
    variance_degrees: Positive
    variance: Positive
    lomax_days: Positive
    pooled_ages_days: tuple[Positive, ...] = ()
    pooled_survival: tuple[Share, ...] = ()
    n: int = Field(default=0, ge=0)


class GapHyperparameters(Frozen):
    """The law of one clock: how histories are weighted and mixed, and the priors by class.

    recency: λ, weight of a gap per step into the past.
    lomax_weight, lomax_weight_short: w, for histories of ≥ 2 gaps, and of fewer.
    lomax_recency: the same as λ for the heavy tail.
    never: π, chance that no further event comes.
    pooled_share_short: weight of the pooled curve for histories of at most one gap.
    """

    recency: Share
    lomax_weight: Share
    lomax_weight_short: Share
    lomax_recency: Share
    never: Probability
    pooled_share_short: Share
    priors: dict[str, GapPrior]

    @model_validator(mode="after")
    def _has_pool(self) -> Self:
        if ALL not in self.priors:
            raise ValueError(f"priors needs the class “{ALL}”")
        return self

    def prior(self, reference_class: str) -> GapPrior:
        """The prior of a reference class, or that of all technologies where it has none."""
        return self.priors.get(reference_class, self.priors[ALL])


class SupportHyperparameters(Frozen):
    """Support beyond the duration law: slipping announcements and the successor rule.

    successor_tolerance_days: how near the end of support must fall to the k-th successor to count
    as following the rule.  successor_prior_weight: prior pseudo-count against the rule.
    """

    later_probability: Probability
    later_mean_days: Positive
    earlier_probability: Probability
    successor_tolerance_days: Positive
    successor_prior_weight: Positive
    successor_most: int = Field(ge=1)


class RemovalHyperparameters(Frozen):
    """Removal from manifests: baseline hazard by tenure, spread between packages, kind of product.

    hazards_per_year: in the bands that begin at `TENURE_BAND_STARTS_YEARS`.
    gamma_shape: a, multipliers are Gamma(a, a) between packages.
    """

    hazards_per_year: tuple[NonNegative, NonNegative, NonNegative, NonNegative, NonNegative]
    gamma_shape: Positive
    kind_factors: dict[ProductKind, Positive]


class EndHyperparameters(Frozen):
    """The end of a technology: hazard ~ Gamma(shape, exposure_years)."""

    shape: Positive
    exposure_years: Positive


class Hyperparameters(Frozen):
    """All of them; the clocks are cycle (any), breaking (major), support, removal and end."""

    cycle: GapHyperparameters
    breaking: GapHyperparameters
    duration: GapHyperparameters
    support: SupportHyperparameters
    removal: RemovalHyperparameters
    end: EndHyperparameters
    provenance: Mapping[str, Provenance]
