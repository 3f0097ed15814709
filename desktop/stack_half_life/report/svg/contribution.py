"""Which components the rework comes from."""

from stack_half_life.domain.results import ComponentForecast, Forecast
from stack_half_life.report.figures import days, percent
from stack_half_life.report.svg.element import Svg, element, figure, number
from stack_half_life.report.svg.scale import Scale

WIDTH = 480.0
_LEFT, _RIGHT, _TOP, _ROW = 150.0, 380.0, 6.0, 24.0
_NAME_LETTERS = 20
_MOST_ROWS = 15


def contribution(identity: str, forecast: Forecast) -> Svg:
    """Expected person-days by component, the largest first, with P10–P90."""
    ranked = sorted(forecast.components, key=lambda c: -c.cost_days.mean)
    shown = ranked[:_MOST_ROWS]
    widest = max((max(c.cost_days.p90, c.cost_days.mean) for c in shown), default=0.0)
    x = Scale(0.0, widest, _LEFT, _RIGHT)
    parts: list[str] = []
    for place, component in enumerate(shown):
        parts += _row(component, forecast.total_cost_days.mean, x, _TOP + place * _ROW)
    height = _TOP + len(shown) * _ROW + 6
    if len(ranked) > len(shown):
        rest = sum(c.cost_days.mean for c in ranked[_MOST_ROWS:])
        more = len(ranked) - _MOST_ROWS
        told = f"{more} more component{'s' if more > 1 else ''}: {days(rest)} person-days"
        parts.append(element("text", told, x=0.0, y=height + 8, class_="small"))
        height += 18
    return figure(
        identity,
        f"Where the rework of {forecast.stack_name} comes from",
        "Expected person-days by component, largest first; the thin line spans P10 to P90.",
        WIDTH,
        height,
        *parts,
    )


def _row(component: ComponentForecast, total: float, x: Scale, top: float) -> list[Svg]:
    cost = component.cost_days
    name = component.name
    if len(name) > _NAME_LETTERS:
        name = name[: _NAME_LETTERS - 1] + "…"
    share = f" · {percent(cost.mean / total)}" if total > 0 else ""
    middle = top + _ROW / 2
    told = element(
        "title",
        f"{component.name}: mean {days(cost.mean)} person-days "
        f"(P10 {days(cost.p10)}, P90 {days(cost.p90)}){share}",
    )
    colour = f"fill layer-{component.layer.value}"
    whisker = f"M{number(x(cost.p10))} {number(middle)}H{number(x(cost.p90))}"
    return [
        element("text", name, x=0.0, y=middle + 4, class_="label"),
        element(
            "rect",
            told,
            x=_LEFT,
            y=top + 5,
            width=max(x(cost.mean) - _LEFT, 0.5),
            height=_ROW - 10,
            rx=1.5,
            class_=colour,
        ),
        element("path", d=whisker, class_="whisker"),
        element("text", f"{days(cost.mean)}{share}", x=_RIGHT + 12, y=middle + 4, class_="label"),
    ]
