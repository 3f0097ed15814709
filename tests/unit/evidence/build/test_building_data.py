"""Facts of every kind become tables of one form."""

import csv
from pathlib import Path

import pytest

from made_facts import made_data, write_made_facts
from stack_half_life.errors import EvidenceError
from stack_half_life.services.build_data import build_data


def rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_data(tmp_path_factory.mktemp("made"))


def one(data: Path, key: str) -> dict[str, str]:
    (found,) = [row for row in rows(data, "technologies.csv") if row["key"] == key]
    return found


def cycles(data: Path, key: str) -> list[dict[str, str]]:
    return [row for row in rows(data, "cycles.csv") if row["technology"] == key]


def test_the_same_facts_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    again = made_data(tmp_path)
    for path in sorted(data.glob("*.csv")):
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_every_fact_has_source_date_and_confidence(data: Path) -> None:
    known = {row["key"] for row in rows(data, "sources.csv")}
    for name in ("technologies.csv", "cycles.csv", "releases.csv", "ends.csv"):
        table = rows(data, name)
        assert table, name
        for row in table:
            assert row["source"] in known
            assert len(row["retrieved_on"]) == 10
            assert row["confidence"] in ("high", "medium", "low")


def test_dates_keep_their_precision(data: Path) -> None:
    assert [row["released_on"] for row in cycles(data, "cuda")] == ["2010-03", "2010-06"]
    assert cycles(data, "google-tpu")[0]["released_on"] == "2015"
    assert cycles(data, "acme-acme-open")[0]["released_on"] == "2024-02"


def test_versions_stay_text_and_cycles_come_in_order_of_time(data: Path) -> None:
    assert [row["cycle"] for row in cycles(data, "python")] == ["2.7", "3.9", "3.10"]


@pytest.mark.parametrize(
    ("key", "cycle", "support", "ends_on"),
    [
        ("python", "3.10", "dated", "2026-10-31"),
        ("python", "2.7", "ended-date-unknown", ""),
        ("react", "19", "supported", ""),
        ("react", "18", "unknown", ""),
    ],
)
def test_boolean_ends_of_life_are_censored_or_undated_never_a_date(
    data: Path, key: str, cycle: str, support: str, ends_on: str
) -> None:
    (row,) = [row for row in cycles(data, key) if row["cycle"] == cycle]
    assert (row["support"], row["support_ends_on"]) == (support, ends_on)


def test_devices_and_standards_are_no_software(data: Path) -> None:
    assert one(data, "nvidia-gpu")["nature"] == "hardware"
    assert one(data, "tls")["nature"] == "specification"


def test_same_day_duplicates_are_kept_as_facts(data: Path) -> None:
    assert [row["cycle"] for row in cycles(data, "redis")] == ["7", "7-copy"]


def test_a_repository_is_censored_on_its_own_day(data: Path) -> None:
    activity = {row["technology"]: row for row in rows(data, "repositories.csv")}
    assert activity["redis"]["observed_until"] == "2024-10-18"
    assert activity["attention"]["observed_until"] == "2024-08-09"
    assert one(data, "peft")["observed_until"] == "2026-08-22"


def test_a_stand_in_says_so(data: Path) -> None:
    activity = {row["technology"]: row for row in rows(data, "repositories.csv")}
    assert "older copy" in activity["project"]["kind"]


def test_entries_of_one_technology_are_joined_by_hand(data: Path) -> None:
    redis = one(data, "redis")
    assert "pkg:docker/redis" in redis["purls"].split("|")
    assert [row["version"] for row in rows(data, "releases.csv") if row["technology"] == "redis"]


def test_entries_of_one_technology_are_joined_by_rule(data: Path) -> None:
    assert "pkg:npm/react" in one(data, "react")["purls"].split("|")
    assert "pkg:pypi/peft" in one(data, "peft")["purls"].split("|")
    assert one(data, "peft")["layer"] == "ml-framework"
    assert [row["kind_of_end"] for row in rows(data, "ends.csv") if row["technology"] == "peft"]


def test_a_client_is_not_the_server_it_talks_to(data: Path) -> None:
    assert "pkg:pypi/redis" not in one(data, "redis")["purls"].split("|")
    assert one(data, "redis-pypi")["layer"] == "data-store"


def test_a_package_called_nan_is_a_package(data: Path) -> None:
    assert one(data, "nan")["purls"] == "pkg:npm/nan"
    assert sum(row["package"] == "nan" for row in rows(data, "tenures.csv")) == 6


def test_a_package_met_rarely_is_no_technology_but_its_spells_stay(data: Path) -> None:
    assert not [row for row in rows(data, "technologies.csv") if row["name"] == "rare"]
    assert [row for row in rows(data, "tenures.csv") if row["package"] == "rare"]


