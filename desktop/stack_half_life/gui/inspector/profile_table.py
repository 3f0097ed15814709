"""What is known of a technology as a table to paste elsewhere."""

from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.report.spreadsheet import as_tsv

_TITLES = ("What", "Value", "P10", "P90", "Unit", "Class", "Rests on", "Source", "Read on")
_NO_SOURCE = ("", "")


def profile_table(profile: ChurnProfile, figures: ClockFigures) -> str:
    """Clocks, tenure, code survival and cycles, each with its class, source and date."""
    return as_tsv([_TITLES, *_clocks(figures), *_counts(profile), *map(_cycle, profile.cycles)])


def _clocks(figures: ClockFigures) -> list[tuple[str, ...]]:
    named = (
        ("Between release cycles", figures.cycle_gap),
        ("Between breaking cycles", figures.breaking_gap),
        ("Support of a cycle", figures.support),
        ("In a manifest until removed", figures.in_manifest),
    )
    rows: list[tuple[str, ...]] = []
    for name, figure in named:
        spread = (figure.median_years, figure.p10_years, figure.p90_years)
        rests = f"n {figure.observations}" if figure.observations else "reference class"
        rows.append((name, *map(_years, spread), "years", "estimate", rests, *_NO_SOURCE))
    share = f"{figures.end_within_ten_years:.4f}"
    rows.append(
        ("Ends within ten years", share, "", "", "share", "estimate", "barely known", *_NO_SOURCE)
    )
    return rows


def _counts(profile: ChurnProfile) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    if profile.tenure is not None:
        tenure = profile.tenure
        rests = f"{tenure.spells} spells in {tenure.repositories} repositories"
        rows.append(
            (
                "Removals from manifests",
                str(tenure.removals),
                "",
                "",
                "",
                "fact",
                rests,
                *_NO_SOURCE,
            )
        )
    survival = profile.code_survival
    if survival is not None:
        told = (survival.evidence.source, survival.evidence.retrieved_on.isoformat())
        half, rests = _years(survival.half_life_years), f"{survival.lines} lines"
        rows.append(("Half-life of a source line", half, "", "", "years", "fact", rests, *told))
    return rows


def _cycle(cycle: ReleaseCycle) -> tuple[str, ...]:
    ends = str(cycle.support_ends_on or cycle.support.value.replace("-", " "))
    told = (cycle.evidence.source, cycle.evidence.retrieved_on.isoformat())
    name = f"Cycle {cycle.cycle}"
    confidence = f"confidence {cycle.evidence.confidence.value}"
    released = str(cycle.released_on or "unknown")
    return (name, released, "", "", f"supported to: {ends}", "fact", confidence, *told)


def _years(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.3f}"
