from datetime import date
from pathlib import Path

import pytest

from stack_half_life.domain.facts import SupportState
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.endoflife import EndoflifeProduct, read_endoflife

TODAY = date(2026, 8, 22)

NOW = """---
title: Widget Server
addedAt: 2019-05-27
category: server-app
tags: web-server java-runtime
permalink: /widget
alternate_urls:
  - /widget-server
identifiers:
  - purl: pkg:generic/widget
  - repology: widget
  - cpe: cpe:2.3:a:widget:widget
eoasColumn: true
releases:
  - releaseCycle: "5.11"
    releaseDate: 2025-02-01
    eoas: true
    eol: false
    latest: "5.11.2"
    latestReleaseDate: 2026-01-01
  - releaseCycle: 5.10
    releaseDate: 2023-01-01
    lts: 2023-06-01
    eoas: 2025-01-01
    eol: 2027-01-01
    eoes: 2029-01-01
    latest: "5.10"
  - releaseCycle: "5.9"
    releaseDate: 2023-01-01
    lts: true
    eol: true
    latest: 5.9.1
    latestReleaseDate: 2022-12-01
  - releaseCycle: "6"
    releaseDate: 2024-06
    lts: false
    eol: 2030

---

> Words that are not read: and --- do no harm.
"""

BEFORE = """---
title: Old Thing
layout: post
permalink: /old
releaseDateColumn: true
sortReleasesBy: release
releases:
  - releaseCycle: "2.0"
    cycleShortHand: 200
    release: 2021-6-5
    support: 2022-01-01
    eol: 2023-1-31
  - cycle: "1.0"
    release: NA
    extendedSupport: yes
    eol: N/A
---
"""


def read(folder: Path, text: str | bytes, name: str = "widget.md") -> EndoflifeProduct:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (product,) = read_endoflife(file, retrieved_on=TODAY).products
    return product


def test_product_with_what_identifies_it(tmp_path: Path) -> None:
    product = read(tmp_path, NOW, "widget-httpd.md")
    assert (product.key, product.title, product.category) == (
        "widget",
        "Widget Server",
        "server-app",
    )
    assert product.tags == ("web-server", "java-runtime")
    assert product.aliases == ("widget-httpd", "widget-server")
    assert product.purls == ("pkg:generic/widget",)


def test_cycles_keep_their_text_and_stand_in_order_of_release(tmp_path: Path) -> None:
    product = read(tmp_path, NOW)
    assert [cycle.cycle for cycle in product.cycles] == ["5.10", "5.9", "6", "5.11"]
    assert [str(cycle.released_on) for cycle in product.cycles] == [
        "2023-01-01",
        "2023-01-01",
        "2024-06",
        "2025-02-01",
    ]


def test_end_of_support_as_date_as_flag_and_with_its_own_precision(tmp_path: Path) -> None:
    by_name = {cycle.cycle: cycle for cycle in read(tmp_path, NOW).cycles}
    assert {
        name: (cycle.support, str(cycle.support_ends_on)) for name, cycle in by_name.items()
    } == {
        "5.11": (SupportState.SUPPORTED, "None"),
        "5.10": (SupportState.DATED, "2027-01-01"),
        "5.9": (SupportState.ENDED_DATE_UNKNOWN, "None"),
        "6": (SupportState.DATED, "2030"),
    }
    assert {name for name, cycle in by_name.items() if cycle.is_lts} == {"5.10", "5.9"}
    assert by_name["5.10"].evidence.note == (
        "active support until 2025-01-01; extended support until 2029-01-01"
    )
    assert by_name["5.10"].evidence.retrieved_on == TODAY


