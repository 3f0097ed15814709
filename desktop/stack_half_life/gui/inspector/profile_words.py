"""What is known of a technology, in words: facts with source, age and confidence."""

from collections import Counter
from html import escape

from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures
from stack_half_life.domain.facts import Evidence
from stack_half_life.domain.palette import Palette
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.gui import numbers

_MOST_BESIDE = 16
"""Letters of what a figure rests on that stand beside it; more stand below."""


class ProfileWords:
    """Writes rich text in a palette's colours."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette

    def clocks(self, figures: ClockFigures) -> str:
        """The clocks as a small table; every figure is an estimate."""
        rows = "".join(
            self._clock(name, figure, _rests_on(figure, unit))
            for name, figure, unit in (
                ("Any release", figures.cycle_gap, "gaps"),
                ("Breaking", figures.breaking_gap, "gaps"),
                ("Support", figures.support, "cycles"),
            )
        )
        seen = figures.removal_basis.why or _rests_on(figures.in_manifest, "spells")
        rows += self._clock("In manifests", figures.in_manifest, seen)
        ends, low, high = map(
            numbers.percent,
            (
                figures.end_within_ten_years,
                figures.end_within_ten_years_p5,
                figures.end_within_ten_years_p95,
            ),
        )
        return (
            f"<b>Clocks</b> {self._muted('median, P10–P90 · estimates')}"
            f"<table cellspacing='0' cellpadding='1'>{rows}</table>"
            f"Ends within ten years: {ends} ({low} – {high}) "
            f"{self._muted('estimate, barely known')}"
        )

    def facts(self, profile: ChurnProfile) -> str:
        """Tenure, code survival, end and sources."""
        parts = [
            self._tenure(profile),
            self._survival(profile),
            self._end(profile),
            self._sources(profile),
        ]
        return "".join(f"<p style='margin:0 0 8px 0'>{part}</p>" for part in parts if part)

    def _clock(self, name: str, figure: ClockFigure, rests: str) -> str:
        pad = "style='padding-left:8px'"
        span = f"{_years(figure.p10_years)} – {_years(figure.p90_years)}"
        if figure.p10_years is None:
            span = "not reached"
        median = _years(figure.median_years)
        cells = f"<td>{_whole(name)}</td><td {pad}><b>{_whole(median)}</b></td>"
        cells += f"<td {pad}>{_whole(span)}</td>"
        if len(rests) > _MOST_BESIDE:
            return f"<tr>{cells}</tr><tr><td colspan='4'>{self._muted(rests)}</td></tr>"
        return f"<tr>{cells}<td {pad}>{self._muted(_whole(rests))}</td></tr>"

    def _muted(self, words: str) -> str:
        return f"<span style='color:{self._palette.muted}'>{words}</span>"

    def _tenure(self, profile: ChurnProfile) -> str:
        tenure = profile.tenure
        if tenure is None:
            return ""
        years = sum(tenure.exposure_years_by_band)
        return (
            f"<b>Tenure in manifests</b> {self._muted('fact')}<br>"
            f"{numbers.whole(tenure.removals)} removals in {numbers.whole(tenure.spells)} spells, "
            f"{numbers.whole(tenure.repositories)} repositories, "
            f"{numbers.whole(years)} years at risk. "
            + self._muted("A removal is not a replacement.")
        )

    def _survival(self, profile: ChurnProfile) -> str:
        survival = profile.code_survival
        if survival is None:
            return ""
        return (
            f"<b>Code survival</b> {self._muted('fact')}<br>half-life of a source line "
            f"{numbers.years(survival.half_life_years)} in {escape(survival.repository)} "
            f"({numbers.whole(survival.lines)} lines)"
        )

    def _end(self, profile: ChurnProfile) -> str:
        end = profile.end
        if end is None:
            return ""
        after = f"; successor {escape(end.successor)}" if end.successor else ""
        return f"<b>Ended</b> {end.ended_on}: {escape(end.kind_of_end)}{after}"

    def _sources(self, profile: ChurnProfile) -> str:
        found: Counter[tuple[str, str, str]] = Counter(
            [_source(cycle.evidence) for cycle in profile.cycles]
            + [_source(release.evidence) for release in profile.releases]
        )
        found[_source(profile.technology.evidence)] += 1
        lines = "<br>".join(
            f"{escape(source)}, read {read}, confidence {confidence} " + self._muted(f"({count})")
            for (source, read, confidence), count in found.most_common()
        )
        until = f" · observed until {profile.observed_until}" if profile.observed_until else ""
        return f"<b>Sources</b>{self._muted(until)}<br>{lines}"


def _rests_on(figure: ClockFigure, unit: str) -> str:
    return f"{numbers.whole(figure.observations)} {unit}" if figure.observations else "class only"


def _source(evidence: Evidence) -> tuple[str, str, str]:
    return evidence.source, evidence.retrieved_on.isoformat(), evidence.confidence.value


def _whole(words: str) -> str:
    """Words that a cell does not break."""
    return words.replace(" ", "\u00a0").replace("–", "\u2060–\u2060")


def _years(value: float | None) -> str:
    return "> 200 y" if value is None else numbers.span(value)
