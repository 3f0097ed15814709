"""What B costs more or less than A, over the same futures."""

from stack_half_life.domain.results import Comparison, Histogram
from stack_half_life.report.figures import days
from stack_half_life.report.svg.element import Svg, element, figure, number
from stack_half_life.report.svg.scale import Scale, nice_ticks

WIDTH = 1000.0
_LEFT, _RIGHT = 40.0, 960.0
_HILL_TOP, _HILL_FOOT = 8.0, 100.0
_BAR, _AXIS = 118.0, 136.0


def difference(identity: str, comparison: Comparison) -> Svg:
    """The paired difference B − A in person-days: its distribution, P10–P90 and median."""
    spread, hill = comparison.difference_days, comparison.distribution
    ticks = nice_ticks(_reach(comparison), about=3)
    x = Scale(-ticks[-1], ticks[-1], _LEFT, _RIGHT)
    parts: list[str] = []
    for tick in sorted({-tick for tick in ticks} | set(ticks)):
        place, label = x(tick), f"{tick:+,.10g}".replace("-", "−") if tick else "0"
        line = f"M{number(place)} {_HILL_TOP}V{_AXIS}"
        parts.append(element("path", d=line, class_="grid" if tick else "axis"))
        parts.append(element("text", label, x=place, y=_AXIS + 18, class_="tick middle"))
    if hill is not None:
        parts += _hill(hill, x)
    parts += _span(spread.p10, spread.p90, x)
    median = number(x(spread.p50))
    parts.append(element("path", d=f"M{median} {_BAR - 11}V{_BAR + 11}", class_="median"))
    for words, place, side in (
        ("◂ B cheaper", x(0.0) - 10, "end"),
        ("A cheaper ▸", x(0.0) + 10, "start"),
    ):
        parts.append(element("text", words, x=place, y=_AXIS + 34, class_=f"small {side}"))
    return figure(
        identity,
        "What B costs more than A",
        f"B minus A in person-days: P10 {days(spread.p10)}, median {days(spread.p50)}, "
        f"P90 {days(spread.p90)}; below zero B is cheaper.",
        WIDTH,
        _AXIS + 42,
        *parts,
    )


def _reach(comparison: Comparison) -> float:
    spread, hill = comparison.difference_days, comparison.distribution
    ends = [abs(spread.p10), abs(spread.p90)]
    if hill is not None:
        most = max(hill.shares, default=0.0)
        seen = [k for k, share in enumerate(hill.shares) if share > 0.02 * most]
        ends += [abs(hill.edges_days[k + side]) for k in seen for side in (0, 1)]
    return max(ends)


def _hill(hill: Histogram, x: Scale) -> list[Svg]:
    """Bars whose heights are shares of futures; those beyond the scale are left out."""
    most = max(hill.shares, default=0.0)
    parts = []
    for low, high, share in zip(hill.edges_days, hill.edges_days[1:], hill.shares, strict=False):
        if share > 0.0 and -x.high <= low < high <= x.high:
            height = (_HILL_FOOT - _HILL_TOP) * share / most
            parts += _by_side(low, high, x, _HILL_FOOT - height, height, "fill soft")
    return parts


def _span(low: float, high: float, x: Scale) -> list[Svg]:
    return _by_side(low, high, x, _BAR - 6, 12.0, "fill")


def _by_side(low: float, high: float, x: Scale, top: float, height: float, style: str) -> list[Svg]:
    """A bar from low to high, parted at zero: B's colour below it, A's above."""
    return [
        element(
            "rect",
            x=x(start),
            y=top,
            width=x(end) - x(start),
            height=height,
            class_=f"{style} {series}",
        )
        for start, end, series in (
            (min(low, 0.0), min(high, 0.0), "series-1"),
            (max(low, 0.0), max(high, 0.0), "series-0"),
        )
        if end > start
    ]
