"""What lies between a stack and its forecast: the plan, the blocks of futures, the summary."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import numpy as np

from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.caveats import caveats_of
from stack_half_life.forecast.component_clocks import clocks_of_stack
from stack_half_life.forecast.evidence_end import check_evidence_reaches
from stack_half_life.forecast.neighbours import layer_couplings
from stack_half_life.forecast.own_evidence import coverage_of, own_evidence
from stack_half_life.forecast.simulation.axes import Axes
from stack_half_life.forecast.simulation.futures import (
    FuturesPlan,
    empty_tally,
    simulate_block,
)
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.network import network_of
from stack_half_life.forecast.simulation.streams import StreamCache
from stack_half_life.forecast.simulation.summary import (
    component_forecast,
    cost_fan,
    crossing,
    quantiles_of_all,
    redone_share,
    year_costs,
)
from stack_half_life.forecast.simulation.tally import StackTally, futures_kept
from stack_half_life.forecast.simulation.tenancies import slots_of
from stack_half_life.forecast.simulation.timeline import Block
from stack_half_life.forecast.simulation.variates import BIT_GENERATOR, Floats

_WORDS = "simulating futures"

MODEL_VERSION = "15"
"""Changes whenever the same input may give another forecast."""


def plan_of(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    hyper: Hyperparameters,
    as_of: date,
    streams: StreamCache | None = None,
) -> FuturesPlan:
    """What is to be simulated for a stack.

    streams: keeps the clocks fitted, so that an edit of one component fits only that one anew.

    Raises:
        ForecastError: where the stack is empty, a profile is missing, a cycle is not known or the
            evidence ends long before the date.
    """
    if not stack.components:
        raise ForecastError(f"stack “{stack.name}” is empty: add at least one component")
    check_evidence_reaches(profiles.values(), as_of)
    clocks = clocks_of_stack(stack, profiles, hyper, as_of, streams or StreamCache())
    scenario = stack.scenario
    axes = Axes.of(scenario.horizon_years)
    return FuturesPlan(
        stack.components,
        slots_of(clocks),
        Pert.of(scenario.removal_is_replacement),
        network_of(
            stack.couplings,
            [component.name for component in stack.components],
            [one.key for one in clocks],
            scenario.seed,
            layer_couplings(stack, profiles),
        ),
        scenario.seed,
        scenario.futures,
        scenario.horizon_years,
        scenario.discount_rate_per_year,
        axes,
        futures_kept(scenario.futures, len(clocks), axes),
    )


def simulated(
    plan: FuturesPlan, *, on_progress: OnProgress, streams: StreamCache | None, threads: int
) -> StackTally:
    """Simulate all blocks of a plan and add them up in their order."""
    blocks = plan.blocks()
    total = empty_tally(plan)
    for done, tally in enumerate(_tallies(plan, blocks, streams, threads, on_progress), start=1):
        total.add(tally)
        on_progress(done / len(blocks), _WORDS)
    return total


def _tallies(
    plan: FuturesPlan,
    blocks: Sequence[Block],
    streams: StreamCache | None,
    threads: int,
    on_progress: OnProgress,
) -> Iterator[StackTally]:
    if threads <= 1 or len(blocks) == 1:
        for done, block in enumerate(blocks):
            step = partial(on_progress, done / len(blocks), _WORDS)
            yield simulate_block(plan, block, streams, step)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(simulate_block, plan, block, streams) for block in blocks]
        try:
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def forecast_of(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    plan: FuturesPlan,
    tally: StackTally,
    *,
    as_of: date,
    data_hash: str,
) -> Forecast:
    """The figures of a stack from its totals over the futures."""
    components = tuple(
        component_forecast(
            component,
            profile=profiles[component.name].key,
            matched=profiles[component.name].is_matched,
            cycle_in_use=in_use.cycle if in_use is not None else None,
            tally=one,
            n=tally.n,
        )
        for component, one in zip(stack.components, tally.components, strict=True)
        for in_use in (profiles[component.name].cycle_in_use(component, as_of),)
    )
    weights = _effort_weights(stack)
    redone = redone_share(tally, weights)
    grid = plan.axes.grid_years
    coverage, coverage_by_clock = coverage_of(
        [own_evidence(profiles[component.name], as_of) for component in stack.components], weights
    )
    return Forecast(
        stack_name=stack.name,
        as_of=as_of,
        horizon_years=plan.horizon_years,
        futures=tally.n,
        seed=plan.seed,
        model_version=MODEL_VERSION,
        data_hash=data_hash,
        bit_generator=BIT_GENERATOR,
        grid_years=tuple(grid.tolist()),
        components=components,
        total_cost_days=quantiles_of_all(np.concatenate(tally.totals)),
        total_present_days=quantiles_of_all(np.concatenate(tally.present_totals)),
        cumulative_cost_days=cost_fan(tally),
        cost_by_year_days=year_costs(tally),
        redone_share=tuple(redone.tolist()),
        stack_half_life_years=crossing(grid, redone, 0.5),
        coverage=coverage,
        coverage_by_clock=coverage_by_clock,
        unsupported_component_years=sum(one.unsupported_years for one in components),
        warnings=caveats_of(stack, profiles, as_of, futures_kept=plan.kept),
    )


def _effort_weights(stack: Stack) -> Floats:
    """[components] each component's part of the initial effort; equal parts where there is none."""
    efforts = np.array([component.effort_days.mean for component in stack.components])
    if efforts.sum() <= 0.0:
        efforts = np.ones(len(efforts))
    weights: Floats = efforts / efforts.sum()
    return weights
