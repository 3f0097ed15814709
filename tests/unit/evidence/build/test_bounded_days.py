from stack_half_life.evidence.build.version_tables import COLUMNS, entries


def days(*rows: tuple[str, str, str]) -> dict[str, str]:
    """Release days by version, of rows (version, day, source)."""
    table = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "technology": "Engine",
            "version_or_generation": version,
            "release_date": day,
            "source": source,
            "layer": "serving",
        }
        for version, day, source in rows
    ]
    (entry,) = entries(table)
    return {cycle.cycle: str(cycle.released_on) for cycle in entry.cycles}


def test_a_bound_is_no_later_than_the_day_of_a_higher_version() -> None:
    bound = "a/feedstock (first recipe bump = upper bound)"
    assert days(
        ("0.9", "2026-05-01", bound), ("0.22", "2026-06-22", bound), ("0.23", "2026-06-14", bound)
    ) == {"0.9": "2026-05-01", "0.22": "2026-06-14", "0.23": "2026-06-14"}


def test_a_day_that_was_read_stays() -> None:
    told = days(("2.7", "2026-06-22", "git tags"), ("3.0", "2026-06-14", "git tags"))
    assert told == {"2.7": "2026-06-22", "3.0": "2026-06-14"}
    rough = days(("1", "2026-06", "(upper bound)"), ("2", "2026", "(upper bound)"))
    assert rough == {"1": "2026-06", "2": "2026"}
