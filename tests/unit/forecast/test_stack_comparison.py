"""Two stacks over the same futures: paired, signed B − A, broken down, with a break-even."""

from collections.abc import Sequence

import numpy as np
import pytest

from made_futures import HYPER, TODAY, component, profile, stack
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.results import Comparison
from stack_half_life.domain.stack import Component, Estimate3, Stack, UpgradePolicy
from stack_half_life.forecast.comparison import break_even_years
from stack_half_life.forecast.run import compare_stacks

DEAR = Estimate3(low=40.0, likely=60.0, high=90.0)
A, B = component("alpha"), component("beta", Layer.DATA_STORE)


def comparison(a: Stack, b: Stack) -> Comparison:
    of_a, of_b = ({one.name: profile(one.profile) for one in it.components} for it in (a, b))
    return compare_stacks(a, b, of_a, of_b, HYPER, as_of=TODAY)


def test_a_stack_against_itself_differs_nowhere() -> None:
    same = comparison(stack(A, B), stack(A, B))
    assert same.difference_days.mean == same.difference_days.p90 == 0.0
    assert same.probability_b_cheaper == 0.0
    assert same.probability_equal == 1.0
    assert same.break_even_years is None


def test_differences_are_paired_and_add_up_by_component() -> None:
    extra = component("gamma", effort_days=DEAR)
    pair = comparison(
        stack(A, B).model_copy(update={"default_couplings": False}),
        stack(A, B, extra).model_copy(update={"default_couplings": False}),
    )
    assert pair.difference_days.mean == pytest.approx(
        pair.b.total_cost_days.mean - pair.a.total_cost_days.mean
    )
    shared, other, added = pair.contributions
    assert shared.difference_days.p10 == shared.difference_days.p90 == 0.0
    assert other.difference_days.mean == 0.0
    assert (added.a, added.b) == (None, "gamma")
    assert added.difference_days.mean == pytest.approx(pair.difference_days.mean)
    assert pair.probability_b_cheaper == 0.0
    assert pair.distribution is not None
    assert sum(pair.distribution.shares) == pytest.approx(1.0)


def test_swapping_the_stacks_turns_the_sign() -> None:
    a = stack(A, B)
    b = stack(component("alpha", policy=UpgradePolicy.LATEST), component("beta", effort_days=DEAR))
    there, back = comparison(a, b), comparison(b, a)
    assert there.difference_days.mean == pytest.approx(-back.difference_days.mean)
    assert there.probability_b_cheaper == pytest.approx(
        1.0 - back.probability_b_cheaper - back.probability_equal
    )


def test_the_second_stack_is_judged_under_the_scenario_of_the_first() -> None:
    pair = comparison(stack(A, horizon_years=6.0), stack(A, horizon_years=3.0, seed=9))
    assert pair.b.horizon_years == 6.0
    assert pair.probability_equal == 1.0


def test_components_are_matched_by_name_then_by_profile() -> None:
    renamed: Component = component("alpha").model_copy(update={"name": "the same thing"})
    pair = comparison(stack(A, B), stack(B, renamed))
    assert [(one.a, one.b) for one in pair.contributions] == [
        ("alpha", "the same thing"),
        ("beta", "beta"),
    ]


@pytest.mark.parametrize(
    ("difference", "years"),
    [
        ([0.0, 2.0, 1.0, -1.0, -3.0], 2.5),
        ([0.0, 2.0, -1.0, 1.0, -3.0], 3.25),
        ([0.0, 1.0, 2.0, 3.0, 4.0], None),
        ([0.0, 0.0, 0.0, 0.0, 0.0], None),
        ([0.0, 1.0, -1.0, 1.0, 0.0], None),
    ],
)
def test_break_even_is_the_last_change_of_sign(
    difference: Sequence[float], years: float | None
) -> None:
    assert break_even_years(np.arange(5.0), np.array(difference)) == years
