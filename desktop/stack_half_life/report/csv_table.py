"""Forecasts as one CSV table: a row per component and one for the whole, units in the heads."""

import csv
import io
from collections.abc import Sequence

from stack_half_life.domain.results import ComponentForecast, DayQuantiles, Forecast, TimeQuantiles
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.report.spreadsheet import inert

Cell = str | float | int | None

_HEAD = (
    "stack",
    "component",
    "profile",
    "matched",
    "layer",
    "cycle",
    "policy",
    "effort_low_days",
    "effort_likely_days",
    "effort_high_days",
    "first_rework_p10_years",
    "first_rework_p50_years",
    "first_rework_p90_years",
    "replacement_p10_years",
    "replacement_p50_years",
    "replacement_p90_years",
    "half_life_years",
    "expected_upgrades",
    "expected_replacements",
    "expected_forced_replacements",
    "expected_knock_ons",
    "unsupported_years",
    "cost_mean_days",
    "cost_p10_days",
    "cost_p50_days",
    "cost_p90_days",
    "as_of",
    "horizon_years",
    "futures",
    "seed",
    "model_version",
    "data_hash",
)

WHOLE = "(whole stack)"
"""What stands under `component` in the row of the whole stack."""


def forecasts_csv(assessed: Sequence[tuple[Stack, Forecast]]) -> str:
    """The table; a blank cell is a time not reached within the horizon, or nothing to say."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    for stack, forecast in assessed:
        run: tuple[Cell, ...] = (
            forecast.as_of.isoformat(),
            forecast.horizon_years,
            forecast.futures,
            forecast.seed,
            forecast.model_version,
            forecast.data_hash,
        )
        for place, figures in zip(stack.components, forecast.components, strict=True):
            writer.writerow(_safe((stack.name, *_component(place, figures), *run)))
        writer.writerow(_safe((stack.name, *_whole(forecast), *run)))
    return out.getvalue()


def _component(place: Component, figures: ComponentForecast) -> tuple[Cell, ...]:
    return (
        place.name,
        place.profile,
        "yes" if figures.matched else "no",
        place.layer.value,
        place.cycle,
        place.policy.value,
        place.effort_days.low,
        place.effort_days.likely,
        place.effort_days.high,
        *_times(figures.first_rework_years),
        *_times(figures.replacement_years),
        _number(figures.half_life_years),
        _number(figures.expected_upgrades),
        _number(figures.expected_replacements),
        _number(figures.expected_forced_replacements),
        _number(figures.expected_knock_ons),
        _number(figures.unsupported_years),
        *_days(figures.cost_days),
    )


def _whole(forecast: Forecast) -> tuple[Cell, ...]:
    blank: tuple[Cell, ...] = (None,)
    return (
        WHOLE,
        *blank * 14,
        _number(forecast.stack_half_life_years),
        _number(forecast.expected_upgrades),
        _number(forecast.expected_replacements),
        _number(forecast.expected_forced_replacements),
        _number(forecast.expected_knock_ons),
        _number(forecast.unsupported_component_years),
        *_days(forecast.total_cost_days),
    )


def _times(times: TimeQuantiles) -> tuple[Cell, ...]:
    return tuple(_number(value) for value in (times.p10, times.p50, times.p90))


def _days(costs: DayQuantiles) -> tuple[Cell, ...]:
    return tuple(_number(value) for value in (costs.mean, costs.p10, costs.p50, costs.p90))


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _safe(row: Sequence[Cell]) -> list[Cell]:
    return [inert(cell) if isinstance(cell, str) else cell for cell in row]
