"""`forecast`, over the facts that are shipped: what it answers, and what it says of bad input."""

import sqlite3
from pathlib import Path

import pytest

from in_process import answer
from stack_half_life.paths import EXAMPLES

STACK = """
format = 1
name = "Small"
[scenario]
futures = 300
[[component]]
name = "Data"
profile = "postgresql"
layer = "data-store"
cycle = "16"
[[component]]
name = "Ours"
profile = "nobody-knows-this"
layer = "app-framework"
"""
AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture
def stack_file(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(STACK, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["classic-web", "llm-serving-nvidia", "retrieval-hosted-models"])
def test_the_examples_forecast(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(EXAMPLES / f"{name}.toml")
    value = answer(capsys, "forecast", path, "--futures", "300", *AS_OF, "--json").json()
    assert value["coverage"] > 0.9
    assert value["total_cost_days"]["p10"] < value["total_cost_days"]["p90"]
    assert value["total_cost_days"]["mean"] > 10
    assert len(value["cost_by_year_days"]) == 5
    assert all(component["matched"] for component in value["components"])
    assert any(component["first_rework_years"]["p50"] for component in value["components"])


def test_the_same_seed_gives_the_same_figures(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again, other = (
        answer(capsys, "forecast", str(stack_file), *AS_OF, "--json", "--seed", seed).out
        for seed in ("1", "1", "2")
    )
    assert first == again
    assert first != other


def test_options_replace_the_files_scenario(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = answer(
        capsys,
        *("forecast", str(stack_file), *AS_OF, "--json"),
        *("--horizon-years", "2.5", "--futures", "50", "--seed", "7"),
    ).json()
    assert (value["horizon_years"], value["futures"], value["seed"]) == (2.5, 50, 7)
    assert value["as_of"] == "2026-11-23"


def test_what_nobody_knows_is_forecast_and_marked(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answer(capsys, "forecast", str(stack_file), *AS_OF)
    assert said.code == 0
    assert "Ours *" in said.out
    assert "1 component without, so the layer's reference class: Ours" in said.out
    value = answer(capsys, "forecast", str(stack_file), *AS_OF, "--json").json()
    assert [component["matched"] for component in value["components"]] == [True, False]
    assert 0 < value["coverage"] < 1


def test_json_is_alone_on_stdout(stack_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "forecast", str(stack_file), *AS_OF, "--json")
    assert said.out.startswith("{")
    assert said.out.endswith("}\n")
    assert said.err == ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('"data-store"', '"cellar"'), "component 1 “Data”: layer: is “cellar”"),
        (('"16"', '"99"'), "component “Data”: postgresql has no release cycle “99”"),
        (('cycle = "16"', 'in_use_since = "2999"'), "in_use_since is 2999, after the forecast's"),
        (('cycle = "16"', "cycle = 16"), "component 1 “Data”: cycle: is 16: text"),
        (('cycle = "16"', "effort_days = 5"), "component 1 “Data”: effort_days: is 5"),
        (('name = "Ours"', 'name = "data"'), "component name “data” stands twice"),
        (("futures = 300", "futures = 0"), "scenario.futures: is 0: at least 1 is allowed"),
        (("futures = 300", "future = 300"), "scenario.future: unknown key; did you mean “futures”"),
        (("format = 1", "format = 9"), "format: is 9, from a newer version"),
        (("format = 1", "format = "), "is not TOML"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(
    change: tuple[str, str],
    expected: str,
    stack_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = STACK.replace(*change)
    stack_file.write_text(wrong, encoding="utf-8")
    failed = answer(capsys, "forecast", str(stack_file), *AS_OF, "--json")
    assert failed.code == 1
    assert failed.error.startswith(f"{stack_file}: ")
    assert expected in failed.error
    assert stack_file.read_text(encoding="utf-8") == wrong


def test_an_unknown_version_names_the_newest_known(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack_file.write_text(STACK.replace('"16"', '"99"'), encoding="utf-8")
    assert "18, 17, 16" in answer(capsys, "forecast", str(stack_file), *AS_OF).error


def test_an_empty_stack_is_told_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in ("", 'name = "Nothing yet"\n'):
        path = tmp_path / "empty.toml"
        path.write_text(content, encoding="utf-8")
        failed = answer(capsys, "forecast", str(path))
        assert failed.code == 1
        assert "add at least one component" in failed.error


def test_files_that_are_no_stack_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x00\xff" * 100)
    for path, expected in (
        (tmp_path / "none.toml", "there is no such file"),
        (tmp_path, "is a folder"),
        (binary, "is not text"),
    ):
        failed = answer(capsys, "forecast", str(path))
        assert failed.code == 1
        assert expected in failed.error


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--horizon-years", "0"),
        ("--horizon-years", "nan"),
        ("--horizon-years", "1000"),
        ("--horizon-years", "soon"),
        ("--futures", "0"),
        ("--futures", "99999999"),
        ("--futures", "1.5"),
        ("--seed", "-1"),
        ("--as-of", "tomorrow"),
    ],
)
def test_options_out_of_range_are_wrong_usage(
    option: str, value: str, stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = answer(capsys, "forecast", str(stack_file), option, value)
    assert failed.code == 2
    assert option in failed.err
    assert "Traceback" not in failed.err


def test_a_day_past_the_evidence_is_told_and_long_past_it_refused(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def notes(day: str) -> str:
        return " ".join(
            answer(capsys, "forecast", str(stack_file), "--as-of", day, "--json").json()["warnings"]
        )

    assert "The evidence ends" not in notes("2026-11-23")
    assert "years before the future begins" in notes("2031-01-01")
    for arguments in (("forecast", str(stack_file)), ("profiles", "show", "redis")):
        failed = answer(capsys, *arguments, "--as-of", "2200-01-01")
        assert failed.code == 1
        assert "as of 2200-01-01: the evidence ends on " in failed.error


def test_a_cache_that_is_another_programs_is_left_alone(
    stack_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "other.sqlite"
    with sqlite3.connect(cache) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = cache.read_bytes()
    failed = answer(capsys, "forecast", str(stack_file), "--cache", str(cache))
    assert failed.code == 1
    assert str(cache) in failed.error
    assert cache.read_bytes() == before


def test_names_cannot_steer_the_terminal(
    stack_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steering = '"\\u001b]0;mine\\u0007\\u001b[2J"'
    for name in ('"Ours"', '"Small"', '"Data"', '"nobody-knows-this"'):
        stack_file.write_text(STACK.replace(name, steering), encoding="utf-8")
        said = answer(capsys, "forecast", str(stack_file), *AS_OF)
        assert said.code == 0
        assert "\x1b" not in said.out
        assert "\x07" not in said.out
    stack_file.write_text(STACK.replace('"16"', steering), encoding="utf-8")
    failed = answer(capsys, "forecast", str(stack_file), *AS_OF)
    assert "\x1b" not in failed.error
