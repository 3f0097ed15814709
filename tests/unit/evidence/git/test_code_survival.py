import random

import pytest

from stack_half_life.evidence.git.survival import (
    SECONDS_PER_YEAR,
    Lifetimes,
    estimate_survival,
)

YEAR = int(SECONDS_PER_YEAR)


def line_by_line(lives: list[tuple[int, bool]], age: float) -> float:
    """Kaplan–Meier as the textbook has it, one line at a time."""
    share = 1.0
    for end in sorted({end for end, is_death in lives if is_death and end <= age}):
        at_risk = sum(other >= end for other, _ in lives)
        share *= 1.0 - sum(other == end and dead for other, dead in lives) / at_risk
    return share


def test_the_curve_is_kaplan_and_meier_s_line_by_line() -> None:
    chance = random.Random(1)
    times = sorted(chance.randrange(7 * YEAR) for _ in range(40))
    born, died, lines, seen = [], [], [], []
    for birth in range(38):
        for _ in range(3):
            end, count = chance.randrange(birth + 1, 40), chance.randrange(1, 5)
            if chance.random() < 0.6:
                born.append(birth)
                died.append(end)
                lines.append(count)
            else:
                seen.append((birth, end, count))
    lives = [
        (times[e] - times[b], True)
        for b, e, n in zip(born, died, lines, strict=True)
        for _ in range(n)
    ]
    lives += [(times[e] - times[b], False) for b, e, n in seen for _ in range(n)]
    found = estimate_survival(Lifetimes(times, born, died, lines, seen))
    for year, share in found.shares.items():
        if share.value is not None:
            assert share.value == pytest.approx(line_by_line(lives, year * SECONDS_PER_YEAR))
            assert share.p10 is not None
            assert share.p90 is not None
            assert share.p10 <= share.p90
    for age, alive in zip(found.ages_years, found.alive_share, strict=True):
        assert alive == pytest.approx(line_by_line(lives, age * SECONDS_PER_YEAR))
    half = found.half_life_years.value
    assert half is not None
    assert line_by_line(lives, half * SECONDS_PER_YEAR) <= 0.5
    assert line_by_line(lives, half * SECONDS_PER_YEAR - 2) > 0.5


def test_a_half_that_is_not_reached_is_not_made_up() -> None:
    times = [0, YEAR, 4 * YEAR]
    found = estimate_survival(Lifetimes(times, [0], [1], [49], [(0, 2, 51)]))
    assert found.half_life_years.value is None
    assert found.half_life_years.p90 is None
    assert found.shares[3].value == pytest.approx(0.51)
    assert found.shares[5].value is None, "nothing was watched that long"


def test_the_interval_is_of_commits_not_of_lines() -> None:
    times = [day * 86_400 for day in range(2000)]
    thousand = range(1000)
    few = estimate_survival(
        Lifetimes(times, [0, 1], [100, 101], [500, 500], [(2, 1999, 500), (3, 1999, 500)])
    )
    many = estimate_survival(
        Lifetimes(
            times,
            [birth for birth in thousand if birth % 2],
            [birth + 100 for birth in thousand if birth % 2],
            [2] * 500,
            [(birth, 1999, 2) for birth in thousand if birth % 2 == 0],
        )
    )

    def width(year: int, found: object) -> float:
        share = found.shares[year]  # type: ignore[attr-defined]
        return float(share.p90 - share.p10)

    assert few.shares[1].value == many.shares[1].value == 0.5
    assert width(1, few) > 0.3
    assert 0.01 < width(1, many) < 0.08


def test_lines_of_unknown_birth_are_left_out() -> None:
    times = [0, YEAR, 3 * YEAR]
    found = estimate_survival(Lifetimes(times, [0], [1], [9], [(1, 2, 4)], first_known_birth=1))
    assert found.shares[1].value == 1.0
    assert found.shares[3].value is None


def test_a_history_without_lines_has_no_curve() -> None:
    found = estimate_survival(Lifetimes([0], [], [], [], []))
    assert found.half_life_years.value is None
    assert found.ages_years == ()
