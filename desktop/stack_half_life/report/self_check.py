"""The program's check of itself, as plain text and as JSON."""

from typing import Any

from stack_half_life.domain.self_check import STANDARD_ERRORS, CheckedClock, SelfCheck
from stack_half_life.report.text.table import table

_SIMULATED = """\
Simulated clocks against the renewal equation: events in {years:g} years,
each clock alone, as fitted to the shipped facts."""

_FARTHEST = """\
Farthest: of simulated from solved, in standard errors; outside: more than {most:g}.
A clock outside is drawn again, with more futures, before it counts."""


def self_check_text(found: SelfCheck) -> str:
    """Known values, one row per clock, and every clock that does not agree."""
    known = [
        (one.gaps, f"{one.time:g}", f"{one.known:.6f}", f"{one.solved:.6f}", _verdict(one.agrees))
        for one in found.known
    ]
    by_clock: dict[str, list[CheckedClock]] = {}
    for one in found.clocks:
        by_clock.setdefault(one.clock, []).append(one)
    parts = [
        "Renewal equation against known values: expected events by a time.",
        table(("gaps", "time", "known", "solved", ""), known, align="lrrrl"),
        _SIMULATED.format(years=found.horizon_years),
        table(
            ("clock", "technologies", "drawn again", "farthest", "outside"),
            [_row(clock, checked) for clock, checked in by_clock.items()],
            align="lrrrr",
        ),
        _FARTHEST.format(most=STANDARD_ERRORS),
        *(
            f"{one.technology}, {one.clock}: {one.simulated_events:.4f} simulated, "
            f"{one.solved_events:.4f} solved, {one.distance:+.1f} standard errors"
            for one in found.clocks
            if not one.agrees
        ),
        "All agree." if found.agrees else "They do not agree.",
    ]
    return "\n\n".join(parts)


def _row(clock: str, checked: list[CheckedClock]) -> tuple[str, ...]:
    return (
        clock,
        str(len(checked)),
        str(sum(one.is_drawn_again for one in checked)),
        f"{max(abs(one.distance) for one in checked):.2f}",
        str(sum(not one.agrees for one in checked)),
    )


def _verdict(agrees: bool) -> str:
    return "agrees" if agrees else "differs"


def self_check_json(found: SelfCheck) -> dict[str, Any]:
    """All figures of the check."""
    return {
        "agrees": found.agrees,
        "horizon_years": found.horizon_years,
        "standard_errors_allowed": STANDARD_ERRORS,
        "known_values": [{**one.model_dump(), "agrees": one.agrees} for one in found.known],
        "clocks": [
            {**one.model_dump(), "distance": one.distance, "agrees": one.agrees}
            for one in found.clocks
        ],
    }
