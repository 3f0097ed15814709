"""Figures as people read them: rounded to what they carry, with their unit, never NaN."""

from typing import NamedTuple

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.results import ClockCoverage, DayQuantiles, TimeQuantiles
from stack_half_life.domain.stack import Scenario

NOT_REACHED = "not reached"

_NOW_YEARS = 0.01


def counted(count: int, one: str, many: str = "") -> str:
    """`1 component`, `1,400 components`; `many` is the plural where `s` does not make it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def years(value: float | None, *, unit: bool = True) -> str:
    """`3.4 years`, in months under a year where a unit is shown, or `not reached`."""
    if value is None:
        return NOT_REACHED
    if not unit:
        return f"{value:.1f}"
    if value < 1:
        months = round(value * 12)
        return "under a month" if months == 0 else f"{months} month{'s' if months != 1 else ''}"
    return f"{value:.1f} years"


def span(horizon_years: float) -> str:
    """How far a forecast looks: `5 years`, `6 months`, `10 days`."""
    for unit, length in (("year", 1.0), ("month", 1 / 12), ("day", 1 / DAYS_PER_YEAR)):
        if horizon_years >= length * 0.999 or unit == "day":
            number = f"{horizon_years / length:.3g}"
            return f"{number} {unit}{'' if number == '1' else 's'}"
    raise AssertionError(horizon_years)


def in_years(value: float | None) -> str:
    """`now`, `in 7 months`, `in 3.4 years`, or `not reached`."""
    if value is None:
        return NOT_REACHED
    return "now" if value < _NOW_YEARS else f"in {years(value)}"


def break_even(value: float | None, ahead: str) -> str:
    """From when on the one ahead stays ahead, in words."""
    if value is None:
        return "none: the order of the expected costs never changes"
    start = "from the first month on" if value < 1 / 12 else f"after {years(value)}"
    return f"{start} {ahead} stays ahead in expected cost"


def days(value: float) -> str:
    """Person-days: `0`, `3.4`, `412`, `12,300`; three digits at most."""
    if abs(value) < 0.05:
        return "0"
    if abs(value) < 10:
        return f"{value:.1f}".replace("-", "−")
    return _three_digits(value)


class Told(NamedTuple):
    """Mean and quantiles in person-days, each with its standard error: `412 ± 3.1`."""

    mean: str
    p10: str
    p50: str
    p90: str


def with_errors(found: DayQuantiles) -> Told:
    """The figures of a sum with their standard errors; without where these are not known."""
    return Told(
        _within(found.mean, found.standard_error),
        _within(found.p10, found.p10_standard_error),
        _within(found.p50, found.p50_standard_error),
        _within(found.p90, found.p90_standard_error),
    )


def _within(value: float, standard_error: float | None) -> str:
    if standard_error is None:
        return days(value)
    error = f"{standard_error:.2g}" if standard_error < 10 else days(standard_error)
    return f"{days(value)} ± {error}"


def signed_days(value: float) -> str:
    """A difference in person-days with its sign: `+12`, `-3.4`, `0`."""
    return f"+{days(value)}" if value >= 0.05 else days(value)


def money(value: float, currency: str) -> str:
    """`330,000 EUR`, to three digits."""
    return f"{_three_digits(value)} {currency}"


def money_range(low: float, high: float, currency: str) -> str:
    """`105,000–276,000 EUR`, each to three digits."""
    return f"{_three_digits(low)}–{money(high, currency)}"


def day_rate(scenario: Scenario) -> str:
    """`800 EUR a person-day`, every digit of it."""
    return f"{scenario.day_rate:,.10g} {scenario.currency} a person-day"


def price(scenario: Scenario) -> str:
    """`800 EUR a person-day, discounted 3 % a year`, or `…, not discounted`."""
    return f"{day_rate(scenario)}, {discounting(scenario)}"


def discounting(scenario: Scenario) -> str:
    """`discounted 3 % a year`, or `not discounted`: of money, since person-days never are."""
    rate = scenario.discount_rate_per_year
    return f"discounted {rate * 100:.3g} % a year" if rate else "not discounted"


def percent(share: float) -> str:
    """A share as `94 %`; `< 1 %` and `> 99 %` where rounding would say none or all."""
    if 0 < share < 0.005:
        return "< 1 %"
    if 0.995 < share < 1:
        return "> 99 %"
    return f"{share:.0%}".replace("%", " %")


def clock_coverage(coverage: ClockCoverage) -> str:
    """Coverage of each clock in a line: `releases 97 %, support 80 %, tenure 62 %`."""
    return (
        f"releases {percent(coverage.release)}, support {percent(coverage.support)}, "
        f"tenure {percent(coverage.tenure)}"
    )


def count(value: float) -> str:
    """An expected number of events: `0`, `0.04`, `1.3`."""
    if value == 0:
        return "0"
    if value < 0.005:
        return "< 0.01"
    return f"{value:.2f}" if value < 0.095 else f"{value:.1f}"


def beyond(value: float | None, horizon_years: float) -> str:
    """A time in years, or `> 5` where the horizon ends first."""
    return f"> {horizon_years:.3g}" if value is None else f"{value:.1f}"


def time_spread(times: TimeQuantiles, horizon_years: float) -> str:
    """`P10–P90 0.1 to 0.9 years`, or that both are the same to a tenth of a year."""
    low, high = beyond(times.p10, horizon_years), beyond(times.p90, horizon_years)
    return "P10 and P90 alike" if low == high else f"P10–P90 {low} to {high} years"


def _three_digits(value: float) -> str:
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}".replace("-", "−")
