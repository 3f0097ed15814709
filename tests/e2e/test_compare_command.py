"""`compare` and a report on two stacks."""

from pathlib import Path

import pytest

from in_process import answer
from stack_half_life.paths import EXAMPLES

A = str(EXAMPLES / "classic-web.toml")
B = str(EXAMPLES / "retrieval-hosted-models.toml")
FAST = ("--futures", "200", "--as-of", "2026-11-23")

SMALL = """
[[component]]
name = "Data"
profile = "postgresql"
layer = "data-store"
cycle = "16"
effort_days = {{ low = 10, likely = 20, high = 40 }}
policy = "{policy}"
"""


def test_the_promised_keys_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "compare", A, B, *FAST, "--json").json()
    assert value["a"]["stack"] == "Classic web application"
    assert value["b"]["stack"] == "Retrieval application on hosted models"
    assert value["difference_days"].keys() >= {"mean", "p10", "p50", "p90"}
    assert 0 <= value["probability_b_cheaper"] <= 1
    assert "break_even_years" in value
    means = [value[side]["total_cost_days"]["mean"] for side in "ab"]
    assert value["difference_days"]["mean"] == pytest.approx(means[1] - means[0], abs=1e-3)


def test_a_stack_against_itself_differs_in_no_future(capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "compare", A, A, *FAST, "--json").json()
    assert set(value["difference_days"].values()) == {0}
    assert value["break_even_years"] is None


def test_swapping_turns_the_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latest, pinned = tmp_path / "latest.toml", tmp_path / "pinned.toml"
    latest.write_text(SMALL.format(policy="latest"))
    pinned.write_text(SMALL.format(policy="pinned"))
    there = answer(capsys, "compare", str(latest), str(pinned), *FAST, "--json").json()
    back = answer(capsys, "compare", str(pinned), str(latest), *FAST, "--json").json()
    assert there["difference_days"]["mean"] < 0
    assert back["difference_days"]["mean"] == pytest.approx(-there["difference_days"]["mean"])


def test_bs_own_scenario_is_set_aside_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = tmp_path / "a.toml", tmp_path / "b.toml"
    a.write_text(SMALL.format(policy="latest"))
    b.write_text(SMALL.format(policy="latest") + "[scenario]\nday_rate = 5000\n")
    said = answer(capsys, "compare", str(a), str(b), *FAST)
    assert said.code == 0
    assert f"{b} has a scenario of its own" in said.err
    assert "5,000" not in said.out


def test_the_answer_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "compare", A, B, *FAST)
    for expected in ("A  Classic", "B  Retrieval", "B − A, over the same futures", "OpenAI GPT"):
        assert expected in said.out


@pytest.mark.parametrize("side", [0, 1])
def test_a_wrong_file_is_named(
    side: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(SMALL.format(policy="latest").replace('"16"', '"99"'))
    files = [A, A]
    files[side] = str(wrong)
    failed = answer(capsys, "compare", *files, *FAST)
    assert failed.code == 1
    assert failed.error.startswith(f"{wrong}: component “Data”: postgresql has no release cycle")


@pytest.mark.parametrize("ending", ["html", "csv", "json"])
def test_a_report_on_two_stacks(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"report.{ending}"
    assert answer(capsys, "report", A, B, "-o", str(path), *FAST).code == 0
    content = path.read_text(encoding="utf-8")
    assert "Classic web application" in content
    assert "Retrieval application on hosted models" in content
