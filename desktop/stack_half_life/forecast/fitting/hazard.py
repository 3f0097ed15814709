"""The gap under way by hazard regression: what its age and its technology's past say of each span.

The days from now are cut into spans.  P(no event in a span | none before) = exp(−exp(η) · days),
η linear in features of the span: the age the gap will have, alone and against the median of the
recent gaps, how even and how many those were, how many ended at about that age, the time of the
year and how many past events fell near it, the covariates, and the hazard that the gap law itself
gives (so that the regression corrects it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.hyperparameters import HazardHyperparameters
from stack_half_life.forecast.fitting.covariates import COVARIATES
from stack_half_life.forecast.fitting.gaps import GapTable
from stack_half_life.forecast.student import Floats

SPAN_EDGES_DAYS = np.array(
    [
        *range(0, 195, 15),
        *(200, 225, 250, 275, 300, 330, 350, 365, 380, 400, 430, 460, 500, 545, 590, 640),
        *(700, 730, 760, 820, 900, 1000, 1100, 1250, 1400, 1600, 1827),
    ],
    float,
)
"""Where spans begin and end, in days from now."""

_AGE_KNOTS_DAYS = (30, 60, 120, 180, 330, 400, 700, 1000, 2000)
_RATIO_KNOTS = (-1.5, -0.7, -0.3, -0.1, 0.1, 0.3, 0.7, 1.5)
_RECENT = 5
_OWN_GAPS = 8
_SEASON_EVENTS = 13
_SEASON_RECENCY = 0.85
_SEASON_WIDTH_DAYS = 20.0
_ABOUT = 0.2
"""Gaps within a factor of e^0.2 of each other are about as long."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Features of each case's spans: values (n, spans, features)."""

    names: tuple[str, ...]
    values: Floats


def span_features(table: GapTable, law_log_hazard: Floats) -> Spans:
    """All features; law_log_hazard: (n, spans), ln of the law's own hazard per day."""
    names: list[str] = []
    columns: list[Floats] = []
    middle = 0.5 * (SPAN_EDGES_DAYS[1:] + SPAN_EDGES_DAYS[:-1])
    age = np.log(table.elapsed_days[:, None] + middle[None, :])
    shape = age.shape

    def add(name: str, column: Floats) -> None:
        names.append(name)
        columns.append(np.broadcast_to(column, shape))

    def add_hinged(name: str, value: Floats, knots: Sequence[float], factor: Floats) -> None:
        add(name, value * factor)
        for knot in knots:
            add(f"{name}>{knot:g}", np.maximum(value - knot, 0.0) * factor)

    past = _recent_gaps(table)
    ones = np.ones((len(age), 1))
    for place, name in enumerate(COVARIATES):
        column = table.covariates[:, place, None]
        add(name, column)
        if name != "intercept":
            add(f"{name}·age", 0.3 * column * age)
            add(f"{name}·wait", 0.3 * column * middle[None, :] / 365.0)
    add_hinged("age", age, [float(np.log(days)) for days in _AGE_KNOTS_DAYS], ones)
    median = age - past.median
    add_hinged("median", median, _RATIO_KNOTS, past.some)
    add_hinged("median·even", median, _RATIO_KNOTS, past.some * past.even)
    add_hinged("median·few", median, _RATIO_KNOTS, past.some * past.few)
    own = _own_log_hazard(table, age) * past.some
    add("own", own)
    add("own·few", own * past.few)
    own_season = _own_log_season(table, middle) * past.several
    add("own_season", own_season)
    add("own_season·few", own_season * past.few)
    turn = 2.0 * np.pi / DAYS_PER_YEAR
    since = turn * (table.elapsed_days[:, None] + middle[None, :])
    season = table.covariates[:, COVARIATES.index("calendar_concentration"), None]
    add("anniversary", np.cos(since) * season)
    add("anniversary²", np.cos(since) * season**2)
    add("half_anniversary", np.cos(2.0 * since) * season)
    day = turn * (table.day_of_year[:, None] + middle[None, :])
    add("spring", np.cos(day))
    add("summer", np.sin(day))
    add("law", law_log_hazard)
    add("law·even", law_log_hazard * past.even)
    add("law·few", law_log_hazard * past.few)
    add("law>", np.maximum(law_log_hazard + 6.0, 0.0))
    return Spans(tuple(names), np.stack(columns, axis=2))


