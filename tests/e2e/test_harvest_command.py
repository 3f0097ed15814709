"""`harvest`: what it answers, what it says of bad input, and that it remembers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from in_process import answer
from made_repository import START, MadeRepository

YEAR = 31_557_600


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "made")
    made.commit({"a": "1\n2\n3\n4\n", "requirements.txt": "flask\n"}, seconds=START)
    made.tag("v1.0")
    made.commit({"a": "4\n", "requirements.txt": ""}, seconds=START + YEAR // 2)
    made.tag("v2.0")
    made.commit({"b": "1\n"}, seconds=START + 6 * YEAR)
    return made


def test_the_answer_as_json(made: MadeRepository, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "harvest", str(made.folder), "--json")
    assert found.code == 0
    assert found.err == ""
    survival = found.json()["code_survival"]
    assert survival["half_life_years"] == pytest.approx(0.5, abs=0.01)
    assert [survival[f"s_{year}y"] for year in (1, 2, 3, 5)] == [pytest.approx(0.2)] * 4
    assert (survival["lines"], survival["commits"]) == (2, 3)
    releases = found.json()["releases"]
    assert [(release["version"], release["tag"]) for release in releases] == [
        ("1.0", "v1.0"),
        ("2.0", "v2.0"),
    ]
    (spell,) = found.json()["dependency_tenures"]
    assert (spell["package"], spell["removed_how"]) == ("flask", "line")
    assert spell["observed_until"] == found.json()["last_commit_on"]


def test_the_answer_in_words(made: MadeRepository, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "harvest", str(made.folder))
    assert found.code == 0
    assert "code half-life   0.50 years" in found.out
    assert "releases         2 in 2 cycles" in found.out
    assert "1 spells, 1 of them ended (removed is not replaced)" in found.out


def test_a_second_harvest_needs_no_git(
    made: MadeRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answer(capsys, "harvest", str(made.folder), "--json")
    monkeypatch.setenv("PATH", "")
    assert answer(capsys, "harvest", str(made.folder), "--json").out == first.out
    fresh = answer(capsys, "harvest", str(made.folder), "--json", "--fresh")
    assert fresh.code == 1
    assert "git: is not installed" in fresh.error


def test_what_is_no_repository_gets_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path, tmp_path / "missing", Path("/dev/null")):
        found = answer(capsys, "harvest", str(path))
        assert found.code == 1
        assert found.error.startswith(f"{path}: is no")


def test_a_name_is_used_and_odd_ones_are_refused(
    made: MadeRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "harvest", str(made.folder), "--name", "owner/thing", "--json")
    assert found.json()["repository"] == "owner/thing"
    assert answer(capsys, "harvest", str(made.folder), "--name", "thing").out.startswith("thing: ")
    for odd in ("", "  ", "two\nlines", "\x1b[1m", "--", "n" * 101, "a\u202eb"):
        for command in (["harvest"], ["evidence", "add-repository"]):
            refused = answer(capsys, *command, str(made.folder), f"--name={odd}")
            assert refused.code == 1
            assert "is no name of a repository: 1 to 100 printable characters" in refused.error


def test_the_program_ends_with_all_said_and_nothing_left_behind(
    made: MadeRepository, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "stack_half_life", "harvest", str(made.folder), "--json"],
        capture_output=True,
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TMPDIR": str(scratch),
            "XDG_CACHE_HOME": str(tmp_path / "kept"),
        },
    )
    assert json.loads(done.stdout)["repository"] == "made"
    assert done.stderr == b""
    assert list(scratch.iterdir()) == []
