"""`report`: files for people and for other programs."""

import csv
import json
from pathlib import Path

import pytest

from in_process import answer
from stack_half_life.paths import EXAMPLES
from stack_half_life.report.csv_table import WHOLE

EXAMPLE = str(EXAMPLES / "retrieval-hosted-models.toml")
FAST = ("--futures", "200", "--as-of", "2026-11-23")


def test_the_page_tells_facts_from_estimates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"
    said = answer(capsys, "report", EXAMPLE, "-o", str(path), *FAST)
    assert said.code == 0
    assert said.out == ""
    assert said.err == f"wrote {path}\n"
    page = path.read_text(encoding="utf-8")
    for expected in (
        "Retrieval application on hosted models",
        "OpenAI embeddings",
        "endoflife-date/endoflife.date",
        "Data",
        "200",
    ):
        assert expected in page
    assert "<script" not in page


def test_the_table_has_a_row_per_component_and_one_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.csv"
    assert answer(capsys, "report", EXAMPLE, "-o", str(path), *FAST).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 16
    assert rows[-1]["component"] == WHOLE
    mean = sum(float(row["cost_mean_days"]) for row in rows[:-1])
    assert float(rows[-1]["cost_mean_days"]) == pytest.approx(mean, rel=0.01)
    assert {row["matched"] for row in rows[:-1]} == {"yes"}


def test_the_json_is_what_forecast_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.json"
    assert answer(capsys, "report", EXAMPLE, "-o", str(path), *FAST).code == 0
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written == answer(capsys, "forecast", EXAMPLE, *FAST, "--json").json()


def test_a_name_that_looks_like_a_formula_stays_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = tmp_path / "stack.toml"
    stack.write_text('[[component]]\nname = "=1+1"\nprofile = "redis"\nlayer = "data-store"\n')
    path = tmp_path / "figures.csv"
    assert answer(capsys, "report", str(stack), "-o", str(path), *FAST).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["component"] == "'=1+1"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.pdf", "“.pdf” is not an ending that can be written: .html, .csv and .json"),
        ("report.docx", ".html, .csv and .json are allowed"),
        ("report", "an ending is missing; .html, .csv and .json are allowed"),
        ("none/report.html", "there is no folder"),
        ("folder.html", "is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(
    name: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.html").mkdir()
    failed = answer(capsys, "report", EXAMPLE, "-o", str(tmp_path / name), *FAST)
    assert failed.code == 1
    assert expected in failed.error
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]


def test_an_old_report_stays_where_the_stack_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    stack = tmp_path / "stack.toml"
    stack.write_text("name = ")
    assert answer(capsys, "report", str(stack), "-o", str(path)).code == 1
    assert path.read_text() == "old"


def test_no_output_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "report", EXAMPLE).code == 2
