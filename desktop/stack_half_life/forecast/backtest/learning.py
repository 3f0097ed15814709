"""Fitting all hyper-parameters from histories: the same past forecasts that the backtest scores."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import (
    GapHyperparameters,
    Hyperparameters,
    SupportHyperparameters,
)
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.forecast.backtest.folds import Fold
from stack_half_life.forecast.backtest.release import (
    RELEASE_CLOCKS,
    ReleaseClock,
    case_table,
    known_spells,
    release_cases,
)
from stack_half_life.forecast.backtest.support import (
    SupportCase,
    known_support_spells,
    support_cases,
    support_origins,
)
from stack_half_life.forecast.backtest.targets import with_curve
from stack_half_life.forecast.fitting.covariates import COVARIATES, support_covariates
from stack_half_life.forecast.fitting.gap_law import law_spans
from stack_half_life.forecast.fitting.gaps import (
    GapTable,
    gap_table,
    law_figures,
)
from stack_half_life.forecast.fitting.hazard_fit import fit_hazard, sharpened
from stack_half_life.forecast.fitting.pooled import kaplan_meier, thinned
from stack_half_life.forecast.fitting.refit import (
    FitCases,
    neutral,
    product_weights,
    refit,
)
from stack_half_life.forecast.fitting.spread import with_spread
from stack_half_life.forecast.fitting.support import successor_counts
from stack_half_life.forecast.history import support_durations, support_ends_on
from stack_half_life.forecast.scores import Outcomes

CURVE_SHARE = 0.9
"""Weight of the hazard regression beside the gap law; .7 to 1 score alike in cross-validation."""

SLIP_TOLERANCE_DAYS = 7.0


def learnt(
    products: Sequence[ProductHistory],
    start: Hyperparameters,
    data_until: date,
    on_progress: OnProgress = ignore_progress,
) -> Hyperparameters:
    """All that release cycles teach: the release and support clocks, slips and successors."""
    any_cycle, breaking = RELEASE_CLOCKS
    return start.model_copy(
        update={
            "cycle": learnt_release_clock(
                products, any_cycle, start.cycle, data_until, _part(on_progress, 0.0, 0.4)
            ),
            "breaking": learnt_release_clock(
                products, breaking, start.breaking, data_until, _part(on_progress, 0.4, 0.8)
            ),
            "duration": learnt_duration_clock(
                products, start.duration, data_until, _part(on_progress, 0.8, 1.0)
            ),
            "support": learnt_support(products, start.support, data_until),
        }
    )


def relearnt(
    folds: Sequence[Fold], data_until: date, on_progress: OnProgress = ignore_progress
) -> tuple[Fold, ...]:
    """The folds, each with hyper-parameters learnt from its own pool alone."""
    parts = np.linspace(0.0, 1.0, len(folds) + 1)
    return tuple(
        replace(
            fold,
            hyper=learnt(
                fold.pool, fold.hyper, data_until, _part(on_progress, float(first), float(last))
            ),
        )
        for fold, first, last in zip(folds, parts[:-1], parts[1:], strict=True)
    )


def _part(on_progress: OnProgress, first: float, last: float) -> OnProgress:
    """Progress of a part that takes from `first` to `last` of the whole."""
    return lambda share, text: on_progress(first + (last - first) * share, text)


def learnt_release_clock(
    products: Sequence[ProductHistory],
    clock: ReleaseClock,
    start: GapHyperparameters,
    data_until: date,
    on_progress: OnProgress = ignore_progress,
) -> GapHyperparameters:
    """Hyper-parameters of a release clock from all products' past forecasts."""
    events = clock.events(products, data_until)
    cases = release_cases(events, data_until)
    outcomes = Outcomes(
        np.array([case.event_days for case in cases]),
        np.array([case.window_days for case in cases]),
        np.array([case.product for case in cases], np.intp),
    )
    curve = thinned(kaplan_meier(known_spells(events, data_until).equal))
    fit_cases = FitCases(case_table(cases, products, clock), outcomes, product_weights(outcomes))
    first = with_spread(
        with_curve(neutral(start), curve),
        [one.history(data_until).gaps_days for one in events],
    )
    law = _learnt(fit_cases, first, on_progress, is_spread_known=True)
    spans = law_spans(fit_cases.table, law_figures(fit_cases.table, law), law)
    regression = fit_hazard(spans, outcomes, fit_cases.weight, share=CURVE_SHARE)
    if clock.is_sharpened:
        regression = sharpened(regression, spans, outcomes, fit_cases.weight)
    return law.model_copy(update={"under_way": regression})


