"""`stack-half-life backtest`, as scripts and people call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stack_half_life.cli import program
from stack_half_life.domain.self_check import CheckedClock, SelfCheck
from stack_half_life.errors import StackHalfLifeError

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


@pytest.fixture
def tenures(tmp_path: Path) -> Path:
    """Two made-up repositories with forty dependencies each, a third of them removed."""
    rows = ["repo,ecosystem,package,added,removed,observed_until"]
    for repository in ("made/one", "made/two"):
        for number in range(40):
            removed = "2022-10-01" if number % 3 == 0 else ""
            rows.append(f"{repository},pypi,made-{number},2021-06-01,{removed},2025-01-01")
    path = tmp_path / "tenures.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_unseen_repositories_are_judged_beside_the_constant_per_layer(tenures: Path) -> None:
    result = run("--tenures", tenures, "--frozen", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert set(answer["targets"]) == {"tenure"}
    models = answer["targets"]["tenure"]
    assert {"model", "layer_constant", "constant"} <= set(models)
    assert models["model"]["repositories"] == 2
    assert 0.1 < models["model"]["brier_24m"] < 0.3
    assert answer["notes"] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2021-06-01", "2021-13-01", "line 2: added: “2021-13-01” is not a date"),
        ("2025-01-01", "2020-01-01", "observed_until 2020-01-01 is before added 2021-06-01"),
        ("2025-01-01", "2023-01-01", "observed for two years after"),
        ("removed", "gone", "lacks the columns removed"),
        ("made/one", "", "repo and ecosystem"),
    ],
)
def test_what_is_wrong_with_tenures_is_told_in_one_line(
    tenures: Path, old: str, new: str, words: str
) -> None:
    tenures.write_text(tenures.read_text("utf-8").replace(old, new), "utf-8")
    result = run("--tenures", tenures, "--frozen")
    assert isinstance(result.exception, StackHalfLifeError)
    assert words in str(result.exception)
    assert len(str(result.exception).splitlines()) == 1


def test_tenures_are_judged_alone(tenures: Path, tables: tuple[Path, Path]) -> None:
    assert run(tables[0], "--tenures", tenures).exit_code == 2
    assert run("--tenures", tenures, "--refit", "-o", "x.toml").exit_code == 2


@pytest.mark.parametrize(("distance", "exit_code"), [(0.1, 0), (0.5, 1)])
def test_self_check_fails_where_a_clock_lies_outside(
    monkeypatch: pytest.MonkeyPatch, distance: float, exit_code: int
) -> None:
    checked = CheckedClock(
        technology="redis",
        clock="release cycle",
        solved_events=4.0,
        simulated_events=4.0 + distance,
        standard_error=0.1,
        futures=100,
    )
    found = SelfCheck(horizon_years=10.0, known=(), clocks=(checked,))
    monkeypatch.setattr("stack_half_life.services.self_check.self_check", lambda _progress: found)
    assert run("--self-check").exit_code == exit_code
    result = run("--self-check", "--json")
    assert result.exit_code == exit_code
    assert json.loads(result.stdout)["clocks"][0]["agrees"] is (exit_code == 0)


def test_self_check_goes_alone(tables: tuple[Path, Path]) -> None:
    for others in ((tables[0],), ("--relearn",), ("--frozen",), ("--until", "2024-01-01")):
        assert run("--self-check", *others).exit_code == 2
