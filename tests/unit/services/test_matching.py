from collections.abc import Iterator
from datetime import date

import pytest

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.evidence.stack_import import ImportedItem
from stack_half_life.services.matching import cycle_of_version, technology_of
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache

EVIDENCE = Evidence(source="x", retrieved_on=date(2026, 1, 1), confidence=Confidence.HIGH)


def cycle(name: str, released: str = "2020-01-01") -> ReleaseCycle:
    return ReleaseCycle(
        cycle=name,
        released_on=PartialDate(released),
        support=SupportState.UNKNOWN,
        evidence=EVIDENCE,
    )


@pytest.fixture
def cache() -> Iterator[ProfileCache]:
    with open_cache() as opened:
        yield opened


@pytest.mark.parametrize(
    ("version", "cycles", "expected"),
    [
        ("3.12.4", ["3.11", "3.12", "3"], "3.12"),
        ("18.2.0", ["17", "18", "19"], "18"),
        ("1.30.1", ["1.3", "1.30"], "1.30"),
        ("5.10", ["5.1", "5.10"], "5.10"),
        ("12.4.1-devel-ubuntu22.04", ["12.3", "12.4"], "12.4"),
        ("v1.30.1", ["v1.29", "v1.30"], "v1.30"),
        ("7.2-alpine", ["7.0", "7.2"], "7.2"),
        ("bookworm", ["bookworm", "bullseye"], "bookworm"),
        ("9.9", ["1", "2"], None),
        ("latest", ["1", "2"], None),
        ("", ["1"], None),
        ("1.2", [], None),
    ],
)
def test_cycle_of_a_version(version: str, cycles: list[str], expected: str | None) -> None:
    assert cycle_of_version(version, [cycle(name) for name in cycles]) == expected


def test_a_version_coarser_than_the_cycles_is_in_the_newest_of_them() -> None:
    cycles = [cycle("3.11", "2022-10-24"), cycle("3.12", "2023-10-02"), cycle("2.7", "2010-07-03")]
    assert cycle_of_version("3", cycles) == "3.12"


@pytest.mark.parametrize(
    ("name", "purl", "kind", "key"),
    [
        ("torch", "pkg:pypi/torch", "pypi", "pytorch"),
        ("langchain", "pkg:pypi/langchain", "pypi", "langchain"),
        ("react", "pkg:npm/react", "npm", "react"),
        ("postgres", "pkg:docker/postgres", "docker", "postgresql"),
        ("quay.io/some/postgres", "pkg:docker/quay.io/some/postgres", "docker", "postgresql"),
        (
            "ghcr.io/clickhouse/clickhouse-server",
            "pkg:docker/ghcr.io/clickhouse/clickhouse-server",
            "docker",
            "clickhouse",
        ),
        ("python", "pkg:generic/python", "generic", "python"),
        ("Ubuntu", "", "operating-system", "ubuntu"),
        ("redis", "pkg:docker/redis", "docker", "redis"),
    ],
)
def test_technology_of_an_item(
    cache: ProfileCache, name: str, purl: str, kind: str, key: str
) -> None:
    assert technology_of(ImportedItem(name=name, purl=purl, kind=kind, file="x"), cache) == key


@pytest.mark.parametrize("name", ["postgresql", "kubernetes", "ubuntu"])
def test_a_library_is_not_the_server_it_is_named_after(cache: ProfileCache, name: str) -> None:
    item = ImportedItem(name=name, purl=f"pkg:cargo/{name}", kind="cargo", file="x")
    assert technology_of(item, cache) is None
