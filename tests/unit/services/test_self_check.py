"""The program's check of its simulation agrees, and says so where it would not."""

import pytest

from stack_half_life.domain.self_check import CheckedClock, SelfCheck
from stack_half_life.forecast import self_check as checking
from stack_half_life.forecast.laws import GapLaw, LogStudentPart
from stack_half_life.forecast.renewal import expected_events
from stack_half_life.report.self_check import self_check_json, self_check_text
from stack_half_life.services.self_check import self_check

LAW = GapLaw((LogStudentPart(1.0, 5.6, 0.06, 0.15, 8.0),), never=0.05)


def test_shipped_clocks_and_known_values_agree() -> None:
    found = self_check(technologies=5, futures=4_000)
    assert {one.clock for one in found.clocks} == {"release cycle", "breaking cycle"}
    assert found.agrees
    assert self_check_text(found).endswith("All agree.")
    assert self_check_json(found)["agrees"] is True


def test_a_simulation_of_another_law_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    slower = GapLaw((LogStudentPart(1.0, 5.65, 0.06, 0.15, 8.0),), never=0.05)
    assert checking.checked_clock("redis", "release cycle", LAW, 6.0).agrees
    monkeypatch.setattr(
        checking, "expected_events", lambda _, *rest: expected_events(slower, *rest)
    )
    found = checking.checked_clock("redis", "release cycle", LAW, 6.0)
    assert found.is_drawn_again
    assert not found.agrees


def test_what_differs_is_told_by_name() -> None:
    off = CheckedClock(
        technology="redis",
        clock="release cycle",
        solved_events=4.0,
        simulated_events=4.4,
        standard_error=0.1,
        futures=100,
    )
    text = self_check_text(SelfCheck(horizon_years=10.0, known=(), clocks=(off,)))
    assert "redis, release cycle: 4.4000 simulated, 4.0000 solved, +4.0 standard errors" in text
    assert text.endswith("They do not agree.")
