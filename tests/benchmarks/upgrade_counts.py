"""How many upgrades the class prior foresees for products it has not seen, and how many came.

    python tests/benchmarks/upgrade_counts.py [YEARS]

A product is taken up on its newest release cycle and moved whenever that loses support, to the
newest cycle out then, at most once a quarter: the policy *supported*, replayed on what happened in
the last five (or so many) years of the data.  Beside it stands what is forecast for a technology
of the same layer of which nothing is known; the pace of layers is learnt without the product's
fifth, the other hyper-parameters are those shipped.
"""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    ReleaseCycle,
    SupportState,
    Technology,
)
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Estimate3, Scenario, Stack
from stack_half_life.forecast.backtest.folds import cross_validated
from stack_half_life.forecast.backtest.reference_classes import (
    technology_tables,
    with_class_offsets,
)
from stack_half_life.forecast.backtest.targets import LONGEST_WAIT_DAYS
from stack_half_life.forecast.history import released_on, support_ends_on
from stack_half_life.forecast.run import forecast_stack
from stack_half_life.store.shipped import shipped_hyperparameters
from stack_half_life.store.shipped_histories import (
    shipped_histories,
    shipped_technologies,
    shipped_until,
)

FUTURES = 2000
REST = timedelta(days=91)
NEVER = Estimate3(low=0.0, likely=0.0, high=0.0)


def upgrades_seen(cycles: tuple[ReleaseCycle, ...], start: date, until: date) -> int | None:
    """Moves of a user on *supported*; None where nothing recent was out or an end is undated."""
    out = sorted(
        ((day, place) for place, one in enumerate(cycles) if (day := released_on(one))),
    )

    def newest(day: date) -> int:
        return max((released, place) for released, place in out if released <= day)[1]

    if not out or out[0][0] > start or (start - released_by(out, start)).days > LONGEST_WAIT_DAYS:
        return None
    in_use, ready, moves = newest(start), start, 0
    while True:
        end = support_ends_on(cycles[in_use])
        if end is None:
            ended = cycles[in_use].support is SupportState.ENDED_DATE_UNKNOWN
            return None if ended else moves
        coming = [day for day, _ in out if day > (released_on(cycles[in_use]) or start)]
        if not coming or max(end, ready, coming[0]) > until:
            return moves
        day = max(end, ready, coming[0])
        in_use, ready, moves = newest(day), day + REST, moves + 1


def released_by(out: list[tuple[date, int]], day: date) -> date:
    """The day of the newest release by then."""
    return max(released for released, _ in out if released <= day)


def upgrades_foreseen(layer: Layer, hyper: Hyperparameters, start: date, years: float) -> float:
    """Expected upgrades of a technology of the layer of which nothing is known."""
    evidence = Evidence(source="none", retrieved_on=start, confidence=Confidence.LOW)
    technology = Technology(
        key=layer.value,
        name=layer.label,
        layer=layer,
        generation=Generation.CLASSICAL,
        nature=Nature.SOFTWARE,
        evidence=evidence,
    )
    profile = ChurnProfile(technology=technology, reference_class=layer.value, is_matched=False)
    stack = Stack(
        components=(Component(name="unknown", profile=layer.value, layer=layer),),
        default_couplings=False,
        scenario=Scenario(horizon_years=years, futures=FUTURES, removal_is_replacement=NEVER),
    )
    forecast = forecast_stack(stack, {"unknown": profile}, hyper, as_of=start)
    return forecast.components[0].expected_upgrades


def without(
    hyper: Hyperparameters,
    technologies: tuple[ProductHistory, ...],
    left_out: set[str],
    until: date,
) -> Hyperparameters:
    """The hyper-parameters with the pace of layers learnt without some technologies."""
    tables = technology_tables([t for t in technologies if t.product not in left_out], until)
    return hyper.model_copy(
        update={
            "cycle": with_class_offsets(hyper.cycle, tables.cycle),
            "breaking": with_class_offsets(hyper.breaking, tables.breaking),
            "duration": with_class_offsets(hyper.duration, tables.duration),
        }
    )


def main(years: float) -> None:
    """Print observed and foreseen means by layer, with the standard error over products."""
    histories, technologies = shipped_histories(), shipped_technologies()
    until = shipped_until(histories)
    start = until - timedelta(days=round(years * DAYS_PER_YEAR))
    layer_of = {technology.product: Layer(technology.category) for technology in technologies}
    shipped = shipped_hyperparameters()
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for fold in cross_validated(histories, shipped):
        hyper = without(shipped, technologies, {p.product for p in fold.judged}, until)
        foreseen: dict[Layer, float] = {}
        for product in fold.judged:
            moves = upgrades_seen(product.cycles, start, until)
            layer = layer_of[product.product]
            if moves is None:
                continue
            if layer not in foreseen:
                foreseen[layer] = upgrades_foreseen(layer, hyper, start, years)
            seen[layer.label].append((moves, foreseen[layer]))
    print(f"upgrades on *supported* in {years:g} years to {until}\n")
    print(f"{'layer':32} {'n':>4} {'came':>6} {'± se':>6} {'P10':>4} {'P90':>4} {'foreseen':>9}")
    everything = [pair for pairs in seen.values() for pair in pairs]
    for name, pairs in [*sorted(seen.items()), ("all", everything)]:
        came = np.array([moves for moves, _ in pairs], float)
        error = came.std() / np.sqrt(len(came))
        low, high = np.quantile(came, (0.1, 0.9))
        print(
            f"{name:32} {len(came):4} {came.mean():6.2f} {error:6.2f} {low:4.0f} {high:4.0f} "
            f"{np.mean([mean for _, mean in pairs]):9.2f}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
