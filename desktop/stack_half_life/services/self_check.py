"""The program's check of its own simulation, on the laws of shipped technologies."""

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.self_check import SelfCheck
from stack_half_life.forecast.backtest.folds import kept
from stack_half_life.forecast.fitting.clocks import breaking_case, cycle_case
from stack_half_life.forecast.fitting.gap_law import gap_laws
from stack_half_life.forecast.self_check import FUTURES, checked_clock, known_values
from stack_half_life.store.shipped import shipped_hyperparameters
from stack_half_life.store.shipped_histories import shipped_histories, shipped_until

_TECHNOLOGIES = 100
_HORIZON_YEARS = 5.0


def self_check(
    on_progress: OnProgress = ignore_progress,
    *,
    technologies: int = _TECHNOLOGIES,
    futures: int = FUTURES,
) -> SelfCheck:
    """Simulate release clocks of some hundred shipped technologies, uncoupled, and solve them."""
    histories, hyper = shipped_histories(), shipped_hyperparameters()
    as_of = shipped_until(histories)
    products = kept(histories)
    some = products[:: -(-len(products) // technologies)]
    cycle = gap_laws([cycle_case(p.cycles, p.category, hyper, as_of) for p in some], hyper.cycle)
    breaking = gap_laws(
        [breaking_case(p.cycles, p.category, hyper, as_of) for p in some], hyper.breaking
    )
    laws = [
        (product.product, clock, law)
        for clock, of_clock in (("release cycle", cycle), ("breaking cycle", breaking))
        for product, law in zip(some, of_clock, strict=True)
    ]
    checked = []
    for number, (name, clock, law) in enumerate(laws):
        on_progress(number / len(laws), name)
        checked.append(checked_clock(name, clock, law, _HORIZON_YEARS, futures))
    return SelfCheck(horizon_years=_HORIZON_YEARS, known=known_values(), clocks=tuple(checked))
