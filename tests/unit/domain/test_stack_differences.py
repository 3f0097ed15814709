from stack_half_life.domain.differences import stack_differences
from stack_half_life.domain.edits import with_component_changed, without_components
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack

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
