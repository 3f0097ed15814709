"""The law of the gap under way from histories and hyper-parameters; for one technology or many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.forecast.fitting.gaps import (
    GapTable,
    LawFigures,
    gap_table,
    law_figures,
    survival_of_gaps,
)
from stack_half_life.forecast.fitting.hazard import (
    SPAN_EDGES_DAYS,
    Spans,
    log_hazard_of_law,
    span_features,
    survival_at_edges,
)
from stack_half_life.forecast.laws import (
    EmpiricalPart,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    UnderWay,
)
from stack_half_life.forecast.student import Floats

_WEEKS_DAYS = np.arange(7.0, SPAN_EDGES_DAYS[-1], 7.0)
_LATER_DAYS = np.geomspace(SPAN_EDGES_DAYS[-1], 36_525.0, 60)


def gap_law(
    gaps_days: Sequence[float],
    elapsed_days: float,
    as_of: date,
    covariates: Floats,
    reference_class: str,
    hyper: GapHyperparameters,
) -> GapLaw:
    """The law from past gaps (newest last) and the days since the last."""
    table = gap_table([(gaps_days, elapsed_days)], [as_of], [covariates], [reference_class])
    figures = law_figures(table, hyper)
    lomax, pooled = float(figures.lomax_weight[0]), float(figures.pooled_weight[0])
    law = GapLaw(
        (
            LogStudentPart(
                1.0 - lomax - pooled,
                location=float(figures.location[0]),
                variance=float(figures.variance[0]),
                location_variance=float(figures.location_variance[0]),
                degrees=float(figures.degrees[0]),
            ),
            LomaxPart(lomax, float(figures.lomax_shape[0]), float(figures.lomax_scale_days[0])),
            EmpiricalPart(pooled, hyper.pooled_ages_days, hyper.pooled_survival),
        ),
        never=float(figures.never[0]),
        elapsed_days=float(table.elapsed_days[0]),
    )
    if hyper.under_way is None:
        return law
    edges = survival_at_edges(law_spans(table, figures, hyper), hyper.under_way)[0]
    return replace(law, under_way=_under_way(law, edges, hyper.under_way.share))


def survival_left(table: GapTable, hyper: GapHyperparameters, days: Floats) -> Floats:
    """P(no event within so many days | none in the days elapsed), (n, g).

    days: (g,), rising from 0.  What `GapLaw.survival` says of each row
    at whole weeks, up to the last of `SPAN_EDGES_DAYS`.
    """
    figures = law_figures(table, hyper)
    left = _by_law(table, figures, hyper, days)
    if hyper.under_way is None:
        return left
    curves = survival_at_edges(law_spans(table, figures, hyper), hyper.under_way)
    curve = np.array([np.interp(days, SPAN_EDGES_DAYS, row) for row in curves])
    return (1.0 - hyper.under_way.share) * left + hyper.under_way.share * curve


def law_spans(table: GapTable, figures: LawFigures, hyper: GapHyperparameters) -> Spans:
    """The features from which the hazard regression corrects the law."""
    left = _by_law(table, figures, hyper, SPAN_EDGES_DAYS)
    return span_features(table, log_hazard_of_law(left))


def _by_law(
    table: GapTable, figures: LawFigures, hyper: GapHyperparameters, days: Floats
) -> Floats:
    """The mixture alone, conditioned on the days elapsed, (n, g)."""
    pooled = EmpiricalPart(1.0, hyper.pooled_ages_days, hyper.pooled_survival)
    ages = table.elapsed_days[:, None] + days[None, :]
    survival = survival_of_gaps(figures, pooled.survival(ages), ages)
    return survival / np.maximum(survival[:, :1], 1e-300)


def _under_way(law: GapLaw, edges: Floats, share: float) -> UnderWay:
    """The curve in weekly steps up to the last edge, then as the mixture goes on from there."""
    last = SPAN_EDGES_DAYS[-1]
    weeks = np.interp(_WEEKS_DAYS, SPAN_EDGES_DAYS, edges)
    reached = max(float(law.mixture_left(np.array(last))), 1e-300)
    later = edges[-1] * law.mixture_left(_LATER_DAYS) / reached
    return UnderWay(
        share, (*_WEEKS_DAYS.tolist(), *_LATER_DAYS.tolist()), (*weeks.tolist(), *later.tolist())
    )
