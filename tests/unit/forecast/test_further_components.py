"""A further component never makes a stack cheaper, with the couplings assumed by default."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_futures import HYPER, TODAY, component, profile, stack
from stack_half_life.domain.edits import changed
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import Comparison
from stack_half_life.domain.stack import Component, Estimate3, Stack, UpgradePolicy
from stack_half_life.forecast.run import compare_stacks

NOTHING = Estimate3(low=0.0, likely=0.0, high=0.0)
QUIET = {
    "slow": {"profile": "slow", "policy": UpgradePolicy.SUPPORTED},
    "pinned": {"profile": "fast", "policy": UpgradePolicy.PINNED},
    "busy": {"profile": "fast", "policy": UpgradePolicy.LATEST},
}


def of_profile(one: Component) -> ChurnProfile:
    return profile(one.profile, {"fast": 90, "slow": 1500}.get(one.profile, 250))


def against(a: Stack, b: Stack) -> Comparison:
    known_a, known_b = ({one.name: of_profile(one) for one in each.components} for each in (a, b))
    return compare_stacks(a, b, known_a, known_b, HYPER, as_of=TODAY)


def with_one_more(some: Stack, one: Component, place: int) -> Stack:
    parts = some.components
    return changed(some, components=(*parts[:place], one, *parts[place:]))


@pytest.mark.parametrize("quiet", QUIET)
@pytest.mark.parametrize("before", [0, 4, 5, 19])
def test_a_neighbour_that_costs_nothing_itself_lowers_nothing(before: int, quiet: str) -> None:
    parts = [component(f"own{n}", Layer.ML_FRAMEWORK, policy="latest") for n in range(before)]
    whole = stack(component("vllm"), component("cuda", Layer.HARDWARE_INTERFACE), *parts)
    further = component("further", Layer.ML_FRAMEWORK, effort_days=NOTHING, **QUIET[quiet])
    more = against(whole, with_one_more(whole, further, 1)).difference_days
    assert more.mean >= -3.0 * more.standard_error
    if before == 0:
        assert more.mean > 3.0 * more.standard_error


@settings(max_examples=12, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(list(Layer)), min_size=2, max_size=6), st.data())
def test_a_component_anywhere_lowers_nothing(layers: list[Layer], data: st.DataObject) -> None:
    whole = stack(*(component(f"own{n}", layer) for n, layer in enumerate(layers)), futures=800)
    how = QUIET[data.draw(st.sampled_from(sorted(QUIET)))]
    layer = data.draw(st.sampled_from(list(Layer)))
    further = component("further", layer, effort_days=NOTHING, **how)
    place = data.draw(st.integers(0, len(layers)))
    more = against(whole, with_one_more(whole, further, place)).difference_days
    assert more.mean >= -3.0 * more.standard_error
