"""What is assumed of neighbours where nobody said anything."""

import pytest

from made_futures import component, profile, unknown
from stack_half_life.domain.facts import Generation
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Coupling, Stack
from stack_half_life.forecast.neighbours import (
    ADAPT_ABOVE,
    ADAPT_BELOW,
    STANDS_ON,
    assumed_at,
    couplings_at,
    layer_couplings,
)


def known(key: str, generation: Generation, *purls: str) -> ChurnProfile:
    some = profile(key)
    technology = some.technology.model_copy(update={"generation": generation, "purls": purls})
    return some.model_copy(update={"technology": technology})


PROFILES = {
    "django": known("django", Generation.CLASSICAL, "pkg:pypi/django"),
    "react": known("react", Generation.CLASSICAL, "pkg:npm/react"),
    "langchain": known("langchain", Generation.AI, "pkg:pypi/langchain"),
    "vllm": known("vllm", Generation.AI, "pkg:pypi/vllm"),
    "python": known("python", Generation.CLASSICAL, "pkg:docker/python"),
    "spring": known("spring", Generation.CLASSICAL, "pkg:maven/org.springframework/spring-core"),
    "kotlin": known("kotlin", Generation.CLASSICAL, "pkg:maven/org.jetbrains.kotlin/kotlin-stdlib"),
    "azul-zulu": known("azul-zulu", Generation.CLASSICAL),
    "own": unknown("own"),
}


def stack_with(libraries: int) -> Stack:
    parts = [component(f"lib{n}", Layer.APP_FRAMEWORK) for n in range(libraries)]
    return Stack(components=(component("runtime", Layer.LANGUAGE_RUNTIME), *parts))


def neighbours(stack: Stack, name: str) -> set[str]:
    couplings = assumed_at(stack, name, PROFILES)
    return {one.when for one in couplings if one.then == name}


@pytest.mark.parametrize("libraries", [1, 4, 60])
def test_the_members_of_a_layer_reach_a_neighbour_together(libraries: int) -> None:
    couplings = layer_couplings(stack_with(libraries), {})
    (down,) = (one for one in couplings if one.then == "runtime")
    up = [one for one in couplings if one.then != "runtime"]
    assert len(down.members) == len(up) == libraries
    assert down.adapt_probability == ADAPT_BELOW
    assert {(one.members, one.adapt_probability) for one in up} == {(("runtime",), ADAPT_ABOVE)}


def test_pairs_that_a_stack_couples_itself_are_left_out() -> None:
    own = Coupling(when="lib1", then="runtime", adapt_probability=0.5)
    stack = stack_with(3).model_copy(update={"couplings": (own,)})
    (down,) = (one for one in layer_couplings(stack, {}) if one.then == "runtime")
    assert down.members == ("lib0", "lib2")
    assert couplings_at(stack, "lib1", {})[0] == (own, True)
    assert not layer_couplings(stack.model_copy(update={"default_couplings": False}), {})


def test_couplings_at_a_component_are_those_of_the_stack() -> None:
    stack = stack_with(7)
    everywhere = {
        (member, one.then) for one in layer_couplings(stack, {}) for member in one.members
    }
    for name in ("runtime", "lib3"):
        here = [(one.when, one.then) for one in assumed_at(stack, name, {})]
        assert sorted(here) == sorted(pair for pair in everywhere if name in pair)


def test_no_layer_stands_on_itself_or_on_one_that_stands_on_it() -> None:
    for upper, lowers in STANDS_ON.items():
        assert all(upper not in (lower, *STANDS_ON[lower]) for lower in lowers)


def test_classical_frameworks_do_not_touch_what_serves_models() -> None:
    stack = Stack(
        components=(
            component("react", Layer.FRONT_END),
            component("django", Layer.APP_FRAMEWORK),
            component("langchain", Layer.APP_FRAMEWORK),
            component("own", Layer.APP_FRAMEWORK),
            component("vllm", Layer.SERVING),
        )
    )
    assert neighbours(stack, "vllm") == {"langchain", "own"}
    assert neighbours(stack, "django") == {"react"}
    assert neighbours(stack, "react") == {"django", "own"}


def test_packages_touch_the_runtime_they_are_published_for() -> None:
    stack = Stack(
        components=(
            component("react", Layer.FRONT_END),
            component("django", Layer.APP_FRAMEWORK),
            component("own", Layer.APP_FRAMEWORK),
            component("imported", Layer.APP_FRAMEWORK, profile="pkg:npm/nobody-knows"),
            component("spring", Layer.APP_FRAMEWORK),
            *(
                component(name, Layer.LANGUAGE_RUNTIME)
                for name in ("python", "kotlin", "azul-zulu")
            ),
        )
    )
    assert neighbours(stack, "python") == {"django", "own"}
    assert neighbours(stack, "kotlin") == neighbours(stack, "azul-zulu") == {"spring", "own"}
