"""What is known of technologies, as plain text."""

from collections.abc import Mapping, Sequence
from datetime import date

from stack_half_life.domain.cadence import BREAKING_BY_VERSION
from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures
from stack_half_life.domain.facts import (
    Evidence,
    ReleaseCycle,
    Source,
    SupportState,
    TechnologyHit,
)
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.report.figures import NOT_REACHED, counted, percent, years
from stack_half_life.report.sources import evidence_of
from stack_half_life.report.text.table import fields, printable, shortened, table

_CYCLES_SHOWN = 24

_SUPPORT = {
    SupportState.SUPPORTED: "still supported",
    SupportState.ENDED_DATE_UNKNOWN: "ended, date unknown",
    SupportState.UNKNOWN: "unknown",
}


def hits_text(hits: Sequence[TechnologyHit]) -> str:
    """A list of technologies with how much is known of each."""
    if not hits:
        return "Nothing in the cache matches."
    rows = [
        [
            hit.technology.key,
            shortened(hit.technology.name, 40),
            hit.technology.layer.value,
            hit.technology.generation.value,
            "" if hit.median_gap_years is None else f"{hit.median_gap_years:.2f}",
            str(hit.cycles),
            str(hit.releases),
            str(hit.spells),
            shortened(hit.newest_cycle, 24),
        ]
        for hit in hits
    ]
    number = counted(len(hits), "technology", "technologies")
    header = ["Key", "Name", "Layer", "Stacks", "Gap years", "Cycles", "Releases", "Spells"]
    return (
        table([*header, "Newest cycle"], rows, align="llllrrrrl")
        + f"\n\n{number}. Gap years: median gap between past release cycles."
    )


def profile_text(
    profile: ChurnProfile, clocks: ClockFigures, sources: Mapping[str, Source], as_of: date
) -> str:
    """All that is known of one technology: its clocks, its facts, and where they come from."""
    parts = [
        _heading(profile),
        f"Clocks as of {as_of} (estimates; years)\n\n{_clocks(clocks)}",
        f"Release cycles (facts)\n\n{_cycles(profile)}",
        f"Other facts\n\n{_others(profile)}",
        f"Sources\n\n{_sources(profile, sources)}",
    ]
    return "\n\n".join(parts)


def _heading(profile: ChurnProfile) -> str:
    technology = profile.technology
    pairs = [
        ("Key", technology.key),
        ("Layer", technology.layer.label),
        ("Kind", f"{technology.nature.value}, of {technology.generation.value} stacks"),
        ("Also called", ", ".join(technology.aliases)),
        ("Packages", ", ".join(technology.purls)),
        ("Observed until", str(profile.observed_until or "unknown")),
        ("Source", _evidence(technology.evidence)),
    ]
    return f"{printable(technology.name)}\n\n{fields([pair for pair in pairs if pair[1]])}"


def _evidence(evidence: Evidence) -> str:
    told = f"{evidence.source}, retrieved {evidence.retrieved_on}, confidence {evidence.confidence}"
    return f"{told} ({evidence.note})" if evidence.note else told


def _clocks(clocks: ClockFigures) -> str:
    rows = [
        _clock("Between release cycles", clocks.cycle_gap, "gaps"),
        _clock("From the last breaking cycle to the next", clocks.breaking_gap, "gaps"),
        _clock("Support of a cycle", clocks.support, "durations"),
        _removal(clocks),
    ]
    return (
        table(["Clock", "Median", "P10", "P90", "Rests on"], rows, align="lrrrl")
        + f"\n\nChance that it ends within ten years: {_end(clocks)}."
        + "\nA removal from a manifest is not yet a replacement."
    )


def _removal(clocks: ClockFigures) -> list[str]:
    row = _clock("In a manifest until removed", clocks.in_manifest, "spells")
    return [*row[:-1], clocks.removal_basis.why or row[-1]]


def _end(clocks: ClockFigures) -> str:
    low, high = clocks.end_within_ten_years_p5, clocks.end_within_ten_years_p95
    if low == high:
        return percent(clocks.end_within_ten_years)
    return f"{percent(clocks.end_within_ten_years)} ({percent(low)} to {percent(high)})"


def _clock(name: str, figure: ClockFigure, of_what: str) -> list[str]:
    own = f"{figure.observations} own {of_what}" if figure.observations else "its reference class"
    values = (figure.median_years, figure.p10_years, figure.p90_years)
    return [name, *("never" if value is None else f"{value:.2f}" for value in values), own]


def _cycles(profile: ChurnProfile) -> str:
    if not profile.cycles:
        return "None on record."
    newest_first = sorted(profile.cycles, key=lambda cycle: str(cycle.released_on or ""))[::-1]
    shown = newest_first[:_CYCLES_SHOWN]
    header = ["Cycle", "Released", "Support ends", "LTS", "Breaking", "Confidence", "Retrieved"]
    text = table([*header, "Source"], [_cycle(cycle) for cycle in shown], align="llllllll")
    if len(newest_first) > len(shown):
        text += f"\n\n{len(newest_first) - len(shown)} older ones: see --json."
    if any(cycle.is_breaking is None for cycle in shown):
        text += f"\n\n{BREAKING_BY_VERSION}"
    return text


def _cycle(cycle: ReleaseCycle) -> list[str]:
    ends = str(cycle.support_ends_on or _SUPPORT.get(cycle.support, ""))
    breaking = {True: "yes", False: "no", None: "by version"}[cycle.is_breaking]
    return [
        shortened(cycle.cycle, 36),
        str(cycle.released_on or "unknown"),
        ends,
        "yes" if cycle.is_lts else "",
        breaking,
        cycle.evidence.confidence.value,
        cycle.evidence.retrieved_on.isoformat(),
        shortened(cycle.evidence.source, 40),
    ]


def _others(profile: ChurnProfile) -> str:
    pairs = []
    if profile.releases:
        newest = max(profile.releases, key=lambda release: release.released_on)
        told = f"{len(profile.releases):,}; newest {newest.version} on {newest.released_on}"
        pairs.append(("Releases", told))
    if profile.tenure is not None:
        tenure = profile.tenure
        told = f"{tenure.spells} spells in {tenure.repositories} repositories"
        pairs.append(("Tenure", f"{told}, {tenure.removals} of them ended"))
    for repository in profile.repositories:
        told = f"{repository.commits:,} commits, {repository.first_commit_on} to "
        told += f"{repository.last_commit_on} (seen until {repository.observed_until})"
        pairs.append((repository.repository, told))
    if profile.code_survival is not None:
        survival = profile.code_survival
        half = NOT_REACHED if survival.half_life_years is None else years(survival.half_life_years)
        pairs.append(("Code survival", f"half-life of a line {half} ({survival.lines:,} lines)"))
    if profile.end is not None:
        end = profile.end
        told = f"{end.kind_of_end} on {end.ended_on}"
        pairs.append(("End", f"{told}, then {end.successor}" if end.successor else told))
    return fields(pairs) if pairs else "None on record."


def _sources(profile: ChurnProfile, sources: Mapping[str, Source]) -> str:
    names = sorted({item.source for item in evidence_of(profile)})
    rows = []
    for name in names:
        source = sources.get(name)
        credit = source.credit or source.title if source is not None else ""
        rows.append([name, credit, source.licence if source is not None else ""])
    return table(["Source", "Credit", "Licence"], rows, align="lll")
