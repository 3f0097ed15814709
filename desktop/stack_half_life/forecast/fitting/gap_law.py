"""The law of the gap under way from histories and hyper-parameters; for one technology or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    Part,
    UnderWay,
)
from stack_half_life.forecast.student import Floats

_WEEKS_DAYS = np.arange(7.0, SPAN_EDGES_DAYS[-1], 7.0)
_LATER_DAYS = np.geomspace(SPAN_EDGES_DAYS[-1], 36_525.0, 60)
_CURVE_DAYS = (*_WEEKS_DAYS.tolist(), *_LATER_DAYS.tolist())


@dataclass(frozen=True, slots=True)
class GapCase:
    """What a gap law is fitted to: a history, the age of its gap under way, and what else is known.

    gaps_days: newest last.  covariates: in the order of `COVARIATES`.
    """

    gaps_days: tuple[float, ...]
    elapsed_days: float
    as_of: date
    covariates: tuple[float, ...]
    reference_class: str


def gap_law(case: GapCase, hyper: GapHyperparameters) -> GapLaw:
    """The law of the gap under way."""
    return gap_laws([case], hyper)[0]


def gap_laws(cases: Sequence[GapCase], hyper: GapHyperparameters) -> list[GapLaw]:
    """The laws of many gaps under way; equal cases share one law."""
    distinct = list(dict.fromkeys(cases))
    if not distinct:
        return []
    table = gap_table(
        [(case.gaps_days, case.elapsed_days) for case in distinct],
        [case.as_of for case in distinct],
        [np.array(case.covariates) for case in distinct],
        [case.reference_class for case in distinct],
    )
    figures = law_figures(table, hyper)
    curves = _curves_under_way(table, figures, hyper)
    rows = {name: getattr(figures, name).tolist() for name in LawFigures.__slots__}
    laws = {
        case: GapLaw(
            _parts({name: values[row] for name, values in rows.items()}, hyper),
            never=rows["never"][row],
            elapsed_days=float(table.elapsed_days[row]),
            under_way=curves[row],
        )
        for row, case in enumerate(distinct)
    }
    return [laws[case] for case in cases]


def _parts(figures: Mapping[str, float], hyper: GapHyperparameters) -> tuple[Part, ...]:
    lomax, pooled = figures["lomax_weight"], figures["pooled_weight"]
    return (
        LogStudentPart(
            1.0 - lomax - pooled,
            location=figures["location"],
            variance=figures["variance"],
            location_variance=figures["location_variance"],
            degrees=figures["degrees"],
        ),
        LomaxPart(lomax, figures["lomax_shape"], figures["lomax_scale_days"]),
        EmpiricalPart(pooled, hyper.pooled_ages_days, hyper.pooled_survival),
    )


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


def _curves_under_way(
    table: GapTable, figures: LawFigures, hyper: GapHyperparameters
) -> Sequence[UnderWay | None]:
    """The hazard regression's curves in weekly steps up to the last edge, then as the law goes on.

    One for each row; None for each where there is no regression.
    """
    if hyper.under_way is None:
        return [None] * len(table.elapsed_days)
    left = _by_law(table, figures, hyper, np.concatenate([SPAN_EDGES_DAYS, _LATER_DAYS]))
    at_edges = left[:, : len(SPAN_EDGES_DAYS)]
    later = left[:, len(SPAN_EDGES_DAYS) :] / np.maximum(at_edges[:, -1:], 1e-300)
    edges = survival_at_edges(span_features(table, log_hazard_of_law(at_edges)), hyper.under_way)
    share = hyper.under_way.share
    return [
        UnderWay(
            share,
            _CURVE_DAYS,
            (*np.interp(_WEEKS_DAYS, SPAN_EDGES_DAYS, curve).tolist(), *after.tolist()),
        )
        for curve, after in zip(edges, edges[:, -1:] * later, strict=True)
    ]
