"""What is assumed of neighbours where nobody said anything."""

import pytest

from made_futures import component
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.neighbours import (
    ADAPT_ABOVE,
    ADAPT_BELOW,
    FULL_STRENGTH,
    assumed_at,
    default_couplings,
)


def stack_with(libraries: int) -> Stack:
    parts = [component(f"lib{n}", Layer.APP_FRAMEWORK) for n in range(libraries)]
    return Stack(components=(component("runtime", Layer.LANGUAGE_RUNTIME), *parts))


@pytest.mark.parametrize("libraries", [1, FULL_STRENGTH, 60])
def test_many_neighbours_of_one_layer_act_like_a_few(libraries: int) -> None:
    couplings = default_couplings(stack_with(libraries))
    down = [one.adapt_probability for one in couplings if one.then == "runtime"]
    up = [one.adapt_probability for one in couplings if one.when == "runtime"]
    assert len(down) == len(up) == libraries
    assert sum(down) == pytest.approx(ADAPT_BELOW * min(libraries, FULL_STRENGTH))
    assert up == [ADAPT_ABOVE] * libraries


def test_couplings_at_a_component_are_those_of_the_stack() -> None:
    stack = stack_with(7)
    everywhere = default_couplings(stack)
    for name in ("runtime", "lib3"):
        here = [one for one in everywhere if name in (one.when, one.then)]
        assert sorted(map(repr, assumed_at(stack, name))) == sorted(map(repr, here))
