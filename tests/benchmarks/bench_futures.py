"""How fast futures are simulated, as ratios in one run: python tests/benchmarks/bench_futures.py

20 components × 10,000 futures × 10 years, CPU time, best of some repetitions taken in turns; wall
time stands beside it, and ratios are of CPU time.
The floor is the time numpy needs to draw the same number of variates of the same kinds, with the
same bit generator and in blocks of the same size. The same model in simpy runs few futures (its
cost is linear in them). Simulation means drawing all courses and letting them reach each other;
forecast means all of it, from profiles to the summary. Threads share blocks of futures, of which
10,000 are one, so they are given twice as many.
"""

import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from made_futures import HYPER, TODAY, component, profile  # noqa: E402
from slow_futures import clock_of, life_of, times_of  # noqa: E402
from stack_half_life.domain.layers import Layer  # noqa: E402
from stack_half_life.domain.stack import Scenario, Stack  # noqa: E402
from stack_half_life.forecast.assembly import plan_of  # noqa: E402
from stack_half_life.forecast.laws import CycleSupport, EmpiricalPart, GapLaw  # noqa: E402
from stack_half_life.forecast.run import StreamCache, forecast_stack  # noqa: E402
from stack_half_life.forecast.simulation import variates as variates_module  # noqa: E402
from stack_half_life.forecast.simulation.clocks import (  # noqa: E402
    ComponentClocks,
    TechnologyClocks,
)
from stack_half_life.forecast.simulation.futures import FuturesPlan, courses_of  # noqa: E402
from stack_half_life.forecast.simulation.variates import LaneVariates, SlotVariates  # noqa: E402

COMPONENTS, FUTURES, YEARS = 20, 10_000, 10.0
REPEATS = int(sys.argv[1]) if len(sys.argv) > 1 else 5

GAPS = [180 + 17 * number for number in range(COMPONENTS)]
PROFILES = {f"c{number}": profile(f"t{number}", gap) for number, gap in enumerate(GAPS)}
LAYERS = list(Layer)


def made_stack(*, futures: int = FUTURES, components: int = COMPONENTS, coupled: bool) -> Stack:
    parts = tuple(
        component(f"c{number}", LAYERS[number % len(LAYERS)]) for number in range(components)
    )
    scenario = Scenario(horizon_years=YEARS, futures=futures)
    return Stack(components=parts, default_couplings=coupled, scenario=scenario)


class Seconds(NamedTuple):
    """CPU and wall time of a task."""

    cpu: float
    wall: float


def seconds_of(task: Callable[[], object]) -> Seconds:
    cpu, wall = time.process_time(), time.perf_counter()
    task()
    return Seconds(time.process_time() - cpu, time.perf_counter() - wall)


def simulate(plan: FuturesPlan) -> None:
    for block in plan.blocks():
        courses_of(plan, block, None)


def variates_drawn(plan: FuturesPlan) -> Counter[str]:
    """How many variates of each kind one simulation draws; those keyed by lane count as well."""
    counts: Counter[str] = Counter()
    originals = {}
    for source in (SlotVariates, LaneVariates):
        for kind in ("uniform", "normal", "normals", "exponential", "exponentials", "gamma"):
            original = originals[source, kind] = getattr(source, kind)

            def counted(self, lanes, *more, _kind=kind, _original=original):  # type: ignore[no-untyped-def]
                steps = more[0] if _kind.endswith("als") else 1
                counts[_kind.removesuffix("s")] += len(lanes) * steps
                return _original(self, lanes, *more)

            setattr(source, kind, counted)
    try:
        simulate(plan)
    finally:
        for (source, kind), original in originals.items():
            setattr(source, kind, original)
    return counts


def draw_the_same(counts: Counter[str], block: int = 8192) -> None:
    generator = variates_module.keyed_generator("floor")
    values, shapes = np.empty(block), 1.6
    draws: dict[str, Callable[[np.ndarray], object]] = {
        "uniform": lambda out: generator.random(out=out),
        "normal": lambda out: generator.standard_normal(out=out),
        "exponential": lambda out: generator.standard_exponential(out=out),
        "gamma": lambda out: generator.standard_gamma(shapes, out=out),
    }
    for kind, count in counts.items():
        for first in range(0, count, block):
            draws[kind](values[: min(block, count - first)])


def simpy_seconds(plan: FuturesPlan, futures: int = 20) -> Seconds:
    """Seconds of all futures, from a few in simpy: every release and move is an event there.

    Draws as in tests/slow_futures.py; NaN where simpy is not installed.
    """
    try:
        import simpy
    except ImportError:
        return Seconds(math.nan, math.nan)
    dice = random.Random(1)

    def ticks(env: Any, times: list[float]) -> Any:
        for time_of_event in times:
            yield env.timeout(max(time_of_event - env.now, 0.0))

    def slot(env: Any, clocks: ComponentClocks) -> Any:
        is_first = True
        while True:
            start, technology = env.now, clocks.now if is_first else clocks.successor
            for law in (technology.cycle, technology.breaking):
                times = times_of(clock_of(law, dice, clocks.speed), start, YEARS)
                env.process(ticks(env, times))
            life = life_of(clocks, start, 0.5, YEARS, dice, is_first=is_first)
            for when, *_ in life.events:
                yield env.timeout(max(when - env.now, 0.0))
            if not life.events or life.events[-1][1] != "replacement":
                return
            is_first = False

    def run() -> None:
        for _ in range(futures):
            env = simpy.Environment()
            for clocks in plan.slots.clocks:
                env.process(slot(env, without_curves(clocks)))
            env.run(until=YEARS)

    return Seconds(*(FUTURES / futures * seconds for seconds in seconds_of(run)))