def log_hazard_of_law(survival_at_edges: Floats) -> Floats:
    """Log of a law's mean hazard per day in each span, (n, spans), from survival at the edges."""
    safe = np.maximum(survival_at_edges, 1e-12)
    passed = np.maximum(-np.diff(np.log(safe), axis=1), 1e-9)
    value: Floats = np.log(passed / np.diff(SPAN_EDGES_DAYS))
    return value


def survival_at_edges(spans: Spans, hyper: HazardHyperparameters) -> Floats:
    """P(no event until each edge), (n, edges)."""
    vector = np.array([hyper.coefficients.get(name, 0.0) for name in spans.names])
    per_day = np.exp(np.clip(spans.values @ vector, -16.0, 2.0))
    passed = np.cumsum(per_day * np.diff(SPAN_EDGES_DAYS), axis=1)
    survival: Floats = np.exp(-np.concatenate([np.zeros((len(passed), 1)), passed], axis=1))
    return survival


def _own_log_hazard(table: GapTable, age: Floats) -> Floats:
    """Log of the share that ended there of the recent gaps that got about so old, (n, spans)."""
    gaps = np.where(table.is_known, np.log(table.gaps_days), np.nan)[:, None, :_OWN_GAPS]
    distance = gaps - age[:, :, None]
    ended = (np.abs(distance) < _ABOUT).sum(axis=2)
    reached = (distance > -_ABOUT).sum(axis=2)
    value: Floats = np.log((ended + 0.3) / (reached + 1.0))
    return value


def _own_log_season(table: GapTable, wait_days: Floats) -> Floats:
    """Log of how much oftener than evenly past events fell near that day of the year, (n, spans).

    Events weigh .85^lag and count by a normal curve of 20 days; .3 of an event is added to both
    sides.  wait_days: (spans,) from the date.
    """
    past = np.where(table.is_known, table.gaps_days, np.nan)[:, : _SEASON_EVENTS - 1]
    ago = np.concatenate([np.zeros((len(past), 1)), np.cumsum(past, axis=1)], axis=1)
    ago = ago + table.elapsed_days[:, None]
    weight = np.where(np.isnan(ago), 0.0, _SEASON_RECENCY ** np.arange(ago.shape[1]))
    apart = (np.nan_to_num(ago)[:, None, :] + wait_days[None, :, None]) % DAYS_PER_YEAR
    apart = np.minimum(apart, DAYS_PER_YEAR - apart) / _SEASON_WIDTH_DAYS
    near = (weight[:, None, :] * np.exp(-0.5 * apart**2)).sum(axis=2)
    evenly = weight.sum(axis=1) * _SEASON_WIDTH_DAYS * np.sqrt(2.0 * np.pi) / DAYS_PER_YEAR
    value: Floats = np.log((near + 0.3) / (evenly[:, None] + 0.3))
    return value


@dataclass(frozen=True, slots=True)
class _RecentGaps:
    """Logs of recent gaps in days, and 0/1 or falling factors, each (n, 1)."""

    median: Floats
    even: Floats
    some: Floats
    several: Floats
    few: Floats


def _recent_gaps(table: GapTable) -> _RecentGaps:
    count = table.is_known.sum(axis=1)
    recent = np.where(table.is_known, np.log(table.gaps_days), np.nan)[:, :_RECENT]
    recent[count == 0, 0] = np.log(365.0)
    deviation = np.where(count > 1, np.nanstd(recent, axis=1), 0.6)
    figures: list[Any] = [
        np.nanmedian(recent, axis=1),
        np.exp(-deviation / 0.3),
        count >= 1,
        count >= 2,
        np.exp(-count / 3.0),
    ]
    return _RecentGaps(*(np.asarray(figure, float)[:, None] for figure in figures))