def test_field_names_of_older_files(tmp_path: Path) -> None:
    product = read(tmp_path, BEFORE, "old.md")
    assert [
        (c.cycle, str(c.released_on), str(c.support_ends_on), c.support) for c in product.cycles
    ] == [
        ("2.0", "2021-06-05", "2023-01-31", SupportState.DATED),
        ("1.0", "None", "None", SupportState.UNKNOWN),
    ]
    assert product.cycles[0].evidence.note == "active support until 2022-01-01"


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    text = NOW.replace("\n", "\r\n")
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode()) == read(tmp_path, NOW)


def test_support_that_ends_before_the_release_is_left_out_and_said(tmp_path: Path) -> None:
    product = read(
        tmp_path,
        "---\ntitle: X\npermalink: /x\nreleases:\n"
        "  - {releaseCycle: '1', releaseDate: 2024-05-01, eol: 2023-05-01}\n---\n",
    )
    (cycle,) = product.cycles
    assert (cycle.support, cycle.support_ends_on) == (SupportState.UNKNOWN, None)
    assert "before the release" in cycle.evidence.note


def test_a_cycle_listed_twice_is_kept_once_and_said(tmp_path: Path) -> None:
    product = read(
        tmp_path,
        "---\ntitle: X\npermalink: /x\nreleases:\n"
        "  - {releaseCycle: '1', releaseDate: 2024-05-01, eol: false}\n"
        "  - {releaseCycle: '1', releaseDate: 2020-05-01, eol: true}\n---\n",
    )
    assert [str(cycle.released_on) for cycle in product.cycles] == ["2024-05-01"]
    assert product.repeated == ("1",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"# nothing\n", "no front matter"),
        (b"---\ntitle: X\nreleases:\n  - relea", "no front matter"),
        (b"---\ntitle: X\n---\n", "“releases” is needed"),
        (b"---\ntitle: [X\n---\n", "is not YAML (line"),
        (b"---\nreleases:\n  - 3\n---\n", "releases[0]: is no table"),
        (b"---\nreleases:\n  - eol: true\n---\n", "releases[0]: the key “releaseCycle” is needed"),
        (
            b"---\nreleases:\n  - releaseCycle: '1'\n    eol: 2021-02-30\n---\n",
            "releases[0] “1”, end of support: “2021-02-30” is neither a date",
        ),
        (
            b"---\nreleases:\n  - releaseCycle: '1'\n    releaseDate: soon\n---\n",
            "release date: “soon”",
        ),
        (b"---\npermalink: /../up\nreleases: []\n---\n", "key: String should match"),
        (b"---\ntitle: caf\xe9\nreleases: []\n---\n", "is not UTF-8 text"),
        (b"\x00\x01\x02", "binary"),
        (b"---\nreleases: !!python/object/apply:os.system ['false']\n---\n", None),
    ],
)
def test_unusable_file_is_one_clear_line(tmp_path: Path, content: bytes, says: str | None) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(content)
    if says is None:
        with pytest.raises(EvidenceError):
            read_endoflife(file, retrieved_on=TODAY)
        return
    with pytest.raises(EvidenceError) as caught:
        read_endoflife(file, retrieved_on=TODAY)
    assert says in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_broken_file_in_a_folder_costs_only_itself(tmp_path: Path) -> None:
    products = tmp_path / "products"
    products.mkdir()
    (products / "widget.md").write_text(NOW)
    (products / "old.md").write_text(BEFORE)
    (products / "cut.md").write_text(NOW[:200])
    (tmp_path / "README.md").write_text("words")
    shares: list[float] = []
    reading = read_endoflife(
        tmp_path, retrieved_on=TODAY, on_progress=lambda share, _: shares.append(share)
    )
    assert [product.key for product in reading.products] == ["old", "widget"]
    assert len(reading.problems) == 1
    assert "cut.md" in reading.problems[0]
    assert shares == sorted(shares)


def test_folder_without_products_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="holds no product file"):
        read_endoflife(tmp_path, retrieved_on=TODAY)
    with pytest.raises(EvidenceError, match="there is no such file"):
        read_endoflife(tmp_path / "none.md", retrieved_on=TODAY)
