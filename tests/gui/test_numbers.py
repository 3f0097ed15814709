from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from stack_half_life.domain.results import TimeQuantiles
from stack_half_life.gui import numbers


@pytest.fixture(params=["en_GB", "de_DE"])
def locale(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    before = QLocale()
    made = QLocale(str(request.param))
    QLocale.setDefault(made)
    yield made
    QLocale.setDefault(before)


def test_what_is_shown_can_be_typed_again(locale: QLocale) -> None:
    for value in (0.0, 0.25, 3.0, 1234.5, 100_000.0):
        assert numbers.parse(numbers.plain(value)) == value
    assert numbers.parse("0.5") == 0.5
    assert numbers.decimal(0.5) == ("0,5" if locale.decimalPoint() == "," else "0.5")


@pytest.mark.parametrize("text", ["", "ten", "1e999", "nan", "inf", "--3", "1.2.3"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.parse(text) is None


@pytest.mark.parametrize(
    ("years", "words"),
    [(None, "not reached"), (0.0, "now"), (0.5, "6 mo"), (1.0, "1.0 y"), (12.34, "12 y")],
)
def test_times_are_said_in_the_unit_that_fits(years: float | None, words: str) -> None:
    assert numbers.years(years) == words


def test_a_gap_is_never_now() -> None:
    assert numbers.span(0.01) == "4 d"
    assert numbers.span(0.0) == "1 d"


def test_money_is_rounded_to_three_figures() -> None:
    assert numbers.parse(numbers.money(205_432.0, "EUR").removesuffix(" EUR")) == 205_000
    assert numbers.money(0.0, "USD") == "0 USD"


def test_a_range_beyond_the_horizon_says_so() -> None:
    never = TimeQuantiles(p10=None, p50=None, p90=None)
    assert numbers.year_range(never, 5.0) == "> 5 y"
    assert numbers.year_range(TimeQuantiles(p10=1.0, p50=2.0, p90=None), 5.0) == "1.0 y – > 5 y"


def test_differences_carry_their_sign() -> None:
    assert numbers.signed_days(-12.0) == "\u221212 d"
    assert numbers.signed_days(3.2) == "+3.2 d"
    assert numbers.signed_days(0.0) == "0.0 d"
