import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.http import Patience, UnreachableError
from stack_half_life.evidence.releases.npm import npm_versions


def is_gone(process: int, within_seconds: float) -> bool:
    """Whether a process ends, or is dead and only waits to be collected."""
    ends_at = time.monotonic() + within_seconds
    while time.monotonic() < ends_at:
        try:
            os.kill(process, 0)
            if "(zombie)" in Path(f"/proc/{process}/status").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


HASTY = Patience(total_seconds=20, retries=0)

FakeNpm = Callable[..., Path]


@pytest.fixture
def fake_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeNpm:
    """Puts an npm on the PATH that writes its arguments down and does what it is told."""

    def make(answer: object = None, *, text: str | None = None, then: str = "") -> Path:
        body = json.dumps(answer) if text is None else text
        asked = tmp_path / "asked.json"
        script = tmp_path / "npm"
        script.write_text(
            f"#!{sys.executable} -S\n"
            "import json, os, sys, time\n"
            f"open({str(asked)!r}, 'w').write(json.dumps([sys.argv[1:], os.getcwd()]))\n"
            f"sys.stdout.write({body!r})\n"
            f"sys.stdout.flush()\n{then}\n"
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        return asked

    return make


def test_stable_versions_and_the_day_each_was_published(fake_npm: FakeNpm) -> None:
    asked = fake_npm(
        {
            "created": "2019-01-01T00:00:00.000Z",
            "modified": "2024-01-01T00:00:00.000Z",
            "1.0.0": "2020-01-02T03:04:05.678Z",
            "2.0.0-beta.1": "2021-01-01T00:00:00.000Z",
            "2.0.0": "2022-01-01T00:00:00.000Z",
            "3.0.0": None,
            "unpublished": {"time": "2023-01-01"},
        }
    )
    dated = npm_versions("@scope/widget", HASTY)
    assert [(one.version, str(one.released_on)) for one in dated] == [
        ("1.0.0", "2020-01-02"),
        ("2.0.0", "2022-01-01"),
    ]
    arguments, folder = json.loads(asked.read_text())
    assert arguments[:4] == ["view", "@scope/widget", "time", "--json"]
    assert folder == Path.home().anchor


@pytest.mark.parametrize(
    ("answer", "failure", "says"),
    [
        ({"error": {"code": "E404", "summary": "Not Found"}}, EvidenceError, "does not know"),
        ({"error": {"code": "ENOTFOUND"}}, UnreachableError, "cannot be reached"),
        ({"error": {"code": "E401"}}, EvidenceError, "npm fails with E401"),
        ({"error": "odd"}, EvidenceError, "npm fails with an error"),
        ({}, EvidenceError, "no release dates"),
        ([1], EvidenceError, "no release dates"),
    ],
)
def test_failures_are_one_clear_line(
    fake_npm: FakeNpm, answer: object, failure: type[EvidenceError], says: str
) -> None:
    fake_npm(answer, then="sys.exit(1)")
    with pytest.raises(failure, match=says) as caught:
        npm_versions("widget", HASTY)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "npm ERR! what", '{"1.0.0": "20'])
def test_an_answer_that_is_no_json(fake_npm: FakeNpm, text: str) -> None:
    fake_npm(text=text)
    with pytest.raises(EvidenceError):
        npm_versions("widget", HASTY)


def test_an_npm_that_hangs_is_ended_with_all_it_started(fake_npm: FakeNpm, tmp_path: Path) -> None:
    child = tmp_path / "child"
    fake_npm(
        {},
        then=(
            "import subprocess\n"
            "p = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(60)'])\n"
            f"open({str(child)!r} + '.part', 'w').write(str(p.pid))\n"
            f"os.rename({str(child)!r} + '.part', {str(child)!r})\n"
            "time.sleep(60)"
        ),
    )
    with pytest.raises(UnreachableError, match="does not answer in"):
        npm_versions("widget", Patience(total_seconds=2, retries=0))
    if child.exists():
        assert is_gone(int(child.read_text()), within_seconds=20)


def test_without_npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EvidenceError, match="npm is not on the PATH"):
        npm_versions("widget", HASTY)


@pytest.mark.parametrize("name", ["--version", "a b", "../x", "@scope", "", "x;rm"])
def test_names_that_are_none_never_reach_npm(fake_npm: FakeNpm, name: str) -> None:
    asked = fake_npm({})
    with pytest.raises(EvidenceError, match="no name of an npm package"):
        npm_versions(name, HASTY)
    assert not asked.exists()
