"""Dates that keep the precision with which they were reported."""

import calendar
import re
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

DAYS_PER_YEAR = 365.25

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


class PartialDate:
    """A date known to the day, the month or the year: `2024-05-03`, `2024-05` or `2024`.

    Equality and hash are those of the text; order is by midpoint, then by text.

    midpoint: the middle of the span the text allows, for arithmetic that needs one day.

    Raises:
        ValueError: where the text has another form or names no real date.
    """

    __slots__ = ("earliest", "latest", "midpoint", "text")

    def __init__(self, text: str) -> None:
        match = _FORM.match(text)
        if match is None:
            raise ValueError(f"“{text[:40]}” is not a date: YYYY-MM-DD, YYYY-MM or YYYY is allowed")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            self.earliest = date(year, month or 1, day or 1)
            last = day or calendar.monthrange(year, month or 12)[1]
            self.latest = date(year, month or 12, last)
        except ValueError:
            raise ValueError(f"“{text}” names no real date") from None
        self.midpoint = date.fromordinal((self.earliest.toordinal() + self.latest.toordinal()) // 2)
        self.text = text

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return {10: "day", 7: "month", 4: "year"}[len(self.text)]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.midpoint, self.text) < (other.midpoint, other.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from text or `datetime.date`; written as text."""
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def _read(cls, value: object) -> "PartialDate":
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return cls(value.isoformat()[:10])
        if isinstance(value, str):
            return cls(value)
        raise ValueError("a date is text: YYYY-MM-DD, YYYY-MM or YYYY")


def years_between(start: date, end: date) -> float:
    """Years of 365.25 days from start to end, negative where end comes first."""
    return (end - start).days / DAYS_PER_YEAR
