"""The tables of what a forecast rests on: facts, clocks, assumptions and sources."""

from collections.abc import Mapping
from dataclasses import replace

from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures
from stack_half_life.domain.facts import ReleaseCycle, Source, SupportState
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.report.assumptions import assumptions
from stack_half_life.report.html.marks import (
    ASSUMPTION,
    ESTIMATE,
    FACT,
    Column,
    Marked,
    Table,
    plain,
)
from stack_half_life.report.sources import evidence_of
from stack_half_life.report.subject import Subject

_UNKNOWN = "unknown"


def evidence(subject: Subject) -> Table:
    """What is known of each component."""
    rows = []
    for component in subject.stack.components:
        profile, cycle = subject.profiles[component.name], subject.cycle_in_use(component)
        rows.append(
            (
                plain(component.name),
                plain(component.cycle or (f"{cycle.cycle} (assumed)" if cycle else "—")),
                *_cycle_cells(cycle),
                *_counted(profile),
            )
        )
    return Table(
        "What is known of each component",
        (
            Column("Component", is_figure=False),
            Column("Cycle in use", is_figure=False),
            Column("Released", FACT, is_figure=False),
            Column("Support ends", FACT, is_figure=False),
            Column("Confidence", is_figure=False),
            Column("Cycles", FACT, more="release cycles on record"),
            Column("Spells", FACT, more="stays in the manifests of public repositories on record"),
            Column("Removed", FACT, more="of these, how many ended"),
            Column("Source", is_figure=False),
        ),
        tuple(rows),
    )


def _cycle_cells(cycle: ReleaseCycle | None) -> tuple[Marked, Marked, Marked]:
    if cycle is None:
        return plain(_UNKNOWN), plain(_UNKNOWN), plain("—")
    told = f"{cycle.evidence.source}, retrieved {cycle.evidence.retrieved_on}"
    ends = {
        SupportState.DATED: str(cycle.support_ends_on),
        SupportState.SUPPORTED: "still supported",
        SupportState.ENDED_DATE_UNKNOWN: "ended, date unknown",
        SupportState.UNKNOWN: _UNKNOWN,
    }[cycle.support]
    return (
        plain(str(cycle.released_on or _UNKNOWN), told),
        plain(ends, told),
        plain(cycle.evidence.confidence.value),
    )


def _counted(profile: ChurnProfile) -> tuple[Marked, ...]:
    if not profile.is_matched:
        unknown = f"none: reference class “{profile.layer.label}”"
        return plain("0"), plain("0"), plain("0"), plain(unknown)
    tenure = profile.tenure
    source = profile.technology.evidence
    return (
        plain(str(len(profile.cycles))),
        plain(str(tenure.spells) if tenure else "0"),
        plain(str(tenure.removals) if tenure else "0"),
        plain(source.source, f"retrieved {source.retrieved_on}"),
    )


def clocks(subject: Subject) -> Table | None:
    """The clocks of each component; None where none were given."""
    if not subject.clocks:
        return None
    rows = []
    for component in subject.stack.components:
        figures = subject.clocks[component.name]
        rows.append(
            (
                plain(component.name),
                *(
                    _clock(figure)
                    for figure in (
                        figures.cycle_gap,
                        figures.breaking_gap,
                        figures.support,
                    )
                ),
                _removal(figures),
                _end(figures),
            )
        )
    return Table(
        "The clocks of each component, in years: median (P10 to P90)",
        (
            Column("Component", is_figure=False),
            Column("Between cycles", ESTIMATE),
            Column("Between breaking cycles", ESTIMATE),
            Column("Support of a cycle", ESTIMATE),
            Column("In a manifest until removed", ESTIMATE),
            Column(
                "Ends within 10 years",
                ESTIMATE,
                more="the technology itself; in brackets what holds with nine chances in ten",
            ),
        ),
        tuple(rows),
        "n: how many past gaps, durations or spells of its own a figure rests on; with n = 0 it is "
        "that of its reference class. A removal from a manifest is not yet a replacement.",
    )


def _removal(figures: ClockFigures) -> Marked:
    why = figures.removal_basis.why
    if figures.in_manifest.p10_years is None and why:
        return plain(why)
    return replace(_clock(figures.in_manifest), more=why)


def _end(figures: ClockFigures) -> Marked:
    low, high = figures.end_within_ten_years_p5, figures.end_within_ten_years_p95
    told = f"{figures.end_within_ten_years:.1%} ({low:.1%} to {high:.1%})"
    return plain(told.replace("%", " %"))


def _clock(figure: ClockFigure) -> Marked:
    median = "—" if figure.median_years is None else f"{figure.median_years:.1f}"
    low = "—" if figure.p10_years is None else f"{figure.p10_years:.1f}"
    high = "> 200" if figure.p90_years is None else f"{figure.p90_years:.1f}"
    return plain(f"{median} ({low} to {high}), n {figure.observations}")


def assumed(subject: Subject) -> Table:
    """What the forecast takes for granted."""
    return Table(
        "Assumptions",
        (
            Column("What", is_figure=False),
            Column("Value", ASSUMPTION, is_figure=False),
            Column("Set by", is_figure=False),
        ),
        tuple(
            (plain(item.what), plain(item.value), plain(item.set_by))
            for item in assumptions(subject.stack)
        ),
    )


def sources(subjects: tuple[Subject, ...], known: Mapping[str, Source]) -> Table:
    """Every source the facts of these stacks come from.

    known: the sources by the key that stands in the evidence.
    """
    profiles = {
        profile.key: profile
        for subject in subjects
        for profile in subject.profiles.values()
        if profile.is_matched
    }
    retrieved: dict[str, list[str]] = {}
    for profile in profiles.values():
        for item in evidence_of(profile):
            retrieved.setdefault(item.source, []).append(item.retrieved_on.isoformat())
    return Table(
        "Sources of the facts",
        (
            Column("Source", is_figure=False),
            Column("Credit and licence", is_figure=False),
            Column("Retrieved", FACT, is_figure=False),
            Column("Facts", FACT),
        ),
        tuple(
            (
                plain(name),
                plain(_credit(known.get(name))),
                plain(" to ".join(sorted({min(days), max(days)}))),
                plain(f"{len(days):,}"),
            )
            for name, days in sorted(retrieved.items())
        ),
    )


def _credit(source: Source | None) -> str:
    if source is None:
        return ""
    credit = source.credit or source.title
    return (
        credit if not source.licence or source.licence in credit else f"{credit}, {source.licence}"
    )
