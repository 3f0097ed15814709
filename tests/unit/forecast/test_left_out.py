"""What a forecast takes where the stack does not say."""

from made_futures import HYPER, TODAY, component, profile, stack
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Nature
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Component, UpgradePolicy
from stack_half_life.forecast.run import forecast_stack

NAME = "alpha"


def in_line(*, every: int) -> ChurnProfile:
    """Cycles every 180 days, each so-many-th of long-term support, three times as long."""
    made = profile(NAME, gap_days=180)
    return made.model_copy(
        update={
            "cycles": tuple(
                cycle.model_copy(
                    update={
                        "is_lts": number % every == 0,
                        "support_ends_on": PartialDate("2028-06-01")
                        if number % every == 0
                        else cycle.released_on,
                    }
                )
                for number, cycle in enumerate(made.cycles)
            )
        }
    )


def forecast(made: ChurnProfile, some: Component) -> Forecast:
    return forecast_stack(stack(some), {NAME: made}, HYPER, as_of=TODAY)


def test_the_cycle_taken_is_told_as_assumed() -> None:
    made = in_line(every=4)
    long_term = [cycle.cycle for cycle in made.cycles if cycle.is_lts][-1]
    found = forecast(made, component(NAME))
    assert found.components[0].cycle_in_use == long_term
    assert found.components[0].is_cycle_assumed
    told = f"{NAME} {long_term} (long-term support): release cycles taken"
    assert any(told in warning for warning in found.warnings)
    named = forecast(made, component(NAME, cycle=long_term))
    assert named.components[0].cycle_in_use == long_term
    assert not named.components[0].is_cycle_assumed
    assert not any("release cycles taken" in warning for warning in named.warnings)


def test_long_term_support_is_left_for_the_next_of_it() -> None:
    made = in_line(every=4)
    newest = made.cycles[-1].cycle
    assert not made.cycles[-1].is_lts
    along_the_line = forecast(made, component(NAME)).components[0]
    along_all = forecast(made, component(NAME, cycle=newest)).components[0]
    latest = forecast(made, component(NAME, policy=UpgradePolicy.LATEST)).components[0]
    assert along_the_line.expected_upgrades < 0.5 * along_all.expected_upgrades
    assert latest.cycle_in_use == newest


def test_taken_up_today_is_told_where_tenure_counts() -> None:
    package = profile(NAME, nature=Nature.PACKAGE)
    new, old = component(NAME, Layer.FRONT_END), component(NAME, in_use_since="2020")

    def is_told(made: ChurnProfile, some: Component) -> bool:
        warnings = forecast(made, some).warnings
        return any("taken up today" in one and "1 of 1 comp" in one for one in warnings)

    assert is_told(package, new)
    assert not is_told(package, old)
    assert not is_told(profile(NAME, nature=Nature.HARDWARE), new)
