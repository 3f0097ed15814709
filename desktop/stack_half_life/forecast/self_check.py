"""The simulation held against the renewal equation, which draws no random numbers."""

import math
from collections.abc import Callable

import numpy as np

from stack_half_life.domain.self_check import CheckedClock, KnownValue
from stack_half_life.forecast.laws import GapLaw
from stack_half_life.forecast.renewal import FINE, Resolution, expected_events, renewal_function
from stack_half_life.forecast.simulation.event_streams import Stretch, event_stream
from stack_half_life.forecast.simulation.gaps import draw_gaps
from stack_half_life.forecast.simulation.law_table import law_table
from stack_half_life.forecast.simulation.variates import SlotVariates, bulk_variates
from stack_half_life.forecast.student import Floats

FUTURES = 20_000
_MORE_FUTURES = 320_000

_COARSE = Resolution(cells=200, variance_nodes=30, location_nodes=8)
"""Within a thousandth of `FINE` for the shipped laws, at a fortieth of the time."""

_WEIBULL = ((0.5, 0.5, 0.857901), (0.5, 4.0, 3.313380), (2.0, 1.0, 0.753691), (3.0, 4.0, 4.045339))


def known_values() -> tuple[KnownValue, ...]:
    """The solver on gaps whose expected number of events is known."""

    def weibull(shape: float) -> Callable[[Floats], Floats]:
        return lambda x: 1.0 - np.exp(-(x**shape))

    def erlang(x: Floats) -> Floats:
        return 1.0 - np.exp(-2.0 * x) * (1.0 + 2.0 * x)

    cases = [(f"Weibull {shape:g}", weibull(shape), t, known) for shape, t, known in _WEIBULL]
    cases.append(("exponential", weibull(1.0), 3.0, 3.0))
    cases += [("Erlang 2", erlang, t, t - 0.25 + 0.25 * math.exp(-4.0 * t)) for t in (0.5, 4.0)]
    return tuple(
        KnownValue(
            gaps=gaps,
            time=time,
            known=known,
            solved=float(renewal_function(distribution, time, 4000)[-1]),
            tolerance=3e-6,
        )
        for gaps, distribution, time, known in cases
    )


def checked_clock(
    technology: str, clock: str, law: GapLaw, horizon_years: float, futures: int = FUTURES
) -> CheckedClock:
    """Simulate one clock alone and solve it; one that lies outside is checked again, more finely.

    Of hundreds of right clocks one or two lie outside three standard errors by chance; of the
    second draw, of new numbers, this happens to one in a hundred thousand.
    """
    for attempt, (number, resolution) in enumerate(((futures, _COARSE), (_MORE_FUTURES, FINE))):
        variates = bulk_variates("self-check", technology, clock, attempt)
        mean, error = _simulated(law, horizon_years, number, variates)
        found = CheckedClock(
            technology=technology,
            clock=clock,
            solved_events=expected_events(law, horizon_years, resolution),
            simulated_events=mean,
            standard_error=error,
            futures=number,
            is_drawn_again=attempt > 0,
        )
        if found.agrees:
            break
    return found


def _simulated(
    law: GapLaw, horizon_years: float, n: int, variates: SlotVariates
) -> tuple[float, float]:
    """Mean and standard error of the number of events before the horizon."""
    until = np.full(n, horizon_years)
    clock = draw_gaps(law_table([law]), np.zeros(n, np.intp), variates, until, np.ones(1))
    stream = event_stream(clock, np.zeros(n), until, variates, [Stretch(0, n)])
    counts = stream.cursor(np.arange(n)).move_past(np.nextafter(until, 0.0))
    return float(counts.mean()), float(counts.std() / math.sqrt(n))
