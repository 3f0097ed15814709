"""What the table of assumptions says of what a stack leaves out."""

from made_values import made_component
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import DEFAULT_EFFORT, Estimate3, Stack
from stack_half_life.report.assumptions import default_efforts, scenario_assumptions

OWN = Estimate3(low=1.0, likely=2.0, high=3.0)


def stack(*changes: dict[str, object]) -> Stack:
    return Stack(
        components=tuple(
            made_component(f"c{place}", Layer.MODEL).model_copy(update=change)
            for place, change in enumerate(changes)
        )
    )


def test_left_out_efforts_cycles_and_dates_are_counted() -> None:
    since = PartialDate("2024")
    said: dict[str, object] = {"effort_days": OWN, "cycle": "1", "in_use_since": since}
    silent: dict[str, object] = {"effort_days": DEFAULT_EFFORT, "cycle": None, "in_use_since": None}
    some = stack(said, silent, silent)
    rows = {item.what: item for item in scenario_assumptions(some)}
    for what in ("Integration effort", "Release cycle", "In use since"):
        assert rows[f"{what}, in 2 of 3 components"].set_by == "default"
    effort = rows["Integration effort, in 2 of 3 components"].value
    assert effort.startswith("5 / 10 / 25 person-days")
    assert default_efforts(some) == "default effort in 2 of 3 components"


def test_what_the_stack_says_is_not_listed_as_left_out() -> None:
    some = stack({"effort_days": OWN, "cycle": "1", "in_use_since": PartialDate("2024")})
    assert not [item for item in scenario_assumptions(some) if "components" in item.what]
    assert default_efforts(some) == ""
