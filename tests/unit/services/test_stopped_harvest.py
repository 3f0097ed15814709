import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.errors import CancelledError
from stack_half_life.services import harvest as service

_GIT = shutil.which("git")
_COMMITS = 12
_AT_ONCE = 2

_HARVEST_TILL_KILLED = f"""
import sys, time
from pathlib import Path
from stack_half_life.services import harvest as service

service.harvest_folder = lambda: Path(sys.argv[2])

def wait(share, text):
    if share > 0.75:
        print("late", flush=True)
        time.sleep(600)

service.harvest(Path(sys.argv[1]), commits_at_once={_AT_ONCE}, on_progress=wait)
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRepository:
    assert _GIT is not None
    monkeypatch.setenv("PATH", os.path.dirname(_GIT))  # noqa: PTH120
    monkeypatch.setattr(service, "harvest_folder", lambda: tmp_path / "kept")
    made = MadeRepository(tmp_path / "made")
    for day in range(_COMMITS):
        made.commit({"a": "line\n" * (day + 1), "requirements.txt": f"flask\np{day // 4}\n"})
    return made


def assert_goes_on(made: MadeRepository, least_known: int) -> None:
    """The next harvest reads what is left, and finds what one in one go finds."""
    words: list[str] = []
    found = service.harvest(made.folder, on_progress=lambda _, text: words.append(text))
    read = [text for text in words if text.startswith("reading the history")]
    left = int(read[-1].split()[3])
    assert 0 < left <= _COMMITS - least_known
    assert found == service.harvest(made.folder, is_fresh=True)
    assert found.commits == _COMMITS


def test_a_stopped_harvest_is_remembered_and_goes_on(made: MadeRepository) -> None:
    def stop_late(share: float, _: str) -> None:
        if share > 0.75:
            raise CancelledError

    with pytest.raises(CancelledError):
        service.harvest(made.folder, commits_at_once=_AT_ONCE, on_progress=stop_late)
    assert_goes_on(made, least_known=8)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills outright")
def test_a_harvest_that_was_killed_is_remembered_and_goes_on(
    made: MadeRepository, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HARVEST_TILL_KILLED, str(made.folder), str(tmp_path / "kept")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"late\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert_goes_on(made, least_known=8)
    assert [path.suffix for path in (tmp_path / "kept").iterdir()] == [".state"]


def test_a_repository_is_called_as_told(made: MadeRepository) -> None:
    assert service.harvest(made.folder).repository == "made"
    assert service.harvest(made.folder, name=" owner/thing ").repository == "owner/thing"
    assert service.harvest(made.folder, name="Größe 2").repository == "Größe 2"
    assert service.harvest(made.folder).repository == "made"
