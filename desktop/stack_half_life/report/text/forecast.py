"""A forecast as plain text."""

from stack_half_life.domain.results import ComponentForecast, Forecast, TimeQuantiles
from stack_half_life.domain.stack import Stack
from stack_half_life.report.assumptions import default_efforts, overrides_of, scenario_assumptions
from stack_half_life.report.figures import (
    NOT_REACHED,
    beyond,
    clock_coverage,
    count,
    days,
    in_years,
    money,
    money_range,
    percent,
    price,
    span,
    time_spread,
    with_errors,
    years,
)
from stack_half_life.report.text.table import fields, printable, shortened, table

_NAME = 28
_CYCLE = 16
_WHEN = ("Rework P10", "P50", "P90", "Repl. P10", "P50", "P90", "Half-life")
_LEAST_TOLD = 0.05
_NAMED = 6
_NOTES_SHOWN = 8


def forecast_text(stack: Stack, forecast: Forecast) -> str:
    """The whole answer: headline, when, what it costs, by year, what it assumes."""
    horizon = span(forecast.horizon_years)
    parts = [
        title(forecast),
        headline(stack, forecast),
        *_notes(forecast),
        f"When, in years from {forecast.as_of}\n\n{_when(forecast)}\n\n{_when_notes(forecast)}",
        f"What it costs, in person-days over {horizon}\n\n{_cost(stack, forecast)}",
        _cost_notes(forecast),
        f"By year, in person-days\n\n{_by_year(forecast)}",
        f"Assumptions\n\n{_assumptions(stack)}",
    ]
    return "\n\n".join(parts)


def _notes(forecast: Forecast) -> list[str]:
    if not forecast.warnings:
        return []
    lines = [f"Note: {printable(text)}" for text in forecast.warnings[:_NOTES_SHOWN]]
    if len(forecast.warnings) > _NOTES_SHOWN:
        lines.append(f"{len(forecast.warnings) - _NOTES_SHOWN} more notes: see --json.")
    return ["\n".join(lines)]


def title(forecast: Forecast) -> str:
    """What was forecast, from when, over how many futures."""
    return (
        f"{shortened(forecast.stack_name, 90)}\n"
        f"{_counted(len(forecast.components))} · {span(forecast.horizon_years)} from "
        f"{forecast.as_of} · {forecast.futures:,} futures · seed {forecast.seed}"
    )


def _counted(components: int) -> str:
    return "1 component" if components == 1 else f"{components} components"


def headline(stack: Stack, forecast: Forecast) -> str:
    """The figures that matter, each with how sure it is and what it rests on."""
    total, horizon = forecast.total_cost_days, forecast.horizon_years
    scenario = stack.scenario
    told = with_errors(total)
    rework = f"{told.p50} person-days (P10–P90 {told.p10} to {told.p90}; mean {told.mean})"
    present = forecast.total_present_days
    p10, p50, p90 = (v * scenario.day_rate for v in (present.p10, present.p50, present.p90))
    currency = scenario.currency
    in_money = (
        f"{money(p50, currency)} (P10–P90 {money_range(p10, p90, currency)})\n"
        f"at an assumed {price(scenario)}{_on_default_efforts(stack)}"
    )
    half_life = _or_not_reached(forecast.stack_half_life_years, horizon)
    unsupported = count(forecast.unsupported_component_years)
    return fields(
        [
            ("Total rework", rework),
            ("In money", in_money),
            ("Stack half-life", f"{half_life} (half of the initial integration effort redone)"),
            ("Falls first", _falls_first(forecast)),
            ("Unsupported", f"{unsupported} component-years expected on cycles without support"),
            ("Coverage", _coverage(forecast)),
        ]
    )


def _on_default_efforts(stack: Stack) -> str:
    told = default_efforts(stack)
    return f"\nresting on the {told}" if told else ""


def _or_not_reached(value: float | None, horizon_years: float) -> str:
    return f"{NOT_REACHED} within {span(horizon_years)}" if value is None else years(value)


def _falls_first(forecast: Forecast) -> str:
    first = forecast.first_to_fall
    if first is None:
        return f"nothing in half of the futures within {span(forecast.horizon_years)}"
    when = in_years(first.first_rework_years.p50)
    reach = time_spread(first.first_rework_years, forecast.horizon_years)
    return f"{shortened(first.name, _NAME)}, {when} ({reach})"


