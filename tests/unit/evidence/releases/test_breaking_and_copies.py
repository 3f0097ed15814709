from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.breaking import told_by_history
from stack_half_life.evidence.cycles_from_releases import DatedVersion, cycles_from_releases
from stack_half_life.evidence.releases import history_of
from stack_half_life.evidence.releases.history import sign_of_copying

START = date(2015, 1, 1)


def releases(*told: tuple[str, int]) -> list[DatedVersion]:
    """Versions, each with its day after the start."""
    return [DatedVersion(version, START + timedelta(days=days)) for version, days in told]


def minors(gap_days: int, patch_days: int) -> list[tuple[str, int]]:
    """Eight lines 1.0 to 1.7, six patches each."""
    return [
        (f"1.{minor}.{patch}", gap_days * minor + patch_days * patch)
        for minor in range(8)
        for patch in range(6)
    ]


def majors(gap_days: int, patch_days: int, patches: int) -> list[tuple[str, int]]:
    """Twelve majors 60 to 71."""
    return [
        (f"{major}.0.{patch}", gap_days * (major - 60) + patch_days * patch)
        for major in range(60, 72)
        for patch in range(patches)
    ]


def breaking(dated: list[DatedVersion]) -> tuple[list[str], str]:
    cycles, finding = told_by_history(cycles_from_releases(dated), dated)
    return [cycle.cycle for cycle in cycles if cycle.is_breaking], finding


def test_lines_that_live_on_beside_their_successor_make_every_line_breaking() -> None:
    broken, finding = breaking(releases(*minors(gap_days=240, patch_days=90)))
    assert broken == [f"1.{minor}" for minor in range(8)]
    assert finding.startswith("7 of 7 release lines were kept beside their successor")


def test_lines_that_end_with_their_successor_break_by_label_alone() -> None:
    dated = releases(*minors(gap_days=200, patch_days=30), ("2.0.0", 1700))
    assert breaking(dated) == (["1.0", "2.0"], "")


def test_frequent_majors_that_nobody_keeps_are_features() -> None:
    broken, finding = breaking(releases(*majors(gap_days=30, patch_days=5, patches=4)))
    assert broken == []
    assert "a new major every 30 days, 0 of 11 kept" in finding


def test_frequent_majors_that_are_kept_break() -> None:
    broken, finding = breaking(releases(*majors(gap_days=60, patch_days=20, patches=9)))
    assert broken == [f"{major}.0" for major in range(60, 72)]
    assert finding == ""


def test_rare_majors_break_by_label() -> None:
    dated = releases(*((f"{major}.0.0", 400 * major) for major in range(1, 8)))
    assert breaking(dated)[0] == [f"{major}.0" for major in range(1, 8)]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 9), st.integers(0, 4000)),
        max_size=40,
    )
)
def test_any_history_keeps_its_cycles(told: list[tuple[int, int, int, int]]) -> None:
    dated = releases(*((f"{a}.{b}.{c}", day) for a, b, c, day in told))
    cycles = cycles_from_releases(dated)
    after, _ = told_by_history(cycles, dated)
    assert [(c.cycle, c.released_on) for c in after] == [(c.cycle, c.released_on) for c in cycles]


def test_dates_of_copying_are_refused() -> None:
    backward = releases(*((f"1.0.{patch}", 1000 - 10 * patch) for patch in range(20)))
    assert sign_of_copying(backward) == "19 of 19 steps between patch releases go back in time"
    crowded = releases(*((f"{major}.0.0", 3 * (major // 10)) for major in range(30)))
    assert "30 of 30 releases share their day" in sign_of_copying(crowded)
    with pytest.raises(EvidenceError, match="dates of copying, not of publication"):
        history_of("pkg:npm/x", backward, source="x", retrieved_on=START)


def test_patches_of_old_lines_are_no_sign_of_copying() -> None:
    assert sign_of_copying(releases(*minors(gap_days=200, patch_days=150))) == ""


def test_no_stable_release() -> None:
    with pytest.raises(EvidenceError, match="no stable release"):
        history_of("pkg:npm/x", releases(("1.0rc1", 0)), source="x", retrieved_on=START)
