"""Standard errors of quantiles are those seen between samples."""

import numpy as np
import pytest

from stack_half_life.domain.results import DayQuantiles
from stack_half_life.forecast.simulation.summary import day_quantiles, quantile_error


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_they_say_how_far_quantiles_of_samples_scatter(share: float) -> None:
    samples = np.sort(np.random.default_rng(3).gamma(2.0, 40.0, (400, 2500)), axis=1)
    scatter = float(np.quantile(samples, share, axis=1).std())
    told = [quantile_error(sample, share) or 0.0 for sample in samples]
    assert float(np.mean(told)) == pytest.approx(scatter, rel=0.1)


def quantile_errors(found: DayQuantiles) -> set[float | None]:
    """Those of all quantiles."""
    values = found.model_dump()
    return {values[f"{name}_standard_error"] for name in ("p10", "p50", "p80", "p90")}


@pytest.mark.parametrize("n", [1, 5, 19])
def test_few_futures_tell_none(n: int) -> None:
    values = np.arange(float(n))
    found = day_quantiles(values, float(values.mean()), float(values.var()), n)
    assert quantile_errors(found) == {None}


def test_a_cost_that_never_varies_has_no_error() -> None:
    found = day_quantiles(np.full(100, 7.0), 7.0, 0.0, 100)
    assert quantile_errors(found) == {0.0}
