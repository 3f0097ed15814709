"""Dates keep the precision with which they were reported."""

from datetime import date

import pytest

from stack_half_life.domain.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_date_spans_what_its_text_allows(
    text: str, precision: str, earliest: date, latest: date
) -> None:
    read = PartialDate(text)
    assert (str(read), read.precision) == (text, precision)
    assert (read.earliest, read.latest) == (earliest, latest)
    assert earliest <= read.midpoint <= latest


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "0000", "2024-1-1", "2024-01-01\n"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        PartialDate(text)
