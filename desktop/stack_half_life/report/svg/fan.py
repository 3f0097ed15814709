"""Cumulative cost as a fan: where 50 % and 80 % of the futures run, and their median."""

from collections.abc import Sequence

from stack_half_life.domain.results import Forecast
from stack_half_life.report.figures import days, span
from stack_half_life.report.svg.element import Svg, band, element, figure, number, polyline
from stack_half_life.report.svg.scale import Scale, nice_ticks, time_ticks

WIDTH, HEIGHT = 1000.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 870.0, 14.0, 304.0
_LABEL_GAP = 17.0


def fan(identity: str, forecasts: Sequence[Forecast]) -> Svg:
    """One or two forecasts over the same time, in person-days."""
    horizon = max(forecast.horizon_years for forecast in forecasts)
    ticks = nice_ticks(max(f.cumulative_cost_days.p90[-1] for f in forecasts))
    x = Scale(0.0, horizon, _LEFT, _RIGHT)
    y = Scale(0.0, ticks[-1], _BOTTOM, _TOP)
    parts: list[str] = []
    for tick in ticks:
        height = number(y(tick))
        parts.append(element("path", d=f"M{_LEFT} {height}H{_RIGHT}", class_="grid"))
        parts.append(element("text", _tick(tick), x=_LEFT - 8, y=y(tick) + 4, class_="tick end"))
    for years, label in time_ticks(forecasts[0].as_of, horizon):
        parts.append(element("text", label, x=x(years), y=_BOTTOM + 22, class_="tick middle"))
    parts.append(element("path", d=f"M{_LEFT} {_BOTTOM}H{_RIGHT}", class_="axis"))
    for place, forecast in enumerate(forecasts):
        parts += _bands(forecast, x, y, f"series-{place}")
    parts += _end_labels(forecasts, y)
    names = " and ".join(f.stack_name for f in forecasts)
    return figure(
        identity,
        f"Cumulative rework of {names}",
        "Person-days spent by then: the median as a line, half of the futures in the darker band, "
        "80 % in the lighter one. " + " ".join(_described(forecast) for forecast in forecasts),
        WIDTH,
        HEIGHT,
        *parts,
    )


def _described(forecast: Forecast) -> str:
    at_end = forecast.cumulative_cost_days
    return (
        f"{forecast.stack_name} after {span(forecast.horizon_years)}: median "
        f"{days(at_end.p50[-1])}, P10 {days(at_end.p10[-1])}, P90 {days(at_end.p90[-1])}."
    )


def _bands(forecast: Forecast, x: Scale, y: Scale, series: str) -> list[Svg]:
    costs = forecast.cumulative_cost_days
    xs = [x(years) for years in forecast.grid_years]

    def curve(values: tuple[float, ...]) -> list[float]:
        return [y(value) for value in values]

    median = polyline(list(zip(xs, curve(costs.p50), strict=True)))
    outer = band(xs, curve(costs.p10), curve(costs.p90))
    inner = band(xs, curve(costs.p25), curve(costs.p75))
    return [
        element("path", d=outer, class_=f"band outer {series}"),
        element("path", d=inner, class_=f"band inner {series}"),
        element("path", d=median, class_=f"line {series}"),
    ]


def _end_labels(forecasts: Sequence[Forecast], y: Scale) -> list[Svg]:
    """The median at the end of each, moved apart where they would touch."""
    ends = sorted(
        (y(f.cumulative_cost_days.p50[-1]), place, f) for place, f in enumerate(forecasts)
    )
    labels = []
    lowest_free = 0.0
    for height, place, forecast in ends:
        height = max(height + 4, lowest_free)
        lowest_free = height + 2 * _LABEL_GAP
        name = f"{'AB'[place]}, median" if len(forecasts) > 1 else "Median"
        total = f"{days(forecast.cumulative_cost_days.p50[-1])} days"
        labels.append(
            element("text", name, x=_RIGHT + 10, y=height - 7, class_=f"label text series-{place}")
        )
        labels.append(
            element("text", total, x=_RIGHT + 10, y=height + 9, class_=f"label text series-{place}")
        )
    return labels


def _tick(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.3g}"
