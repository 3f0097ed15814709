"""How fast futures are simulated, as ratios in one run: python tests/benchmarks/bench_futures.py

20 components × 10,000 futures × 10 years, CPU time, best of some repetitions taken in turns.
The floor is the time numpy needs to draw the same number of variates of the same kinds, with the
same bit generator and in blocks of the same size. The same model in simpy runs few futures (its
cost is linear in them). Simulation means drawing all courses and letting them reach each other;
forecast means all of it, from profiles to the summary.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from made_futures import HYPER, TODAY, component, profile  # noqa: E402
from stack_half_life.domain.layers import Layer  # noqa: E402
from stack_half_life.domain.stack import Scenario, Stack  # noqa: E402
from stack_half_life.forecast.assembly import plan_of  # noqa: E402
from stack_half_life.forecast.run import StreamCache, forecast_stack  # noqa: E402
from stack_half_life.forecast.simulation import variates as variates_module  # noqa: E402
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


def cpu_seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


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


def best(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    times = {name: float("inf") for name in tasks}
    for _ in range(REPEATS):
        for name, task in tasks.items():
            times[name] = min(times[name], cpu_seconds(task))
    return times


def main() -> None:
    alone, coupled = made_stack(coupled=False), made_stack(coupled=True)
    plan = plan_of(alone, PROFILES, HYPER, TODAY)
    coupled_plan = plan_of(coupled, PROFILES, HYPER, TODAY)
    counts = variates_drawn(plan)
    streams = StreamCache()
    forecast_stack(alone, PROFILES, HYPER, as_of=TODAY, streams=streams)
    edits = iter(range(10_000))

    def forecast(some: Stack, streams: StreamCache | None = None) -> object:
        return forecast_stack(some, PROFILES, HYPER, as_of=TODAY, streams=streams)

    def edited() -> object:
        lag = 0.1 + next(edits) * 1e-6
        first = alone.components[0].model_copy(
            update={"policy": "latest", "upgrade_lag_years": lag}
        )
        parts = (first, *alone.components[1:])
        return forecast(alone.model_copy(update={"components": parts}), streams=streams)

    few = made_stack(futures=500, coupled=True)
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
        }
    )
    times["ten times the futures"] = cpu_seconds(lambda: simulate(ten))
    report(times, counts)


def report(times: dict[str, float], counts: Counter[str]) -> None:
    floor, alone = times["floor"], times["alone"]
    lines = [f"variates: {sum(counts.values())} {dict(counts)}"]
    lines += [f"{name:26} {1000 * seconds:9.1f} ms" for name, seconds in times.items()]
    lines += [
        f"alone / floor             {alone / floor:6.2f}   (wanted 2.5, hard goal 1.7)",
        f"forecast alone / floor    {times['forecast alone'] / floor:6.2f}",
        f"coupled / alone           {times['coupled'] / alone:6.2f}   (wanted 8, hard goal 6)",
        f"edit / forecast alone     {times['edit'] / times['forecast alone']:6.2f}",
        f"10 × futures / alone      {times['ten times the futures'] / alone:6.2f}",
        f"half components / alone   {times['half the components'] / alone:6.2f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
