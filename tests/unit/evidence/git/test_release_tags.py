from datetime import date
from pathlib import Path

import pytest

from made_repository import DAY, START, MadeRepository
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.tags import TagReading, split_tag


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("v1.2.3", ("", "1.2.3")),
        ("1.2", ("", "1.2")),
        ("release-1.2", ("", "1.2")),
        ("rel_1_2_3", ("", "1_2_3")),
        ("REL_9_1", ("", "9_1")),
        ("version-3.0.1", ("", "3.0.1")),
        ("2024.05.1", ("", "2024.05.1")),
        ("20240501", ("", "20240501")),
        ("v1.2.3+cu118", ("", "1.2.3")),
        ("2.0.0.RELEASE", ("", "2.0.0.RELEASE")),
        ("core/v1.2.0", ("core", "1.2.0")),
        ("@scope/core@1.2.0", ("scope/core", "1.2.0")),
        ("langchain-core==0.3.1", ("langchain-core", "0.3.1")),
        ("log4j-2.17.1", ("log4j", "2.17.1")),
        ("v1.0.0-rc1", None),
        ("v1.0.0rc1", None),
        ("1.0b2", None),
        ("core-beta/1.0", None),
        ("nightly-20240501", None),
        ("nightly", None),
        ("latest", None),
        ("1.2.3-4", None),
        ("", None),
        ("v99999999999.1", None),
    ],
)
def test_a_tag_names_a_component_and_a_stable_version(
    tag: str, parts: tuple[str, str] | None
) -> None:
    assert split_tag(tag) == parts


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "shop")
    made.commit({"a": "1\n"}, seconds=START)
    return made


def read(made: MadeRepository) -> TagReading:
    return harvest_repository(made.folder)[0].tags


def day(seconds: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + seconds // DAY)


def test_a_release_is_dated_by_its_tag_or_its_commit(made: MadeRepository) -> None:
    made.tag("v1.0")
    made.tag("v1.1", seconds=START + 3 * DAY)
    made.tag("v1.2", seconds=START + 400 * DAY)
    made.tag("v1.3", seconds=START - 9 * DAY)
    found = {release.version: release for release in read(made).releases}
    assert found["1.0"].released_on == day(START)
    assert found["1.1"].released_on == day(START + 3 * DAY)
    assert found["1.2"].released_on == day(START)
    assert found["1.2"].is_backfilled
    assert found["1.3"].released_on == day(START)
    assert not found["1.3"].is_backfilled


def test_tags_of_tags_and_of_other_things_are_sorted_out(made: MadeRepository) -> None:
    made.tag("v1.0", seconds=START + DAY)
    made.git("tag", "-a", "-m", "x", "v2.0", "v1.0", at=START + 2 * DAY)
    made.git("tag", "v3.0", made.git("rev-parse", "HEAD:a").strip())
    made.git("tag", "1.0")
    found = read(made)
    assert [release.version for release in found.releases] == ["1.0", "2.0"]
    assert [release.tag for release in found.releases] == ["1.0", "v2.0"]


def test_the_main_line_is_told_from_other_components(made: MadeRepository) -> None:
    for tag in ("web@1.0", "web@1.1", "web@1.2", "shop@2.0", "v2.1-rc1", "nightly"):
        made.tag(tag)
    found = read(made)
    assert found.component == "shop"
    assert [release.version for release in found.releases] == ["2.0"]
    assert found.other_components == {"web": 3}
    assert found.passed_over == 2
    made.tag("v3.0")
    assert [release.version for release in read(made).releases] == ["3.0"]


@pytest.mark.parametrize(("gap_days", "component"), [(700, ""), (800, "web")])
def test_a_line_that_stopped_long_before_another_gives_way(
    made: MadeRepository, gap_days: int, component: str
) -> None:
    made.tag("v0.4")
    made.tag("web-v0.4")
    made.commit(seconds=START + gap_days * DAY)
    made.tag("web-v0.5")
    assert read(made).component == component
