"""The whole report, from values to one HTML text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stack_half_life import __version__
from stack_half_life.domain.facts import Source
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.palette import DARK, LIGHT
from stack_half_life.domain.results import Comparison, Forecast
from stack_half_life.report.figures import span
from stack_half_life.report.html.comparing import comparison_cards, side_by_side, what_differs
from stack_half_life.report.html.evidence_tables import assumed, clocks, evidence, sources
from stack_half_life.report.html.headline import cards, notes, points
from stack_half_life.report.html.marks import MEANINGS
from stack_half_life.report.html.tables import by_year, costs, cumulative, schedule
from stack_half_life.report.subject import Subject
from stack_half_life.report.svg.contribution import contribution
from stack_half_life.report.svg.difference import difference
from stack_half_life.report.svg.fan import fan
from stack_half_life.report.svg.timeline import timeline
from stack_half_life.report.svg.yearly import KINDS, yearly

_NOTES_SHOWN = 6

_TEMPLATES = Path(__file__).parent / "templates"


def report_html(
    a: Subject,
    b: Subject | None = None,
    comparison: Comparison | None = None,
    *,
    known_sources: Mapping[str, Source],
) -> str:
    """The report on one stack, or on two over the same futures.

    known_sources: the sources by the key that stands in the evidence.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    subjects = (a,) if b is None else (a, b)
    return environment.get_template("report.html").render(
        version=__version__,
        meanings=MEANINGS,
        palettes=(LIGHT, DARK),
        layers=tuple(Layer),
        kinds=KINDS,
        forecast=a.forecast,
        horizon=span(a.forecast.horizon_years),
        notes_shown=_NOTES_SHOWN,
        sections=[
            _section(letter, subject) for letter, subject in zip("ab", subjects, strict=False)
        ],
        comparison=None if comparison is None else _comparison(a, comparison),
        sources=sources(subjects, known_sources),
        run=_run([subject.forecast for subject in subjects]),
    )


def _section(letter: str, subject: Subject) -> dict[str, Any]:
    return {
        "letter": letter,
        "stack": subject.stack,
        "forecast": subject.forecast,
        "cards": cards(subject),
        "points": points(subject),
        "notes": notes(subject),
        "timeline": timeline(f"timeline-{letter}", subject.forecast, subject.announced_ends()),
        "fan": fan(f"fan-{letter}", [subject.forecast]),
        "yearly": yearly(f"yearly-{letter}", subject.forecast),
        "contribution": contribution(f"contribution-{letter}", subject.forecast),
        "schedule": schedule(subject),
        "costs": costs(subject),
        "by_year": by_year(subject),
        "cumulative": cumulative(subject),
        "evidence": evidence(subject),
        "clocks": clocks(subject),
        "assumptions": assumed(subject),
    }


def _comparison(a: Subject, comparison: Comparison) -> dict[str, Any]:
    return {
        "cards": comparison_cards(a, comparison),
        "difference": difference("difference", comparison),
        "fan": fan("fan-both", [comparison.a, comparison.b]),
        "side_by_side": side_by_side(comparison),
        "what_differs": what_differs(comparison),
    }


def _run(forecasts: list[Forecast]) -> list[tuple[str, str]]:
    """What is needed to make the same figures again."""
    first = forecasts[0]
    return [
        ("Program", f"Stack Half-Life {__version__}"),
        ("Model", first.model_version),
        ("Forecast from", first.as_of.isoformat()),
        ("Horizon", span(first.horizon_years)),
        ("Futures", f"{first.futures:,}"),
        ("Seed", str(first.seed)),
        ("Random numbers", first.bit_generator),
        ("Data", first.data_hash or "not recorded"),
    ]
