"""`stack-half-life backtest`, as scripts and people call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stack_half_life.cli import program

SCORES = {
    "crps_days",
    "skill_vs_climatology",
    "brier_6m",
    "brier_12m",
    "brier_24m",
    "brier_36m",
    "coverage_50",
    "coverage_80",
    "coverage_90",
    "n",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["backtest", *map(str, arguments)])


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """Three made-up products of which nothing is shipped, and what was listed of them in 2024."""
    cycles = ["product,cycle,release_date,eol_date,eol_flag,lts"]
    vintages = ["vintage,product,cycle,release_date,eol_date,eol_flag,lts"]
    for product, step in (("made-one", 1), ("made-two", 2), ("made-three", 3)):
        for year in range(2010, 2026, step):
            row = f"{product},{year - 2000}.0,{year}-05-01"
            end = f"{year + step}-06-01"
            ended = year + step < 2026
            cycles.append(f"{row},{end},,False" if ended else f"{row},,False,False")
            if year < 2024:
                known = year + step < 2024
                vintages.append(f"2024,{row},{end},,False" if known else f"2024,{row},,False,False")
    paths = (tmp_path / "cycles.csv", tmp_path / "vintages.csv")
    for path, lines in zip(paths, (cycles, vintages), strict=True):
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return paths


def test_unseen_products_with_frozen_hyperparameters(tables: tuple[Path, Path]) -> None:
    cycles, vintages = tables
    result = run(cycles, "--vintages", vintages, "--frozen", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["frozen"] is True
    for target in ("release_any", "release_major", "support"):
        models = answer["targets"][target]
        assert {"model", "climatology"} <= set(models)
        for scores in models.values():
            assert set(scores) >= SCORES
        assert models["model"]["products"] == 3
    assert answer["targets"]["release_any"]["model"]["skill_vs_climatology"] > 0.3


def test_without_vintages_there_is_no_support_target(tables: tuple[Path, Path]) -> None:
    result = run(tables[0], "--frozen", "--json")
    assert "support" not in json.loads(result.stdout)["targets"]


def test_people_get_tables(tables: tuple[Path, Path]) -> None:
    result = run(tables[0], "--frozen", "--until", "2025-12-31")
    assert result.exit_code == 0
    assert "release_any" in result.stdout
    assert "climatology" in result.stdout
    assert "2025-12-31" in result.stdout


def test_options_that_need_a_file_say_so() -> None:
    result = run("--frozen")
    assert result.exit_code == 2
    assert "CYCLES" in result.stderr
