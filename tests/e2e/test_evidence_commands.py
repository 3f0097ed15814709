from pathlib import Path

import pytest

from in_process import answer

PRODUCT = """---
title: Widget
category: lang
permalink: /zz-widget
releases:
  - {releaseCycle: "1", releaseDate: 2024-01-01, eol: false}
---
"""


def test_what_is_added_is_there_afterwards(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cache = str(tmp_path / "own.sqlite")
    (tmp_path / "w.md").write_text(PRODUCT)
    done = answer(capsys, "evidence", "add-endoflife", str(tmp_path / "w.md"), "--cache", cache)
    assert done.out == "Technologies renewed: 1, 1 new (release cycles: 1, releases: 0)\n"
    shown = answer(capsys, "profiles", "show", "zz-widget", "--json", "--cache", cache)
    assert shown.json()["cycles"][0]["cycle"] == "1"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add-endoflife", "no-such-file.md"), "no-such-file.md: there is no such file"),
        (("add-releases", "zz-nobody"), "no technology of the cache"),
        (("add-releases", "pkg:cargo/serde"), "pkg:pypi/… and pkg:npm/…"),
        (("refresh", "zz-nobody"), "no technology is called"),
    ],
)
def test_failures_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    done = answer(capsys, "evidence", *arguments)
    assert (done.code, done.out) == (1, "")
    assert says in done.err.splitlines()[-1]
    assert done.err.splitlines()[-1].startswith("error: ")
