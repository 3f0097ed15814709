import os
import shutil
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.errors import CancelledError
from stack_half_life.evidence.git import history as passes
from stack_half_life.services import harvest as service

_GIT = shutil.which("git")


def test_a_stopped_harvest_is_remembered_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _GIT is not None
    monkeypatch.setenv("PATH", os.path.dirname(_GIT))  # noqa: PTH120
    monkeypatch.setattr(service, "harvest_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(passes, "COMMITS_AT_ONCE", 2)
    made = MadeRepository(tmp_path / "made")
    for day in range(6):
        made.commit({"a": "line\n" * (day + 1)})

    def stop_late(share: float, _: str) -> None:
        if share > 0.75:
            raise CancelledError

    with pytest.raises(CancelledError):
        service.harvest(made.folder, on_progress=stop_late)
    words: list[str] = []
    found = service.harvest(made.folder, on_progress=lambda _, text: words.append(text))
    assert "reading the history: 2 commits" in words
    assert not any("6 commits" in text for text in words)
    assert found == service.harvest(made.folder, is_fresh=True)
