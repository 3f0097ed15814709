"""Forecasts of a stack, and comparisons of two: the entries of this package."""

from collections.abc import Mapping
from datetime import date

from stack_half_life.domain.edits import changed
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.results import Comparison, Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.assembly import MODEL_VERSION, forecast_of, plan_of, simulated
from stack_half_life.forecast.comparison import Side, compared
from stack_half_life.forecast.simulation.streams import StreamCache

__all__ = ["MODEL_VERSION", "StreamCache", "compare_stacks", "forecast_stack"]


def forecast_stack(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    hyperparameters: Hyperparameters,
    *,
    as_of: date,
    data_hash: str = "",
    on_progress: OnProgress = ignore_progress,
    streams: StreamCache | None = None,
    threads: int = 1,
) -> Forecast:
    """Simulate the stack's futures and sum them up.

    profiles: by component name.  streams: keeps components' courses between forecasts, so that an
    edit of one component draws only that one anew.  The result is the same for a seed on any
    number of threads, with or without streams.

    Raises:
        ForecastError: where the stack is empty, a profile is missing or a cycle is not known.
        CancelledError: where on_progress raises it.
    """
    plan = plan_of(stack, profiles, hyperparameters, as_of, streams)
    tally = simulated(plan, on_progress=on_progress, streams=streams, threads=threads)
    return forecast_of(stack, profiles, plan, tally, as_of=as_of, data_hash=data_hash)


def compare_stacks(
    a: Stack,
    b: Stack,
    profiles_a: Mapping[str, ChurnProfile],
    profiles_b: Mapping[str, ChurnProfile],
    hyperparameters: Hyperparameters,
    *,
    as_of: date,
    data_hash: str = "",
    on_progress: OnProgress = ignore_progress,
    streams: StreamCache | None = None,
    threads: int = 1,
) -> Comparison:
    """Simulate two stacks over the same futures, both under the scenario of the first.

    A component of both meets the same fate in both, so differences are paired. Arguments and
    errors as of `forecast_stack`.
    """
    b = changed(b, scenario=a.scenario)
    plans = [
        plan_of(stack, profiles, hyperparameters, as_of, streams)
        for stack, profiles in ((a, profiles_a), (b, profiles_b))
    ]
    sides = []
    for place, (stack, profiles) in enumerate(((a, profiles_a), (b, profiles_b))):

        def halfway(share: float, text: str, place: int = place) -> None:
            on_progress((place + share) / 2.0, text)

        tally = simulated(plans[place], on_progress=halfway, streams=streams, threads=threads)
        forecast = forecast_of(
            stack, profiles, plans[place], tally, as_of=as_of, data_hash=data_hash
        )
        sides.append(Side(stack, forecast, tally))
    return compared(*sides)
