import pytest
from pydantic import ValidationError

from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Component, Coupling, Estimate3, Stack


def component(name: str, layer: Layer = Layer.SERVING) -> Component:
    return Component(name=name, profile=name.lower(), layer=layer)


STACK = Stack(
    components=(component("A"), component("B"), component("C")),
    couplings=(Coupling(when="A", then="B", adapt_probability=0.5),),
)


def names(stack: Stack) -> list[str]:
    return [each.name for each in stack.components]


def test_added_components_get_free_names_and_stand_behind_the_one_named() -> None:
    grown = edits.with_components_added(STACK, [component("a"), component("A")], after="A")
    assert names(grown) == ["A", "a 2", "A 3", "B", "C"]
    assert names(STACK) == ["A", "B", "C"]


def test_renaming_carries_into_couplings() -> None:
    renamed = edits.with_component_changed(STACK, "A", name="vLLM")
    assert (renamed.couplings[0].when, renamed.couplings[0].then) == ("vLLM", "B")


def test_removing_takes_the_couplings_along() -> None:
    assert edits.without_components(STACK, {"B"}).couplings == ()


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ({"C"}, "A", ["C", "A", "B"]),
        ({"A"}, None, ["B", "C", "A"]),
        ({"A", "C"}, "B", ["A", "C", "B"]),
        ({"A", "B"}, "A", ["A", "B", "C"]),
    ],
)
def test_moving_keeps_the_order_of_what_moves(
    moved: set[str], before: str | None, expected: list[str]
) -> None:
    assert names(edits.with_components_moved(STACK, moved, before=before)) == expected


def test_moving_into_a_layer_changes_only_the_moved() -> None:
    moved = edits.with_components_moved(STACK, {"C"}, layer=Layer.MODEL, before="A")
    assert [each.layer for each in moved.components] == [
        Layer.MODEL,
        Layer.SERVING,
        Layer.SERVING,
    ]


def test_duplicates_stand_behind_their_originals() -> None:
    assert names(edits.with_components_duplicated(STACK, {"A", "C"})) == [
        "A",
        "A 2",
        "B",
        "C",
        "C 2",
    ]


def test_a_copy_of_a_copy_is_counted_on() -> None:
    twice = edits.with_components_duplicated(STACK, {"A"})
    assert edits.unique_name(twice, "A 2") == "A 3"
    assert edits.unique_name(STACK, "Python 3") == "Python 3"
    python = edits.changed(STACK.components[0], name="Python 3")
    alone = edits.with_components_added(STACK, [python])
    assert edits.unique_name(alone, "Python 3") == "Python 3 2", "the 3 is its name's own"


def test_a_coupling_replaces_that_of_the_same_pair() -> None:
    coupled = edits.with_coupling(STACK, Coupling(when="A", then="B", replace_probability=0.1))
    assert [each.replace_probability for each in coupled.couplings] == [0.1]
    assert edits.without_coupling(coupled, "A", "B").couplings == ()


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"effort_days": {"low": 3, "likely": 2, "high": 4}}, "effort_days", "low ≤ likely ≤ high"),
        ({"effort_days": {"low": -1, "likely": 2, "high": 4}}, "effort_days", "0 to 100,000"),
        ({"upgrade_lag_years": 40}, "upgrade_lag_years", "at most 20 is allowed"),
        ({"name": "  "}, "name", "cannot be empty"),
        ({"in_use_since": "2024-13"}, "in_use_since", "no real date"),
        ({"colour": "red"}, "colour", "no such key"),
    ],
)
def test_what_is_wrong_is_said_in_words(changes: dict[str, object], where: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edits.with_component_changed(STACK, "A", **changes)
    place, sentence = first_problem(caught.value)
    assert where in place
    assert words in sentence


def test_a_name_that_stands_already_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        edits.with_component_changed(STACK, "A", name="b")
    assert "stands twice" in first_problem(caught.value)[1]


def test_scenario_changes_are_validated() -> None:
    assert edits.with_scenario_changed(STACK, horizon_years=7.0).scenario.horizon_years == 7.0
    assert Estimate3(low=1, likely=2, high=9).mean == 3
    with pytest.raises(ValidationError):
        edits.with_scenario_changed(STACK, currency="euro")