def test_a_package_whose_beginnings_were_never_seen_is_no_technology(data: Path) -> None:
    names = {row["name"] for row in rows(data, "technologies.csv")}
    assert "ancient" not in names, "though the curation names it"
    assert sum(row["package"] == "ancient" for row in rows(data, "tenures.csv")) == 8


def test_no_host_of_a_registry_is_written(data: Path) -> None:
    assert {row["repository"] for row in rows(data, "tenure_repositories.csv")} >= {
        "hosts/packages-org"
    }
    docker = [row for row in rows(data, "tenures.csv") if row["ecosystem"] == "docker"]
    assert [row["package"] for row in docker] == ["redis"]
    for path in data.glob("*.csv"):
        assert b"npmjs" not in path.read_bytes()


def test_cycles_are_told_from_tags_where_nobody_lists_them(data: Path) -> None:
    told = [(row["cycle"], row["is_breaking"]) for row in cycles(data, "peft")]
    assert told == [("0.0", "1"), ("0.1", "1"), ("1.0", "1")]
    assert all("tags" in row["note"] for row in cycles(data, "peft"))


def test_a_release_without_a_date_is_left_out(data: Path) -> None:
    versions = {row["version"] for row in rows(data, "releases.csv")}
    assert "7.0.0" in versions
    assert "0.9.0" not in versions


def test_models_of_a_line_are_its_cycles_without_their_aliases(data: Path) -> None:
    told = [(row["cycle"], row["is_breaking"]) for row in cycles(data, "openai-gpt")]
    assert told == [
        ("gpt-4", "1"),
        ("gpt-4-0613", "0"),
        ("gpt-4.1-2025-04-14", "0"),
        ("gpt-5", "1"),
    ]
    assert one(data, "acme-lyria")["nature"] == "hosted-model"
    assert one(data, "acme-acme-open")["nature"] == "open-model"


def test_an_ended_model_is_no_ended_technology(data: Path) -> None:
    ended = {row["technology"] for row in rows(data, "ends.csv")}
    assert ended == {"peft", "old-thing"}


def test_what_was_known_when_is_kept_as_changes(data: Path) -> None:
    changes = [
        (row["technology"], row["cycle"], row["known_on"], row["support"], row["support_ends_on"])
        for row in rows(data, "vintages.csv")
    ]
    assert changes == [
        ("python", "3.9", "2024-01-01", "dated", "2025-10-05"),
        ("python", "3.9", "2026-01-01", "dated", "2025-10-31"),
        ("redis", "6", "2024-01-01", "supported", ""),
        ("redis", "6", "2025-01-01", "unlisted", ""),
    ]


def test_hand_made_decisions_are_labelled(data: Path) -> None:
    assert one(data, "cuda")["classified_by"] == "hand"
    assert one(data, "google-tpu")["classified_by"] == "rule"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("endoflife_cycles.csv", None, "this folder has no endoflife_cycles.csv"),
        ("endoflife_cycles.csv", b"product,title\nx,y\n", "column category is missing"),
        ("releases.csv", b"\xff\xfe\x00", "cannot be read as CSV text"),
        (
            "repositories.csv",
            (
                b"repo,project,kind,first_commit,last_commit,observed_until,commits,note\n"
                b"a/b,a/b,primary,yesterday,2020-01-01,2020-01-01,1,\n"
            ),
            "repositories.csv, a/b: “yesterday” is not a date",
        ),
        (
            "technology_versions.csv",
            (
                b"technology,version_or_generation,release_date,end_of_support_date,breaking,"
                b"source,confidence,layer,note\nX,1,2020-13,,no,s,high,framework,\n"
            ),
            "technology_versions.csv, X 1: “2020-13” names no real date",
        ),
    ],
)
def test_broken_facts_are_named_in_one_line(
    tmp_path: Path, name: str, text: bytes | None, told: str
) -> None:
    facts = write_made_facts(tmp_path / "facts")
    if text is None:
        (facts / name).unlink()
    else:
        (facts / name).write_bytes(text)
    with pytest.raises(EvidenceError) as caught:
        build_data(facts, tmp_path / "data")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not list((tmp_path / "data").glob("*.csv"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("same = 3", "same"),
        ("[layers]\nbasement = ['x']", "layers.basement"),
        ("[same]\na = ['pypi:x']\nb = ['pypi:x']", "already belongs to a"),
        ("nonsense", "cannot be read as TOML"),
    ],
)
def test_a_broken_curation_is_named_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "curation.toml").write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"curation\.toml") as caught:
        build_data(write_made_facts(tmp_path / "facts"), data)
    assert told in str(caught.value)
