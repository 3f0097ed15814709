"""Which release cycle a component runs, and which cycles it goes on to."""

from datetime import date

import pytest

from made_values import EVIDENCE, made_component, made_profile
from stack_half_life.domain.cycle_choice import followed_cycles
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import UpgradePolicy

LATEST, SUPPORTED, PINNED = UpgradePolicy.LATEST, UpgradePolicy.SUPPORTED, UpgradePolicy.PINNED
TODAY = date(2026, 1, 1)


def cycle(name: str, released: str | None, end: str | None = None, **more: object) -> ReleaseCycle:
    return ReleaseCycle.model_validate(
        {
            "cycle": name,
            "released_on": PartialDate(released) if released else None,
            "support_ends_on": PartialDate(end) if end else None,
            "support": SupportState.DATED if end else SupportState.UNKNOWN,
            "evidence": EVIDENCE,
            **more,
        }
    )


def profile(*cycles: ReleaseCycle) -> ChurnProfile:
    return made_profile(made_component("x", Layer.MODEL)).model_copy(update={"cycles": cycles})


def used(
    made: ChurnProfile,
    name: str | None,
    day: date = TODAY,
    policy: UpgradePolicy = SUPPORTED,
) -> str | None:
    component = made_component("x", Layer.MODEL).model_copy(
        update={"cycle": name, "policy": policy}
    )
    taken = made.cycle_in_use(component, day)
    return taken.cycle if taken else None


def like_java(*, long_term: int = 3) -> ChurnProfile:
    """Six cycles half a year apart, the newest out of support, every other one long-term."""
    names = ("20", "21", "22", "23", "24", "25", "26")
    return profile(
        *(
            cycle(
                name,
                f"{2022 + at // 2}-{'03' if at % 2 else '09'}-01",
                "2029" if at % 2 else "2025-11",
                is_lts=bool(at % 2) and at // 2 < long_term,
            )
            for at, name in enumerate(names)
        )
    )


def test_a_named_cycle_is_that_one_or_unknown() -> None:
    made = profile(cycle("a", "2020"), cycle("b", None))
    assert used(made, "b") == "b"
    assert used(made, "c") is None


@pytest.mark.parametrize("policy", UpgradePolicy)
def test_no_name_is_the_newest_then_released(policy: UpgradePolicy) -> None:
    made = profile(
        cycle("new", "2026-05-01"),
        cycle("old", "2024-05-01"),
        cycle("mid", "2025-05"),
        cycle("undated", None),
    )
    assert used(made, None, policy=policy) == "mid"
    assert used(made, None, date(2026, 5, 1), policy) == "new"
    assert used(made, None, date(2020, 1, 1), policy) is None


def test_of_two_on_one_day_the_one_listed_first() -> None:
    assert used(profile(cycle("b", "2025"), cycle("a", "2025")), None) == "b"


def test_a_cycle_known_to_be_without_support_is_not_taken_while_another_has_it() -> None:
    ended, open_ended = cycle("2", "2025-05", "2025-12-31"), cycle("1", "2024-05", "2027")
    gone = cycle("3", "2025-06", support=SupportState.ENDED_DATE_UNKNOWN)
    made = profile(open_ended, ended, gone)
    assert used(made, None) == "1"
    assert used(made, None, policy=PINNED) == "1"
    assert used(made, None, policy=LATEST) == "3"
    assert used(made, None, date(2025, 5, 20)) == "2", "it had support then"
    assert used(profile(ended, gone), None) == "3", "all are without"


@pytest.mark.parametrize(("policy", "taken"), [(SUPPORTED, "25"), (PINNED, "25"), (LATEST, "26")])
def test_the_newest_of_long_term_support_is_taken_where_there_is_a_line_of_these(
    policy: UpgradePolicy, taken: str
) -> None:
    assert used(like_java(), None, policy=policy) == taken


def test_long_term_support_that_has_ended_is_not_taken() -> None:
    newer = like_java().cycles
    made = profile(*newer, cycle("27", "2030-01", "2035"))
    assert used(made, None, date(2030, 2, 1)) == "27"


def test_two_of_long_term_support_make_no_line() -> None:
    made = like_java(long_term=2)
    names = [each.cycle for each in made.cycles if each.is_lts]
    assert names == ["21", "23"]
    assert used(made, None) == "25", "the newest in support"
    assert followed_cycles(made.cycles, SUPPORTED, made.cycles[1], TODAY) == made.cycles


def test_who_is_on_long_term_support_goes_on_to_the_next_of_it() -> None:
    made = like_java()
    long_term, other = made.cycles[1], made.cycles[2]

    def followed(policy: UpgradePolicy, in_use: ReleaseCycle | None) -> list[str]:
        return [each.cycle for each in followed_cycles(made.cycles, policy, in_use, TODAY)]

    every = [each.cycle for each in made.cycles]
    assert followed(SUPPORTED, long_term) == ["21", "23", "25"]
    assert followed(PINNED, long_term) == ["21", "23", "25"]
    assert followed(LATEST, long_term) == every
    assert followed(SUPPORTED, other) == every
    assert followed(SUPPORTED, None) == every
