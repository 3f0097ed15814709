"""When each component falls due: one row each, fading as fewer futures still have it."""

from collections.abc import Mapping
from datetime import date

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.results import ComponentForecast, EventWindow, Forecast
from stack_half_life.report.figures import NOT_REACHED, beyond, percent, span
from stack_half_life.report.svg.element import Svg, element, figure, number
from stack_half_life.report.svg.scale import Scale, time_ticks

WIDTH = 1000.0
_LEFT, _RIGHT, _TOP, _ROW, _FOOT = 210.0, 985.0, 10.0, 46.0, 34.0
_BAR = 18.0
_NAME_LETTERS = 27
_FAINTEST = 0.08
_SHOWN_UPGRADES = 12
_SHOWN_REPLACEMENTS = 4


def timeline(identity: str, forecast: Forecast, ends: Mapping[str, date]) -> Svg:
    """The timeline of a forecast.

    ends: announced ends of support of the cycles in use, by component name (facts).
    """
    x = Scale(0.0, forecast.horizon_years, _LEFT, _RIGHT)
    bottom = _TOP + _ROW * len(forecast.components)
    parts: list[str] = [*_axis(forecast, x, bottom)]
    for place, component in enumerate(forecast.components):
        end = ends.get(component.name)
        in_years = years_between(forecast.as_of, end) if end is not None else None
        parts += _row(f"{identity}-{place}", component, forecast, x, _TOP + _ROW * place, in_years)
    return figure(
        identity,
        f"When the parts of {forecast.stack_name} fall due",
        "One row per component. The bar fades as fewer futures still have the component in place; "
        "dots mark the medians of its upgrades, the line around the first its P10 to P90, diamonds "
        "announced ends of support. "
        "The same figures stand in the table below.",
        WIDTH,
        bottom + _FOOT,
        *parts,
    )


def _axis(forecast: Forecast, x: Scale, bottom: float) -> list[Svg]:
    lines = []
    for years, label in time_ticks(forecast.as_of, forecast.horizon_years):
        place = x(years)
        lines.append(element("path", d=f"M{number(place)} {_TOP}V{number(bottom)}", class_="grid"))
        lines.append(element("text", label, x=place, y=bottom + 20, class_="tick middle"))
    lines.append(element("path", d=f"M{_LEFT} {_TOP}V{number(bottom)}", class_="axis"))
    return lines


def _row(
    identity: str,
    component: ComponentForecast,
    forecast: Forecast,
    x: Scale,
    top: float,
    end_in_years: float | None,
) -> list[Svg]:
    colour = f"layer-{component.layer.value}"
    name = component.name if component.matched else f"{component.name} *"
    if len(name) > _NAME_LETTERS:
        name = name[: _NAME_LETTERS - 1] + "…"
    middle = top + 6 + _BAR / 2
    parts = [
        element("rect", x=0.0, y=top + 6, width=4.0, height=30.0, rx=2.0, class_=f"fill {colour}"),
        element("text", name, x=12.0, y=top + 20, class_="label"),
        element("text", component.layer.label, x=12.0, y=top + 35, class_="small"),
        _in_place(identity, component, forecast, top + 6, colour),
    ]
    for window in component.replacements[:_SHOWN_REPLACEMENTS]:
        parts += _replacement(window, x, top)
    for window in component.upgrades[:_SHOWN_UPGRADES]:
        parts += _upgrade(window, x, top + 6 + _BAR + 7, colour, forecast.horizon_years)
    if end_in_years is not None and 0 <= end_in_years <= forecast.horizon_years:
        parts.append(_announced(x(end_in_years), middle, end_in_years))
    return parts


def _in_place(
    identity: str,
    component: ComponentForecast,
    forecast: Forecast,
    top: float,
    colour: str,
) -> Svg:
    """The bar: its opacity is the share of futures in which the component was never replaced."""
    stops = [
        element(
            "stop",
            offset=f"{100 * years / forecast.horizon_years:.2f}%",
            stop_opacity=f"{max(share, _FAINTEST):.3f}",
            class_=f"stop {colour}",
        )
        for years, share in _thinned(forecast.grid_years, component.in_place_share)
    ]
    gradient = element("linearGradient", *stops, id=f"{identity}-fade")
    half = beyond(component.half_life_years, forecast.horizon_years)
    told = element(
        "title",
        f"{component.name}: {percent(component.in_place_share[-1])} of futures still have it after "
        f"{span(forecast.horizon_years)}; half-life {half} years",
    )
    bar = element(
        "rect",
        told,
        x=_LEFT,
        y=top,
        width=_RIGHT - _LEFT,
        height=_BAR,
        rx=2.0,
        fill=f"url(#{identity}-fade)",
    )
    return element("g", element("defs", gradient), bar)


def _thinned(
    years: tuple[float, ...], shares: tuple[float, ...], most: int = 40
) -> list[tuple[float, float]]:
    pairs = list(zip(years, shares, strict=True))
    step = max(1, -(-len(pairs) // most))
    return pairs[::step] + ([pairs[-1]] if (len(pairs) - 1) % step else [])


def _replacement(window: EventWindow, x: Scale, top: float) -> list[Svg]:
    if window.years.p50 is None:
        return []
    place = number(x(window.years.p50))
    told = element("title", f"replacement {window.number}: median in {window.years.p50:.1f} years")
    path = f"M{place} {number(top + 2)}V{number(top + 10 + _BAR)}"
    return [element("path", told, d=path, class_="median")]


def _upgrade(window: EventWindow, x: Scale, y: float, colour: str, horizon: float) -> list[Svg]:
    low, middle, high = window.years.p10, window.years.p50, window.years.p90
    if low is None:
        return []
    told = element(
        "title",
        f"upgrade {window.number}: in {percent(window.reached_share)} of futures, "
        f"P10 {low:.1f}, median {NOT_REACHED if middle is None else f'{middle:.1f}'}, "
        f"P90 {beyond(high, horizon)} years",
    )
    parts = []
    if window.number == 1:
        start, end = x(low), x(horizon if high is None else high)
        parts.append(
            element(
                "rect",
                told,
                x=start,
                y=y - 2.0,
                width=max(end - start, 1.0),
                height=4.0,
                rx=2.0,
                opacity=0.4,
                class_=f"fill {colour}",
            )
        )
    if middle is not None:
        fainter = f"{max(1.0 - 0.08 * (window.number - 1), 0.3):.2f}"
        dot = f"fill dot {colour}"
        parts.append(
            element("circle", told, cx=x(middle), cy=y, r=3.5, opacity=fainter, class_=dot)
        )
    return parts


def _announced(x: float, y: float, years: float) -> Svg:
    told = element("title", f"announced end of support in {years:.1f} years (fact)")
    path = f"M{number(x)} {number(y - 7)}l7 7l-7 7l-7 -7Z"
    return element("path", told, d=path, class_="fact-mark")
