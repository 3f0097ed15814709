"""The first page: what a decision needs, in a few figures and sentences."""

from stack_half_life.domain.dates import years_between
from stack_half_life.report.assumptions import default_efforts
from stack_half_life.report.figures import (
    NOT_REACHED,
    clock_coverage,
    days,
    in_years,
    money_range,
    percent,
    price,
    span,
    time_spread,
    with_errors,
    years,
)
from stack_half_life.report.html.marks import Card, Marked, assumption, estimate, fact, plain
from stack_half_life.report.subject import Subject

_NAMED = 3
_ASSUMED = "Assumption: "


def cards(subject: Subject) -> tuple[Card, ...]:
    """Total rework, its price, half-life, what falls first, and how much evidence there is."""
    forecast, scenario = subject.forecast, subject.stack.scenario
    total, horizon = forecast.total_cost_days, span(forecast.horizon_years)
    told = with_errors(total)
    present = forecast.total_present_days
    low, middle, high = (v * scenario.day_rate for v in (present.p10, present.p50, present.p90))
    in_money = money_range(low, high, scenario.currency)
    half_life = forecast.stack_half_life_years
    defaults = default_efforts(subject.stack)
    return (
        Card(
            f"Rework, {horizon}",
            estimate(told.p50),
            (
                estimate(f"80 % range {told.p10} to {told.p90}"),
                estimate(f"mean {told.mean}"),
            ),
            "person-days",
        ),
        Card(
            "In money",
            estimate(days(middle)),
            (
                estimate(f"80 % range {in_money}"),
                assumption(f"at {price(scenario)}"),
                *([assumption(defaults)] if defaults else []),
            ),
            scenario.currency,
        ),
        Card(
            "Stack half-life",
            estimate(NOT_REACHED if half_life is None else years(half_life)),
            (
                plain(f"within {horizon}")
                if half_life is None
                else plain("until half of the initial integration effort is redone"),
            ),
        ),
        _falls_first(subject),
        _coverage(subject),
    )


def _falls_first(subject: Subject) -> Card:
    first, horizon = subject.forecast.first_to_fall, subject.forecast.horizon_years
    if first is None:
        nothing = f"in half of the futures within {span(horizon)}"
        return Card("Falls first", estimate("nothing"), (plain(nothing),))
    median = in_years(first.first_rework_years.p50)
    reach = time_spread(first.first_rework_years, horizon)
    return Card(
        "Falls first",
        plain(first.name),
        (estimate(f"first rework {median}"), estimate(reach)),
    )


def _coverage(subject: Subject) -> Card:
    unmatched = sum(not c.matched for c in subject.forecast.components)
    known = len(subject.forecast.components) - unmatched
    return Card(
        "Evidence",
        estimate(percent(subject.forecast.coverage)),
        (
            plain("of the effort rests on evidence of its own"),
            estimate(clock_coverage(subject.forecast.coverage_by_clock)),
            fact(f"{known} of {known + unmatched} components known"),
        ),
    )


def points(subject: Subject) -> tuple[tuple[Marked, ...], ...]:
    """Sentences for those who read no further."""
    found = [_dearest(subject), _announced(subject), _unsupported(subject)]
    return tuple(sentence for sentence in found if sentence)


def _dearest(subject: Subject) -> tuple[Marked, ...]:
    total = subject.forecast.total_cost_days.mean
    if total <= 0:
        return ()
    ranked = subject.by_cost()[:_NAMED]
    share = sum(c.cost_days.mean for c in ranked) / total
    names = _listed([c.name for c in ranked])
    return (
        plain(f"{names} bring{'s' if len(ranked) == 1 else ''}"),
        estimate(percent(share)),
        plain("of the expected rework."),
    )


def _announced(subject: Subject) -> tuple[Marked, ...]:
    forecast = subject.forecast
    ends = sorted(
        (day, name)
        for name, day in subject.announced_ends().items()
        if years_between(forecast.as_of, day) <= forecast.horizon_years
    )
    if not ends:
        return ()
    day, name = ends[0]
    cycle = subject.cycle_in_use(subject.stack.component(name))
    assert cycle is not None
    return (
        fact(f"{len(ends)} of the release cycles in use"),
        plain("reach an announced end of support within the horizon; the first is"),
        fact(f"{name} {cycle.cycle} on {cycle.support_ends_on}", _told(day.isoformat())),
        plain("(announced dates slip at times)."),
    )


def _told(day: str) -> str:
    return f"taken as {day}"


def _unsupported(subject: Subject) -> tuple[Marked, ...]:
    exposed = subject.forecast.unsupported_component_years
    if exposed < 0.05:
        return ()
    worst = max(subject.forecast.components, key=lambda c: c.unsupported_years)
    return (
        plain("Expect"),
        estimate(f"{exposed:.1f} component-years"),
        plain("on release cycles without support, most of it in"),
        plain(f"{worst.name}"),
        estimate(f"({worst.unsupported_years:.1f} years)."),
    )


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def notes(subject: Subject) -> tuple[Marked, ...]:
    """What the forecast itself warns of; what it calls an assumption is marked as one."""
    found = []
    for warning in subject.forecast.warnings:
        text = warning.removeprefix(_ASSUMED)
        names_come_first = ": " in text
        sentence = text if names_come_first else text[:1].upper() + text[1:]
        found.append(plain(text) if text == warning else assumption(sentence))
    return tuple(found)
