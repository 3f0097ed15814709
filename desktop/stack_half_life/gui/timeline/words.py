"""A timeline row in words, for the pointer and for screen readers."""

from html import escape

from stack_half_life.domain.results import EventWindow
from stack_half_life.gui import numbers
from stack_half_life.gui.inspector.overrides import in_words
from stack_half_life.gui.timeline.rows import TimelineRow


def tooltip(row: TimelineRow, horizon_years: float) -> str:
    """The row's figures as rich text."""
    title = escape(f"{row.name} {row.cycle}".strip())
    lines = [f"<b>{title}</b> · {escape(row.layer.label)}"]
    return "<br>".join([*lines, *(escape(line) for line in summary(row, horizon_years))])


def unsupported(row: TimelineRow) -> str:
    """Since when the cycle in use has been unsupported; empty while it is supported."""
    if not row.is_unsupported:
        return ""
    if row.ended is None:
        return "unsupported already"
    when = row.ended.when
    is_whole_year = "-" not in when.text
    return f"unsupported since {when if is_whole_year else numbers.month(when.midpoint)}"


def summary(row: TimelineRow, horizon_years: float) -> list[str]:
    """The row's figures, one sentence each."""
    lines = [f"{row.cycle} is {unsupported(row)}"] if row.is_unsupported else []
    lines += [
        _window("Next upgrade", row.upgrades, horizon_years),
        _in_place(row, horizon_years),
        _window("Replacement", row.replacements, horizon_years),
    ]
    if row.first_rework_years is not None:
        lines.append(
            f"First rework, adaptations to neighbours among it: median "
            f"{numbers.years(row.first_rework_years)}"
        )
    end = row.announced_end
    if end is not None:
        lines.append(f"Support of {end.cycle} is announced to end {end.when}")
    if row.releases:
        newest = row.releases[-1]
        lines.append(f"Newest cycle {newest.cycle}, released {newest.when}")
    lines += [in_words(each) for each in row.overrides]
    if not row.matched:
        lines.append("No evidence of its own: forecast from its layer's reference class")
    return lines


def _in_place(row: TimelineRow, horizon_years: float) -> str:
    share = numbers.percent(row.in_place[-1][1])
    years = numbers.plain(round(horizon_years, 2))
    return f"Thick bar: still in place, after {years} years in {share} of futures"


def _window(what: str, windows: tuple[EventWindow, ...], horizon_years: float) -> str:
    within = f"within {numbers.plain(round(horizon_years, 2))} years"
    if not windows or windows[0].reached_share == 0:
        return f"{what}: in none of the futures {within}"
    first = windows[0]
    if first.years.p50 is None:
        return f"{what}: in {numbers.percent(first.reached_share)} of futures {within}"
    span = numbers.year_range(first.years, horizon_years)
    return f"{what}: median {numbers.years(first.years.p50)}, P10–P90 {span}"