def _coverage(forecast: Forecast) -> str:
    text = (
        f"{percent(forecast.coverage)} of the effort rests on evidence of its own\n"
        f"by clock: {clock_coverage(forecast.coverage_by_clock)}"
    )
    unmatched = [c for c in forecast.components if not c.matched]
    if unmatched:
        text += f"\n{_counted(len(unmatched))} without, so the layer's reference class: "
        text += ", ".join(
            f"{shortened(c.name, _NAME)} ({c.layer.label})" for c in unmatched[:_NAMED]
        )
        text += " …" if unmatched[_NAMED:] else ""
    return text


def _marked(component: ComponentForecast) -> str:
    name = shortened(component.name, _NAME)
    return name if component.matched else f"{name} *"


def _when(forecast: Forecast) -> str:
    rows = [
        [
            _marked(c),
            _cycle(c),
            c.layer.label.split(" /")[0],
            *_times(c.first_rework_years, forecast.horizon_years),
            *_times(c.replacement_years, forecast.horizon_years),
            beyond(c.half_life_years, forecast.horizon_years),
        ]
        for c in forecast.components
    ]
    return table(
        ["Component", "Cycle", "Layer", *_WHEN],
        rows,
        align="lllrrrrrrr",
    )


def _cycle(component: ComponentForecast) -> str:
    """The release cycle it starts from, marked where it is assumed."""
    if component.cycle_in_use is None:
        return "–"
    mark = " †" if component.is_cycle_assumed else ""
    return f"{shortened(component.cycle_in_use, _CYCLE)}{mark}"


def _when_notes(forecast: Forecast) -> str:
    never = beyond(None, forecast.horizon_years)
    notes = [
        "Rework: first upgrade, replacement or knock-on. Repl.: replaced by another technology.",
        f"“{never}”: {NOT_REACHED} by that share of futures in the horizon.",
    ]
    if any(c.is_cycle_assumed for c in forecast.components):
        notes.append("†: the stack does not say which; assumed by the upgrade policy.")
    if any(not c.matched for c in forecast.components):
        notes.append("*: no evidence of its own; forecast from the reference class of its layer.")
    return "\n".join(notes)


def _times(times: TimeQuantiles, horizon_years: float) -> list[str]:
    return [beyond(value, horizon_years) for value in (times.p10, times.p50, times.p90)]


def _cost(stack: Stack, forecast: Forecast) -> str:
    rows = [
        [
            _marked(c),
            days(place.effort_days.mean),
            days(c.cost_days.mean),
            days(c.cost_days.p10),
            days(c.cost_days.p50),
            days(c.cost_days.p90),
            *_events(c),
            count(c.unsupported_years),
        ]
        for c, place in zip(forecast.components, stack.components, strict=True)
    ]
    total = forecast.total_cost_days
    rows.append(
        [
            "All",
            days(sum(place.effort_days.mean for place in stack.components)),
            *(days(value) for value in (total.mean, total.p10, total.p50, total.p90)),
            *_events(forecast),
            count(forecast.unsupported_component_years),
        ]
    )
    header = ["Component", "Effort", "Mean", "P10", "P50", "P90", "Upgrades", "Repl.", "Knock-ons"]
    return table([*header, "Unsupp. years"], rows, align="lrrrrrrrrr")


def _cost_notes(forecast: Forecast) -> str:
    notes = ["Knock-ons: adaptations because a neighbour changed."]
    if any(c.expected_forced_replacements >= _LEAST_TOLD for c in forecast.components):
        notes.insert(0, "Repl.: all replacements; in brackets those that a neighbour forced.")
    return "\n".join(notes)


def _events(of: ComponentForecast | Forecast) -> list[str]:
    replaced = count(of.expected_replacements)
    if of.expected_forced_replacements >= _LEAST_TOLD:
        replaced += f" ({count(of.expected_forced_replacements)})"
    return [count(of.expected_upgrades), replaced, count(of.expected_knock_ons)]


def _by_year(forecast: Forecast) -> str:
    rows = [
        [str(y.year), days(y.mean), days(y.p10), days(y.p90)] for y in forecast.cost_by_year_days
    ]
    return table(["Year", "Mean", "P10", "P90"], rows, align="lrrr")


def _assumptions(stack: Stack) -> str:
    rows = [
        [shortened(item.what, 50), shortened(item.value, 60), item.set_by]
        for item in (*scenario_assumptions(stack), *overrides_of(stack))
    ]
    return (
        table(["What", "Value", "Set by"], rows, align="lll")
        + "\n\nEffort: person-days to build the component in from nothing (mean of low / likely /"
        + "\nhigh). It and the shares of it that upgrades cost are assumptions of the stack file."
    )
