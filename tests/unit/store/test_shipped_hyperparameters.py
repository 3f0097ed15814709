"""The shipped hyper-parameters can be read, and a broken file says where it is broken."""

from pathlib import Path

import pytest

from stack_half_life.errors import CacheError
from stack_half_life.store.hyperparameters_toml import hyperparameters_to_toml
from stack_half_life.store.shipped import (
    HYPERPARAMETERS,
    read_hyperparameters,
    shipped_hyperparameters,
)


def test_shipped_figures_cover_every_clock_and_say_where_they_come_from() -> None:
    hyper = shipped_hyperparameters()
    for clock in (hyper.cycle, hyper.breaking, hyper.duration):
        assert "intercept" in clock.location
        assert len(clock.pooled_ages_days) == len(clock.pooled_survival) > 10
    assert {"cycle", "breaking", "duration", "support", "removal", "end"} <= set(hyper.provenance)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "hyper.toml"
    path.write_text(hyperparameters_to_toml(shipped_hyperparameters()), "utf-8")
    assert read_hyperparameters(path) == shipped_hyperparameters()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[cycle]", "[cycle", "not TOML"),
        ("[support]", "[supports]", "support"),
        ("recency = 0.", "recency = 6.", "recency"),
    ],
)
def test_a_broken_file_is_one_clear_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    broken = tmp_path / "hyper.toml"
    broken.write_text(HYPERPARAMETERS.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CacheError, match=says) as failure:
        read_hyperparameters(broken)
    assert str(broken) in str(failure.value)
    assert "\n" not in str(failure.value).strip()


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match=r"missing\.toml"):
        read_hyperparameters(tmp_path / "missing.toml")
