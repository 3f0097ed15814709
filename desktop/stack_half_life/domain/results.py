"""What a forecast says: figures with their quantiles and standard errors, nothing per future."""

from datetime import date
from enum import StrEnum

from stack_half_life.domain.base import Frozen, NonNegative, Probability, Share
from stack_half_life.domain.layers import Layer


class ReworkKind(StrEnum):
    """What falls due: a newer release cycle, another technology, or adapting to a neighbour."""

    UPGRADE = "upgrade"
    REPLACEMENT = "replacement"
    KNOCK_ON = "knock_on"

    @property
    def plural(self) -> str:
        """Several of them, in words to show."""
        return f"{self.value.replace('_', '-')}s"


class TimeQuantiles(Frozen):
    """Years from the forecast's date by which a share of futures has seen the event.

    None where that share is not reached within the horizon.
    """

    p10: NonNegative | None
    p50: NonNegative | None
    p90: NonNegative | None


class DayQuantiles(Frozen):
    """A sum in person-days over the futures.

    standard_error: of the mean; those of quantiles are None where the futures are too few to tell.
    """

    mean: float
    p10: float
    p50: float
    p80: float
    p90: float
    standard_error: NonNegative
    p10_standard_error: NonNegative | None = None
    p50_standard_error: NonNegative | None = None
    p80_standard_error: NonNegative | None = None
    p90_standard_error: NonNegative | None = None


class EventWindow(Frozen):
    """When the n-th event of a kind falls, n from 1.

    reached_share: share of futures that see an n-th event within the horizon.
    years: quantiles over all futures (None where not reached).
    """

    number: int
    reached_share: Share
    years: TimeQuantiles


class ComponentForecast(Frozen):
    """What the futures say of one component.

    cycle_in_use: the release cycle it starts from, None where none is known; is_cycle_assumed:
        whether the stack does not say which.
    first_rework_years: first event of any kind.  replacement_years: first replacement.
    expected_replacements: all of them, of which `expected_forced_replacements` because a neighbour
        changed.  expected_knock_ons: adaptations because a neighbour changed.
    in_place_share: share of futures that have not replaced it, at Forecast.grid_years.
    unsupported_years: expected years on an unsupported cycle within the horizon.
    cost_days_by_kind: expected person-days by kind.
    """

    name: str
    profile: str
    matched: bool
    layer: Layer
    first_rework_years: TimeQuantiles
    replacement_years: TimeQuantiles
    half_life_years: NonNegative | None
    expected_upgrades: NonNegative
    expected_replacements: NonNegative
    expected_forced_replacements: NonNegative
    expected_knock_ons: NonNegative
    cost_days: DayQuantiles
    cost_days_by_kind: dict[ReworkKind, NonNegative]
    unsupported_years: NonNegative
    upgrades: tuple[EventWindow, ...]
    replacements: tuple[EventWindow, ...]
    in_place_share: tuple[Share, ...]
    cycle_in_use: str | None = None
    is_cycle_assumed: bool = False


class YearCost(Frozen):
    """Person-days that fall in one year, year 1 being the first from the forecast's date."""

    year: int
    mean: float
    p10: float
    p90: float
    mean_by_kind: dict[ReworkKind, NonNegative]
    mean_by_component: tuple[NonNegative, ...]


class CostFan(Frozen):
    """Cumulative person-days at Forecast.grid_years: quantiles over futures, and the mean."""

    p10: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p90: tuple[float, ...]
    mean: tuple[float, ...]


class ClockCoverage(Frozen):
    """Share of expected effort whose component has evidence of its own on each clock.

    release: release cycles.  support: ends of support, past or announced.  tenure: spells in
    manifests, or the end of the technology itself.
    """

    release: Share
    support: Share
    tenure: Share


class Forecast(Frozen):
    """The summary of many futures of one stack.

    coverage: share of expected effort whose component has evidence of its own on any clock.
    redone_share: expected share of the initial effort redone by then, at grid_years.
    total_cost_days: work, never discounted, as all costs in days are.
    total_present_days: the same as money weighs it, days at t by (1 + r)^−t with the scenario's
        discount rate r; times the day rate it is the present value of the total.
    """

    stack_name: str
    as_of: date
    horizon_years: float
    futures: int
    seed: int
    model_version: str
    data_hash: str
    bit_generator: str
    grid_years: tuple[float, ...]
    components: tuple[ComponentForecast, ...]
    total_cost_days: DayQuantiles
    total_present_days: DayQuantiles
    cumulative_cost_days: CostFan
    cost_by_year_days: tuple[YearCost, ...]
    redone_share: tuple[Share, ...]
    stack_half_life_years: NonNegative | None
    coverage: Share
    coverage_by_clock: ClockCoverage
    unsupported_component_years: NonNegative
    warnings: tuple[str, ...] = ()

    @property
    def expected_upgrades(self) -> float:
        """Upgrades of all components."""
        return sum(component.expected_upgrades for component in self.components)

    @property
    def expected_replacements(self) -> float:
        """Replacements of all components."""
        return sum(component.expected_replacements for component in self.components)

    @property
    def expected_forced_replacements(self) -> float:
        """Those of the replacements that neighbours forced."""
        return sum(component.expected_forced_replacements for component in self.components)

    @property
    def expected_knock_ons(self) -> float:
        """Adaptations of all components to what befell their neighbours."""
        return sum(component.expected_knock_ons for component in self.components)

    @property
    def first_to_fall(self) -> ComponentForecast | None:
        """The component whose first rework has the earliest median, None where none is reached."""
        reached = [
            (component.first_rework_years.p50, place)
            for place, component in enumerate(self.components)
            if component.first_rework_years.p50 is not None
        ]
        return self.components[min(reached)[1]] if reached else None


class ComponentDifference(Frozen):
    """What one component contributes to the difference of two stacks, B − A in person-days.

    a, b: the component's names in the two stacks; None where that stack has none like it.
    """

    a: str | None
    b: str | None
    difference_days: DayQuantiles


class Histogram(Frozen):
    """Shares of futures between edges; edges are one more than shares."""

    edges_days: tuple[float, ...]
    shares: tuple[Share, ...]


class Comparison(Frozen):
    """Two stacks over the same futures; differences are B − A.

    difference_present_days: as `Forecast.total_present_days`, for the difference in money; where
    the rate is high it may have the other sign.
    probability_b_cheaper: share of futures in which B costs fewer person-days.  probability_equal:
    as many.
    break_even_years: first time from which the cheaper stack's expected cumulative cost stays
    below the other's; None where the order never changes or they never part.
    contributions: by component, those of A first; the means add up to the difference's mean.
    cumulative_difference_days: B − A at the forecasts' grid_years.
    """

    a: Forecast
    b: Forecast
    difference_days: DayQuantiles
    difference_present_days: DayQuantiles
    probability_b_cheaper: Probability
    break_even_years: NonNegative | None
    probability_equal: Probability = 0.0
    contributions: tuple[ComponentDifference, ...] = ()
    distribution: Histogram | None = None
    cumulative_difference_days: CostFan | None = None
