"""Products and their release cycles, as known at the end and at dates before: backtest material."""

from datetime import date

from pydantic import Field

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.facts import ReleaseCycle


class ProductHistory(Frozen):
    """One product.

    category: the source's own word (`os`, `framework`, `device` …), empty where unknown.
    cycles: as known at the end of the data.
    known_on: cycles as they were listed at earlier dates.
    """

    product: str
    category: str = ""
    cycles: tuple[ReleaseCycle, ...]
    known_on: dict[date, tuple[ReleaseCycle, ...]] = Field(default_factory=dict)