def without_curves(clocks: ComponentClocks) -> ComponentClocks:
    """The clocks without pooled curves and curves of the gap under way, which plain draws lack."""

    def plain(law: GapLaw) -> GapLaw:
        parts = tuple(part for part in law.parts if not isinstance(part, EmpiricalPart))
        return GapLaw(parts, law.never, min(law.elapsed_days, 300.0))

    def of(technology: TechnologyClocks) -> TechnologyClocks:
        def cycle(known: CycleSupport | None) -> CycleSupport | None:
            return None if known is None else replace(known, remaining=plain(known.remaining))

        return replace(
            technology,
            cycle=plain(technology.cycle),
            breaking=plain(technology.breaking),
            support=replace(technology.support, duration=plain(technology.support.duration)),
            in_use=cycle(technology.in_use),
            newest=cycle(technology.newest),
        )

    return replace(clocks, now=of(clocks.now), successor=of(clocks.successor))


def best(tasks: dict[str, Callable[[], object]]) -> dict[str, Seconds]:
    times = {name: Seconds(math.inf, math.inf) for name in tasks}
    for _ in range(REPEATS):
        for name, task in tasks.items():
            pairs = zip(times[name], seconds_of(task), strict=True)
            times[name] = Seconds(*(min(pair) for pair in pairs))
    return times


def main() -> None:
    alone, coupled = made_stack(coupled=False), made_stack(coupled=True)
    plan = plan_of(alone, PROFILES, HYPER, TODAY)
    coupled_plan = plan_of(coupled, PROFILES, HYPER, TODAY)
    counts = variates_drawn(plan)
    streams = StreamCache()
    forecast_stack(alone, PROFILES, HYPER, as_of=TODAY, streams=streams)
    edits = iter(range(10_000))

    def forecast(some: Stack, streams: StreamCache | None = None, threads: int = 1) -> object:
        return forecast_stack(some, PROFILES, HYPER, as_of=TODAY, streams=streams, threads=threads)

    def edited() -> object:
        lag = 0.1 + next(edits) * 1e-6
        first = alone.components[0].model_copy(
            update={"policy": "latest", "upgrade_lag_years": lag}
        )
        parts = (first, *alone.components[1:])
        return forecast(alone.model_copy(update={"components": parts}), streams=streams)

    few, many = made_stack(futures=500, coupled=True), made_stack(futures=20_000, coupled=False)
    half = plan_of(made_stack(components=10, coupled=False), PROFILES, HYPER, TODAY)
    ten = replace(plan, futures=10 * FUTURES)
    times = best(
        {
            "floor": lambda: draw_the_same(counts),
            "alone": lambda: simulate(plan),
            "coupled": lambda: simulate(coupled_plan),
            "half the components": lambda: simulate(half),
            "forecast alone": lambda: forecast(alone),
            "forecast coupled": lambda: forecast(coupled),
            "edit": edited,
            "forecast of 500 futures": lambda: forecast(few),
            "twice the futures": lambda: forecast(many),
            "the same on 2 threads": lambda: forecast(many, threads=2),
        }
    )
    times["ten times the futures"] = seconds_of(lambda: simulate(ten))
    times["the same in simpy"] = simpy_seconds(plan)
    report(times, counts)


def report(times: dict[str, Seconds], counts: Counter[str]) -> None:
    lines = [f"variates: {sum(counts.values())} {dict(counts)}", f"{'CPU':>39}{'wall':>13}"]
    for name, (cpu, wall) in times.items():
        lines.append(f"{name:26}{1000 * cpu:10.1f} ms{1000 * wall:10.1f} ms")
    cpu_of = {name: seconds.cpu for name, seconds in times.items()}
    floor, alone = cpu_of["floor"], cpu_of["alone"]
    lines += [
        f"alone / floor             {alone / floor:6.2f}   (wanted 2.5, hard goal 1.7)",
        f"forecast alone / floor    {cpu_of['forecast alone'] / floor:6.2f}",
        "simpy / alone             not measured: simpy is not installed"
        if math.isnan(cpu_of["the same in simpy"])
        else f"simpy / alone             {cpu_of['the same in simpy'] / alone:6.0f}   (wanted 100)",
        f"coupled / alone           {cpu_of['coupled'] / alone:6.2f}   (wanted 8, hard goal 6)",
        f"edit / forecast alone     {cpu_of['edit'] / cpu_of['forecast alone']:6.2f}",
        f"10 × futures / alone      {cpu_of['ten times the futures'] / alone:6.2f}",
        f"half components / alone   {cpu_of['half the components'] / alone:6.2f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
