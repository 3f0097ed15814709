"""Cost by year, stacked by why the work falls due."""

from stack_half_life.domain.results import Forecast, ReworkKind, YearCost
from stack_half_life.report.figures import days
from stack_half_life.report.svg.element import Svg, element, figure, number
from stack_half_life.report.svg.scale import Scale, nice_ticks

WIDTH, HEIGHT = 480.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 472.0, 12.0, 268.0
_WIDEST_BAR = 46.0
_LABELS = 12

KINDS = {kind: kind.plural.capitalize() for kind in ReworkKind}
"""Order from the axis up, and the words of the legend."""


def yearly(identity: str, forecast: Forecast) -> Svg:
    """Expected person-days of each year by kind, with P10–P90 of the year's sum."""
    years = forecast.cost_by_year_days
    ticks = nice_ticks(max((max(y.p90, y.mean) for y in years), default=0.0))
    y = Scale(0.0, ticks[-1], _BOTTOM, _TOP)
    slot = (_RIGHT - _LEFT) / max(len(years), 1)
    parts: list[str] = []
    for tick in ticks:
        parts.append(element("path", d=f"M{_LEFT} {number(y(tick))}H{_RIGHT}", class_="grid"))
        parts.append(
            element("text", f"{tick:,.10g}", x=_LEFT - 8, y=y(tick) + 4, class_="tick end")
        )
    for place, year in enumerate(years):
        parts += _bar(year, _LEFT + slot * (place + 0.5), min(slot * 0.62, _WIDEST_BAR), y)
    every = -(-len(years) // _LABELS)
    for place in range(0, len(years), max(every, 1)):
        middle = _LEFT + slot * (place + 0.5)
        label = str(years[place].year)
        parts.append(element("text", label, x=middle, y=_BOTTOM + 20, class_="tick middle"))
    parts.append(element("path", d=f"M{_LEFT} {_BOTTOM}H{_RIGHT}", class_="axis"))
    return figure(
        identity,
        f"Rework of {forecast.stack_name} by year",
        "Expected person-days in each year from the forecast's date, stacked by upgrades, "
        "replacements and knock-ons; the thin line spans P10 to P90 of the year's sum.",
        WIDTH,
        HEIGHT,
        *parts,
    )


def _bar(year: YearCost, middle: float, width: float, y: Scale) -> list[Svg]:
    told = element(
        "title",
        f"Year {year.year}: mean {days(year.mean)} person-days "
        f"(P10 {days(year.p10)}, P90 {days(year.p90)}); "
        + ", ".join(
            f"{label.lower()} {days(year.mean_by_kind.get(kind, 0.0))}"
            for kind, label in KINDS.items()
        ),
    )
    parts: list[Svg] = []
    reached = 0.0
    for kind in KINDS:
        cost = year.mean_by_kind.get(kind, 0.0)
        top, foot = y(reached + cost), y(reached)
        reached += cost
        if foot - top > 0.05:
            parts.append(
                element(
                    "rect",
                    x=middle - width / 2,
                    y=top,
                    width=width,
                    height=foot - top,
                    class_=f"kind-{kind.value}",
                )
            )
    span = f"M{number(middle)} {number(y(year.p10))}V{number(y(year.p90))}"
    parts.append(element("path", d=span, class_="whisker"))
    return [element("g", told, *parts)]
