"""Which release cycle a component runs."""

from datetime import date

from made_values import EVIDENCE, made_component, made_profile
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile


def profile(**released: str | None) -> ChurnProfile:
    made = made_profile(made_component("x", Layer.MODEL))
    cycles = tuple(
        ReleaseCycle(
            cycle=name,
            released_on=PartialDate(day) if day else None,
            support=SupportState.UNKNOWN,
            evidence=EVIDENCE,
        )
        for name, day in released.items()
    )
    return made.model_copy(update={"cycles": cycles})


def used(made: ChurnProfile, name: str | None, day: date) -> str | None:
    cycle = made.cycle_in_use(name, day)
    return cycle.cycle if cycle else None


def test_a_named_cycle_is_that_one_or_unknown() -> None:
    made = profile(a="2020", b=None)
    assert used(made, "b", date(2026, 1, 1)) == "b"
    assert used(made, "c", date(2026, 1, 1)) is None


def test_no_name_is_the_newest_then_released() -> None:
    made = profile(new="2026-05-01", old="2024-05-01", mid="2025-05", undated=None)
    assert used(made, None, date(2026, 1, 1)) == "mid"
    assert used(made, None, date(2026, 5, 1)) == "new"
    assert used(made, None, date(2020, 1, 1)) is None


def test_of_two_on_one_day_the_one_listed_first() -> None:
    assert used(profile(b="2025", a="2025"), None, date(2026, 1, 1)) == "b"
