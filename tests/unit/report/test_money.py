"""Money in the HTML report: discounted where the scenario sets a rate, as person-days never are."""

import pytest

from made_values import made_comparison, made_forecast, made_profiles, made_stack
from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.report.figures import days, money
from stack_half_life.report.html.comparing import comparison_cards
from stack_half_life.report.html.headline import cards
from stack_half_life.report.subject import Subject


def subject(rate_per_year: float) -> Subject:
    stack = with_scenario_changed(made_stack(), discount_rate_per_year=rate_per_year)
    return Subject(stack, made_profiles(stack), made_forecast(stack), {})


def test_the_price_of_the_rework_is_its_present_value() -> None:
    plain, discounted = subject(0.0), subject(0.1)
    rework, price = cards(discounted)[:2]
    assert rework == cards(plain)[0]
    assert price.figure.text == days(discounted.forecast.total_present_days.p50 * 800.0)
    assert price.figure != cards(plain)[1].figure
    assert "discounted 10 % a year" in price.details[1].text


@pytest.mark.parametrize("rate", [0.0, 0.1])
def test_a_difference_in_money_has_its_own_sign(rate: float) -> None:
    a = subject(rate)
    made = made_comparison(a.stack, a.stack)
    turned = made.difference_present_days.model_copy(update={"mean": 3.0})
    for comparison in (made, made.model_copy(update={"difference_present_days": turned})):
        card = comparison_cards(a, comparison)[0]
        assert (card.label, card.figure.text) == ("B is expected to be cheaper by", "12")
        worth = comparison.difference_present_days.mean * 800.0
        told = [detail.text for detail in card.details]
        assert f"B − A in money: {money(worth, 'EUR')}" in told