def learnt_duration_clock(
    products: Sequence[ProductHistory],
    start: GapHyperparameters,
    data_until: date,
    on_progress: OnProgress = ignore_progress,
) -> GapHyperparameters:
    """Hyper-parameters of support durations, each cycle as if its own end were not announced."""
    cases = support_cases(products, data_until)
    outcomes = Outcomes(
        np.array([case.event_days for case in cases]),
        np.array([case.window_days for case in cases]),
        np.array([case.product for case in cases], np.intp),
    )
    newest = max(support_origins())
    curve = thinned(kaplan_meier(known_support_spells(products, newest).equal))
    fit_cases = FitCases(_duration_table(cases), outcomes, product_weights(outcomes))
    return _learnt(fit_cases, with_curve(neutral(start), curve), on_progress)


def _learnt(
    cases: FitCases,
    start: GapHyperparameters,
    on_progress: OnProgress,
    *,
    is_spread_known: bool = False,
) -> GapHyperparameters:
    """The gap law that fits the cases, with their mean covariates as the typical ones."""
    law = refit(cases, start, is_spread_known=is_spread_known, on_progress=on_progress)
    means = cases.weight @ cases.table.covariates
    return law.model_copy(update={"typical": dict(zip(COVARIATES, means.tolist(), strict=True))})


def _duration_table(cases: Sequence[SupportCase]) -> GapTable:
    histories, covariates = [], []
    for case in cases:
        others = [cycle for cycle in case.listed if cycle is not case.cycle]
        durations = support_durations(others, case.origin, is_lts=case.cycle.is_lts)
        histories.append((durations, case.elapsed_days))
        covariates.append(
            support_covariates(
                case.listed, case.origin, is_lts=case.cycle.is_lts, durations=len(durations)
            )
        )
    return gap_table(histories, [case.origin for case in cases], covariates, [""] * len(cases))


def learnt_support(
    products: Sequence[ProductHistory], start: SupportHyperparameters, data_until: date
) -> SupportHyperparameters:
    """How announcements slip, and how many newer cycles usually end a cycle's support."""
    return _with_slip(
        start.model_copy(update={"successor_prior": _successor_prior(products, start, data_until)}),
        [c for c in support_cases(products, data_until) if c.cycle.support_ends_on is not None],
    )


def _successor_prior(
    products: Sequence[ProductHistory], start: SupportHyperparameters, data_until: date
) -> tuple[float, ...]:
    """Chances of k = 1, 2, … among ends that fell near a newer cycle, products equal."""
    chances = np.zeros(len(start.successor_prior))
    for product in products:
        hits = [
            count
            for is_lts in (False, True)
            for count, is_hit in successor_counts(product.cycles, start, data_until, is_lts=is_lts)
            if is_hit and count <= len(chances)
        ]
        for count in hits:
            chances[count - 1] += 1.0 / len(hits)
    total = float(chances.sum())
    return tuple((chances / total).tolist()) if total > 0.0 else start.successor_prior


def _with_slip(
    start: SupportHyperparameters, announced: Sequence[SupportCase]
) -> SupportHyperparameters:
    """Shares of announced ends, due in the window, that came later or earlier; products equal."""
    due = [
        (case, float((end - case.origin).days))
        for case in announced
        if (end := support_ends_on(case.cycle)) and (end - case.origin).days <= case.window_days
    ]
    if not due:
        return start
    product = np.array([case.product for case, _ in due], np.intp)
    weight = 1.0 / np.bincount(product)[product]
    weight = weight / weight.sum()
    promised = np.array([days for _, days in due])
    event = np.array([case.event_days for case, _ in due])
    window = np.array([case.window_days for case, _ in due])
    is_later = event > promised + SLIP_TOLERANCE_DAYS
    delay = np.minimum(event, window) - promised
    seen = float((weight * (is_later & (event <= window))).sum())
    return start.model_copy(
        update={
            "later_probability": float((weight * is_later).sum()),
            "later_mean_days": float((weight * is_later * delay).sum()) / max(seen, 1e-9),
            "earlier_probability": float((weight * (event < promised - SLIP_TOLERANCE_DAYS)).sum()),
        }
    )
