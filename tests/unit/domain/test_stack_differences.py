import pytest

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.differences import stack_differences
from stack_half_life.domain.edits import with_component_changed, without_components
from stack_half_life.domain.forces import Exposures
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import (
    Component,
    Estimate3,
    OverriddenFigure,
    Override,
    Stack,
    UpgradePolicy,
)

A = Stack(
    name="A",
    components=(
        Component(name="vLLM", profile="vllm", layer=Layer.SERVING),
        Component(name="Redis", profile="redis", layer=Layer.DATA_STORE, cycle="8.2"),
    ),
)


def test_the_same_stack_has_no_differences() -> None:
    assert stack_differences(A, A) == ()


def test_what_is_in_one_alone_is_named_once_for_each_side() -> None:
    assert stack_differences(A, without_components(A, {"vLLM"})) == ("Only in A: vLLM",)
    assert stack_differences(without_components(A, {"vLLM"}), A) == ("Only in B: vLLM",)


def test_changed_fields_are_told_with_both_values() -> None:
    b = with_component_changed(
        A, "Redis", cycle=None, effort_days={"low": 1, "likely": 2, "high": 3}
    )
    assert stack_differences(A, b) == (
        "Redis: release cycle 8.2 → newest",
        "Redis: effort 5/10/25 → 1/2/3",
    )


def test_figures_set_by_hand_are_told_one_by_one() -> None:
    figures = OverriddenFigure
    two = Override(figure=figures.SUPPORT_YEARS, value_years=2.0, reason="their contract")
    three = Override(figure=figures.SUPPORT_YEARS, value_years=3.0, reason="our contract")
    first = Override(figure=figures.CYCLE_GAP_YEARS, value_years=0.5, reason="their roadmap")
    a = with_component_changed(A, "Redis", overrides=(two,))
    b = with_component_changed(A, "Redis", overrides=(three, first))
    assert stack_differences(a, b) == (
        "Redis: cycle gap by evidence → 0.5 years",
        "Redis: support 2 years → 3 years",
    )
    assert stack_differences(a, a) == ()


def test_exposures_set_by_hand_are_told() -> None:
    a = with_component_changed(A, "vLLM", exposures=Exposures(hardware_pace=1.0))
    b = with_component_changed(A, "vLLM", exposures=Exposures(hardware_pace=-0.5))
    assert stack_differences(A, a) == ("vLLM: exposure to the forces as its layer's → set by hand",)
    assert stack_differences(a, b) == ("vLLM: exposure to hardware pace 1 → -0.5",)


@pytest.mark.parametrize("field", [name for name in Component.model_fields if name != "note"])
def test_a_difference_in_any_field_that_counts_is_told(field: str) -> None:
    other = Component(
        name="other",
        profile="other",
        layer=Layer.MODEL,
        cycle="1",
        policy=UpgradePolicy.PINNED,
        in_use_since=PartialDate("2020"),
        effort_days=Estimate3(low=1, likely=2, high=3),
        upgrade_share=Estimate3(low=0, likely=0.5, high=1),
        minor_upgrade_share=Estimate3(low=0, likely=0.5, high=1),
        upgrade_lag_years=1.0,
        exposures=Exposures(hardware_pace=1.0),
        overrides=(
            Override(figure=OverriddenFigure.SUPPORT_YEARS, value_years=2.0, reason="contract"),
        ),
    )
    b = with_component_changed(A, "vLLM", **{field: getattr(other, field)})
    assert stack_differences(A, b)
