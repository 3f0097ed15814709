"""`profiles list` and `profiles show`, over the facts that are shipped."""

from pathlib import Path

import pytest

from in_process import answer


def test_every_technology_is_listed_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer(capsys, "profiles", "list", "--json")
    assert listed.code == 0
    technologies = listed.json()["technologies"]
    assert sum(t["generation"] == "ai" for t in technologies) >= 150
    assert sum(t["generation"] == "classical" for t in technologies) >= 250
    for technology in technologies:
        assert technology["evidence"]["source"]
        assert technology["evidence"]["retrieved_on"]
        assert technology["evidence"]["confidence"] in {"high", "medium", "low"}


def test_search_and_layer_narrow_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "profiles", "list", "--search", "vllm", "--json").json()
    assert found["technologies"][0]["key"] == "vllm"
    serving = answer(capsys, "profiles", "list", "--layer", "serving", "--json").json()
    assert {t["layer"] for t in serving["technologies"]} == {"serving"}
    nothing = answer(capsys, "profiles", "list", "--search", "zzzzqqqq")
    assert nothing.out == "Nothing in the cache matches.\n"
    assert answer(capsys, "profiles", "list", "--search", "zzzzqqqq", "--json").json() == {
        "technologies": []
    }


def test_one_profile_shows_facts_and_estimates(capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(capsys, "profiles", "show", "PostgreSQL", "--as-of", "2026-11-23")
    assert shown.code == 0
    for expected in (
        "Clocks as of 2026-11-23 (estimates; years)",
        "Release cycles (facts)",
        "own gaps",
        "2029-11-08",
        "endoflife-date/endoflife.date",
        "MIT",
        "high",
    ):
        assert expected in shown.out


def test_one_profile_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "profiles", "show", "pkg:pypi/django", "--json").json()
    assert value["technology"]["key"] == "django"
    assert value["clocks"]["cycle_gap"]["observations"] > 10
    assert 0.4 < value["clocks"]["cycle_gap"]["median_years"] < 1.2
    assert value["cycles"][0]["evidence"]["source"]


def test_the_clocks_know_only_the_past(capsys: pytest.CaptureFixture[str]) -> None:
    then = answer(capsys, "profiles", "show", "django", "--as-of", "2015-01-01", "--json").json()
    now = answer(capsys, "profiles", "show", "django", "--as-of", "2026-01-01", "--json").json()
    assert then["clocks"]["cycle_gap"]["observations"] < now["clocks"]["cycle_gap"]["observations"]


def test_an_unknown_name_is_one_line_with_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    failed = answer(capsys, "profiles", "show", "postgrsql")
    assert failed.code == 1
    assert "postgrsql" in failed.error
    assert "postgresql" in failed.error


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "1066-10-14"])
def test_a_wrong_day_is_wrong_usage(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    failed = answer(capsys, "profiles", "show", "django", "--as-of", day)
    assert failed.code == 2
    assert day in failed.err


def test_a_cache_that_is_none_is_one_line_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder.sqlite"
    folder.mkdir()
    failed = answer(capsys, "profiles", "list", "--cache", str(folder))
    assert failed.code == 1
    assert str(folder) in failed.error
    assert folder.is_dir()


def test_the_cache_may_be_named_before_and_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, arguments in enumerate(
        (["--cache", "{}", "profiles", "list"], ["profiles", "list", "--cache", "{}"])
    ):
        cache = tmp_path / f"{place}.sqlite"
        said = answer(capsys, *(word.format(cache) for word in arguments), "--search", "vllm")
        assert said.code == 0
        assert cache.is_file()


def test_what_breaks_by_version_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(capsys, "profiles", "show", "vllm").out
    assert "By version: no source says what breaks" in shown
    ordered = [line.split()[0] for line in shown.splitlines() if "by version" in line]
    assert ordered.index("0.23") < ordered.index("0.22")
    assert "By version:" not in answer(capsys, "profiles", "show", "cuda").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("list", "kafka"), "--search kafka"),
        (("list", "--search", "apache", "kafka"), "--search 'apache kafka'"),
        (("kafka",), "profiles list --search kafka, or profiles show kafka"),
    ],
)
def test_a_name_in_the_wrong_place_is_told_its_place(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = answer(capsys, "profiles", *words)
    assert (failed.code, failed.out) == (2, "")
    assert says in failed.err.splitlines()[-1]


def test_one_technology_is_not_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\n1 technology. " in answer(capsys, "profiles", "list", "--search", "rails").out
    assert " technologies. " in answer(capsys, "profiles", "list", "--search", "django").out
