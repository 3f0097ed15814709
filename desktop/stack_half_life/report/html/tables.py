"""The tables behind the charts: when, and what it costs."""

from stack_half_life.domain.results import ComponentForecast, Forecast
from stack_half_life.report.figures import beyond, count, days, span
from stack_half_life.report.html.marks import (
    ASSUMPTION,
    ESTIMATE,
    Column,
    Marked,
    Table,
    plain,
)
from stack_half_life.report.subject import Subject
from stack_half_life.report.svg.yearly import KINDS


def schedule(subject: Subject) -> Table:
    """When each component falls due."""
    horizon = subject.forecast.horizon_years
    rows = []
    for component in subject.forecast.components:
        cells = [_head(component), plain(component.layer.label)]
        for times in (component.first_rework_years, component.replacement_years):
            cells += [plain(beyond(value, horizon)) for value in (times.p10, times.p50, times.p90)]
        cells.append(plain(beyond(component.half_life_years, horizon)))
        rows.append(tuple(cells))
    return Table(
        f"When, in years from {subject.forecast.as_of}",
        (
            Column("Component", is_figure=False),
            Column("Layer", is_figure=False),
            Column("First rework P10", ESTIMATE),
            Column("median", ESTIMATE),
            Column("P90", ESTIMATE),
            Column("Replacement P10", ESTIMATE),
            Column("median", ESTIMATE),
            Column("P90", ESTIMATE),
            Column("Half-life", ESTIMATE),
        ),
        tuple(rows),
        f"“{beyond(None, horizon)}”: not reached by that share of futures within the horizon."
        + (
            " *: no evidence of its own."
            if any(not c.matched for c in subject.forecast.components)
            else ""
        ),
    )


def costs(subject: Subject) -> Table:
    """What each component costs."""
    forecast = subject.forecast
    total = forecast.total_cost_days
    rows = [
        (
            _head(c),
            plain(days(place.effort_days.mean)),
            *(plain(days(v)) for v in (c.cost_days.mean, c.cost_days.p10, c.cost_days.p90)),
            *(plain(days(c.cost_days_by_kind.get(kind, 0.0))) for kind in KINDS),
            *_events(c),
            plain(count(c.unsupported_years)),
        )
        for c, place in zip(forecast.components, subject.stack.components, strict=True)
    ]
    sums = [sum(c.cost_days_by_kind.get(kind, 0.0) for c in forecast.components) for kind in KINDS]
    rows.append(
        (
            plain("All"),
            plain(days(sum(place.effort_days.mean for place in subject.stack.components))),
            *(plain(days(v)) for v in (total.mean, total.p10, total.p90)),
            *(plain(days(v)) for v in sums),
            *_events(forecast),
            plain(count(forecast.unsupported_component_years)),
        )
    )
    return Table(
        f"What it costs over {span(forecast.horizon_years)}, in person-days",
        (
            Column("Component", is_figure=False),
            Column("Effort to build in", ASSUMPTION, more="mean of low, likely and high"),
            Column("Rework mean", ESTIMATE),
            Column("P10", ESTIMATE),
            Column("P90", ESTIMATE),
            *(Column(f"for {label.lower()}", ESTIMATE) for label in KINDS.values()),
            Column("Number of upgrades", ESTIMATE, more="expected"),
            Column("of replacements", ESTIMATE, more="expected number"),
            Column("of these forced", ESTIMATE, more="replacements because a neighbour changed"),
            Column("of knock-ons", ESTIMATE, more="expected number"),
            Column("Unsupported years", ESTIMATE),
        ),
        tuple(rows),
    )


def _events(of: ComponentForecast | Forecast) -> list[Marked]:
    numbers = (
        of.expected_upgrades,
        of.expected_replacements,
        of.expected_forced_replacements,
        of.expected_knock_ons,
    )
    return [plain(count(number)) for number in numbers]


def by_year(subject: Subject) -> Table:
    """Person-days of each year."""
    return Table(
        "Person-days by year",
        (
            Column("Year", is_figure=False),
            Column("Mean", ESTIMATE),
            Column("P10", ESTIMATE),
            Column("P90", ESTIMATE),
            *(Column(f"for {label.lower()}", ESTIMATE) for label in KINDS.values()),
        ),
        tuple(
            (
                plain(str(year.year)),
                *(plain(days(value)) for value in (year.mean, year.p10, year.p90)),
                *(plain(days(year.mean_by_kind.get(kind, 0.0))) for kind in KINDS),
            )
            for year in subject.forecast.cost_by_year_days
        ),
    )


def cumulative(subject: Subject) -> Table:
    """Person-days spent by the end of each year."""
    forecast = subject.forecast
    costs_by_then = forecast.cumulative_cost_days
    wanted = [*range(1, int(forecast.horizon_years) + 1), forecast.horizon_years]
    places = sorted({_nearest(forecast.grid_years, years) for years in wanted})
    return Table(
        "Person-days spent by then",
        (
            Column("Years", is_figure=False),
            Column("P10", ESTIMATE),
            Column("P25", ESTIMATE),
            Column("Median", ESTIMATE),
            Column("P75", ESTIMATE),
            Column("P90", ESTIMATE),
        ),
        tuple(
            (
                plain(f"{forecast.grid_years[k]:.3g}"),
                *(
                    plain(days(curve[k]))
                    for curve in (
                        costs_by_then.p10,
                        costs_by_then.p25,
                        costs_by_then.p50,
                        costs_by_then.p75,
                        costs_by_then.p90,
                    )
                ),
            )
            for k in places
        ),
    )


def _nearest(grid: tuple[float, ...], years: float) -> int:
    return min(range(len(grid)), key=lambda k: abs(grid[k] - years))


def _head(component: ComponentForecast) -> Marked:
    if component.matched:
        return plain(component.name)
    return plain(f"{component.name} *", "no evidence of its own")
