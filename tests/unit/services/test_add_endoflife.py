import json
from datetime import date
from pathlib import Path

import pytest

from stack_half_life.domain.facts import Generation, Nature, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.errors import CancelledError, EvidenceError
from stack_half_life.services.add_endoflife import add_endoflife
from stack_half_life.store.cache import ProfileCache

LATER = date(2027, 1, 1)

WIDGET = """---
title: Widget Store
category: database
permalink: /zz-widget
alternate_urls: [/zz-widget-db]
identifiers:
  - purl: pkg:docker/library/zz-widget
releases:
  - {releaseCycle: "2.10", releaseDate: 2025-01-01, eol: 2028-01-01}
  - {releaseCycle: "2.9", releaseDate: 2024-01-01, eol: true}
---
"""

PYTHON = """---
title: Python
category: lang
permalink: /python
identifiers:
  - purl: pkg:deb/debian/python3.14
releases:
  - {releaseCycle: "9.9", releaseDate: 2026-12-01, eol: false}
  - {releaseCycle: "3.12", releaseDate: 2023-10-02, eol: 2029-01-31}
---
"""


def add(cache: ProfileCache, folder: Path, text: str, read_on: date = LATER) -> None:
    file = folder / "product.md"
    file.write_text(text)
    add_endoflife(file, cache, read_on=read_on)


def test_a_product_nobody_knew_becomes_a_technology(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    add(own_cache, tmp_path, WIDGET)
    profile = own_cache.profile("pkg:docker/zz-widget")
    technology = profile.technology
    assert (technology.key, technology.name) == ("zz-widget", "Widget Store")
    assert (technology.layer, technology.generation, technology.nature) == (
        Layer.DATA_STORE,
        Generation.CLASSICAL,
        Nature.SOFTWARE,
    )
    assert own_cache.resolve("zz-widget-db") == "zz-widget"
    assert {c.cycle: c.support for c in profile.cycles} == {
        "2.9": SupportState.ENDED_DATE_UNKNOWN,
        "2.10": SupportState.DATED,
    }
    assert profile.observed_until == LATER
    assert own_cache.sources()["endoflife-date/endoflife.date"].licence == "MIT"


def test_a_known_technology_gains_cycles_and_package_urls(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    before = own_cache.profile("python")
    add(own_cache, tmp_path, PYTHON)
    after = own_cache.profile("pkg:deb/debian/python3.14@3.14.1?arch=amd64")
    assert after.key == "python"
    assert after.technology.name == before.technology.name
    assert {c.cycle for c in after.cycles} == {c.cycle for c in before.cycles} | {"9.9"}
    changed = next(c for c in after.cycles if c.cycle == "3.12")
    assert str(changed.support_ends_on) == "2029-01-31"
    assert changed.evidence.retrieved_on == LATER


def test_an_old_file_does_not_take_the_place_of_newer_facts(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    before = next(c for c in own_cache.profile("python").cycles if c.cycle == "3.12")
    add(own_cache, tmp_path, PYTHON, read_on=date(2023, 11, 1))
    after = next(c for c in own_cache.profile("python").cycles if c.cycle == "3.12")
    assert after == before


def test_an_old_file_does_not_take_out_what_a_newer_one_brought(
    rebuilt_cache: ProfileCache, tmp_path: Path
) -> None:
    add(rebuilt_cache, tmp_path, WIDGET)
    add(rebuilt_cache, tmp_path, PYTHON)
    newer = rebuilt_cache.profile("zz-widget"), rebuilt_cache.profile("python")
    old_widget = WIDGET.replace("2.9", "1.0").replace("2028", "2027")
    add(rebuilt_cache, tmp_path, old_widget, read_on=date(2024, 11, 1))
    add(rebuilt_cache, tmp_path, PYTHON.replace("9.9", "2.8"), read_on=date(2023, 11, 1))
    widget, python = rebuilt_cache.profile("zz-widget"), rebuilt_cache.profile("python")
    assert {c.cycle for c in widget.cycles} == {"2.10", "2.9", "1.0"}
    assert {c.cycle for c in python.cycles} == {c.cycle for c in newer[1].cycles} | {"2.8"}
    for before, after in zip(newer, (widget, python), strict=True):
        assert set(before.cycles) <= set(after.cycles)
        assert after.observed_until == before.observed_until


def test_a_newer_file_takes_the_place_of_what_an_older_one_brought(
    rebuilt_cache: ProfileCache, tmp_path: Path
) -> None:
    add(rebuilt_cache, tmp_path, WIDGET, read_on=date(2026, 12, 1))
    add(rebuilt_cache, tmp_path, WIDGET.replace('"2.9"', '"2.8"'))
    assert {c.cycle for c in rebuilt_cache.profile("zz-widget").cycles} == {"2.10", "2.8"}


def test_what_only_the_known_cycle_says_is_carried_over(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    known = own_cache.profile("anthropic-claude")
    cycle = next(c for c in known.cycles if c.deprecation_announced_on and c.released_on)
    text = f"---\ntitle: Claude\npermalink: /{known.key}\nreleases:\n"
    text += f'  - {{releaseCycle: "{cycle.cycle}", releaseDate: {cycle.released_on}, eol: false}}\n'
    add(own_cache, tmp_path, text + "---\n")
    after = next(c for c in own_cache.profile(known.key).cycles if c.cycle == cycle.cycle)
    assert after.support is SupportState.SUPPORTED
    assert after.deprecation_announced_on == cycle.deprecation_announced_on
    assert after.is_breaking == cycle.is_breaking


def test_the_day_an_answer_was_made_counts(own_cache: ProfileCache, tmp_path: Path) -> None:
    release = {"name": "1", "releaseDate": "2020-01-01", "isEol": False}
    product = {"name": "zz-api", "label": "Z", "category": "lang", "releases": [release]}
    file = tmp_path / "full.json"
    file.write_text(json.dumps({"generated_at": "2026-12-05T01:02:03Z", "result": [product]}))
    add_endoflife(file, own_cache, read_on=LATER)
    assert own_cache.profile("zz-api").observed_until == date(2026, 12, 5)


def test_stopping_keeps_nothing(own_cache: ProfileCache, tmp_path: Path) -> None:
    (tmp_path / "zz-widget.md").write_text(WIDGET)
    before = own_cache.data_hash

    def stop(share: float, text: str) -> None:
        del text
        if share > 0.4:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        add_endoflife(tmp_path, own_cache, read_on=LATER, on_progress=stop)
    assert own_cache.data_hash == before
    assert own_cache.resolve("zz-widget") is None


def test_a_broken_file_in_a_folder_is_told_and_the_rest_is_added(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    folder = tmp_path / "products"
    folder.mkdir()
    (folder / "zz-widget.md").write_text(WIDGET)
    (folder / "cut.md").write_text(WIDGET[:60])
    added = add_endoflife(folder, own_cache, read_on=LATER)
    assert (added.technologies, added.new, added.cycles) == (("zz-widget",), ("zz-widget",), 2)
    assert "cut.md" in added.problems[0]


def test_nothing_to_read_leaves_the_cache_alone(own_cache: ProfileCache, tmp_path: Path) -> None:
    before = own_cache.data_hash
    with pytest.raises(EvidenceError, match="holds no product"):
        add_endoflife(tmp_path, own_cache, read_on=LATER)
    assert own_cache.data_hash == before
