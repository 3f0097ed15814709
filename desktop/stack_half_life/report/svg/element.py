"""SVG elements with every text and attribute escaped."""

from html import escape


class Svg(str):
    """Markup that is already escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """What a template may insert as it stands."""
        return str(self)


def element(name: str, *children: str, **attributes: str | float) -> Svg:
    """One element; `class_` and `stroke_width` become `class` and `stroke-width`."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    inside = "".join(child if isinstance(child, Svg) else escape(child) for child in children)
    return Svg(f"<{name}{pairs}>{inside}</{name}>" if inside else f"<{name}{pairs}/>")


def figure(
    identity: str, title: str, description: str, width: float, height: float, *children: str
) -> Svg:
    """A chart with a title and a description for those who cannot see it.

    identity: unique within the page.
    """
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", description, id=f"{identity}-desc"),
        *children,
        id=identity,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
    )


def polyline(points: list[tuple[float, float]]) -> str:
    """Path data through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def band(xs: list[float], lows: list[float], highs: list[float]) -> str:
    """Path data of the area between two curves over the same x."""
    above = list(zip(xs, highs, strict=True))
    below = list(zip(xs, lows, strict=True))[::-1]
    return polyline(above + below) + "Z"


def number(value: float) -> str:
    """A coordinate to a tenth, without a needless point."""
    return f"{value:.1f}".removesuffix(".0")


def _attribute(value: str | float) -> str:
    return escape(value if isinstance(value, str) else number(value))
