"""How forecasts made in the past would have done: scores per target and model."""

from datetime import date

from pydantic import Field

from stack_half_life.domain.base import Frozen, NonNegative, Probability
from stack_half_life.domain.layers import Layer

MODEL = "model"
CLIMATOLOGY = "climatology"
LAST_GAP = "last_gap"
EXPONENTIAL = "exponential"

CLIMATOLOGY_WORDS = (
    "the Kaplan–Meier curve of all spells known at the origin, ended and under way, pooled over "
    "the products learnt from, given the days already elapsed"
)

BRIER_MONTHS = (6, 12, 24, 36)
INTERVALS_PERCENT = (50, 80, 90)


class Interval(Frozen):
    """A 90 % bootstrap interval over products."""

    low: float
    high: float


class Score(Frozen):
    """How one model did on one target; products weigh equally.

    crps_days: continuous ranked probability score, clipped at the observation window.
    skill_vs_climatology: 1 − crps/crps of climatology; skill_vs: the same against other baselines.
    brier_by_months: mean squared error of P(event within so many months); None without a case
        whose window reaches that far.
    coverage_by_percent: share of central intervals that hold the truth; an event beyond the
        window counts with the chance that it falls inside, were the forecast right.
    pit_deciles: share of truths in each tenth of the forecast distribution (.1 each if calibrated).
    """

    crps_days: NonNegative
    crps_interval_days: Interval
    skill_vs_climatology: float
    skill_interval: Interval
    skill_vs: dict[str, float]
    brier_by_months: dict[int, Probability | None]
    coverage_by_percent: dict[int, Probability]
    pit_deciles: tuple[float, ...]
    n: int
    products: int


class ReliabilityPoint(Frozen):
    """Forecasts of P(event within `months`) near one value, and how often it came."""

    months: int
    forecast: Probability
    observed: Probability
    n: int


class TargetRecord(Frozen):
    """One target: what was forecast, and each model's score (`model` is the product's own).

    by_layer: the same on the products of one layer, where there are enough of them.
    """

    target: str
    what: str
    first_origin: date
    last_origin: date
    scores: dict[str, Score]
    reliability: tuple[ReliabilityPoint, ...] = ()
    by_layer: dict[Layer, "TargetRecord"] = Field(default_factory=dict)


class TenureScore(Frozen):
    """How one model of removal from manifests did on held-out repositories.

    brier_24m: mean squared error of P(removed within 24 months), repositories equal.
    log_score: mean log likelihood of what happened, higher is better.
    """

    brier_24m: Probability
    brier_interval: Interval
    log_score: float
    n: int
    repositories: int


class TenureRecord(Frozen):
    """Removal from manifests, forecast for repositories that nothing was learnt from."""

    first_origin: date
    last_origin: date
    scores: dict[str, TenureScore]


class TrackRecord(Frozen):
    """The whole backtest.

    is_frozen: whether priors and baselines come from the shipped products alone.
    data_until: end of the data; what happened later is unknown.
    """

    is_frozen: bool
    data_until: date
    data_hash: str
    targets: tuple[TargetRecord, ...]
    tenure: TenureRecord | None = None
    notes: tuple[str, ...] = ()
