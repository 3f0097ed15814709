"""What B costs more or less than A, over the same futures."""

from stack_half_life.domain.results import Comparison
from stack_half_life.report.figures import days
from stack_half_life.report.svg.element import Svg, element, figure, number
from stack_half_life.report.svg.scale import Scale, nice_ticks

WIDTH, HEIGHT = 1000.0, 96.0
_LEFT, _RIGHT, _MIDDLE, _AXIS = 20.0, 980.0, 32.0, 62.0


def difference(identity: str, comparison: Comparison) -> Svg:
    """The paired difference B − A in person-days: P10–P90 as a bar, median as a tick."""
    spread = comparison.difference_days
    ticks = nice_ticks(max(abs(spread.p10), abs(spread.p90)), about=3)
    x = Scale(-ticks[-1], ticks[-1], _LEFT, _RIGHT)
    parts: list[str] = []
    for tick in sorted({-tick for tick in ticks} | set(ticks)):
        place = x(tick)
        name = "axis" if tick == 0 else "grid"
        parts.append(element("path", d=f"M{number(place)} 8V{_AXIS}", class_=name))
        parts.append(
            element(
                "text",
                f"{tick:+,.3g}".replace("-", "−") if tick else "0",
                x=place,
                y=80.0,
                class_="tick middle",
            )
        )
    for words, place, side in (
        ("◂ B cheaper", x(0.0) - 10, "end"),
        ("A cheaper ▸", x(0.0) + 10, "start"),
    ):
        parts.append(element("text", words, x=place, y=94.0, class_=f"small {side}"))
    for low, high, series in (
        (min(spread.p10, 0.0), min(spread.p90, 0.0), "series-1"),
        (max(spread.p10, 0.0), max(spread.p90, 0.0), "series-0"),
    ):
        if high > low:
            parts.append(
                element(
                    "rect",
                    x=x(low),
                    y=_MIDDLE - 11,
                    width=x(high) - x(low),
                    height=22.0,
                    class_=f"fill soft {series}",
                )
            )
    median = number(x(spread.p50))
    parts.append(element("path", d=f"M{median} {_MIDDLE - 15}V{_MIDDLE + 15}", class_="median"))
    return figure(
        identity,
        "What B costs more than A",
        f"B minus A in person-days: P10 {days(spread.p10)}, median {days(spread.p50)}, "
        f"P90 {days(spread.p90)}; below zero B is cheaper.",
        WIDTH,
        HEIGHT + 4,
        *parts,
    )
