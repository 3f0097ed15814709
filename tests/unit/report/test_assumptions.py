"""What a forecast takes for granted is told, and who set it."""

import pytest

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack, UpgradePolicy
from stack_half_life.report.assumptions import assumptions


def lags(policy: UpgradePolicy, lag_years: float) -> dict[str, tuple[str, str]]:
    component = Component(
        name="Go",
        profile="go",
        layer=Layer.LANGUAGE_RUNTIME,
        policy=policy,
        upgrade_lag_years=lag_years,
    )
    stack = Stack(components=(component,))
    return {
        one.what: (one.value, one.set_by)
        for one in assumptions(stack)
        if "release to its upgrade" in one.what
    }


@pytest.mark.parametrize(("lag_years", "told"), [(0.25, "3 months"), (0.0, "at once")])
def test_a_lag_of_ones_own_is_told_beside_the_default(lag_years: float, told: str) -> None:
    default = {
        "From a release to its upgrade on “latest”, where not given below": ("6 months", "default")
    }
    own = {"Go: from a release to its upgrade": (told, "stack file")}
    assert lags(UpgradePolicy.LATEST, 0.5) == default
    assert lags(UpgradePolicy.LATEST, lag_years) == default | own
    assert lags(UpgradePolicy.PINNED, lag_years) == default
