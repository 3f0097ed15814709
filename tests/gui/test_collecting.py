import gc
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import made_values
from stack_half_life.domain.progress import OnProgress
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.worker.lane import Publish


class Cycle:
    """Garbage that only a collection finds; it tells on which thread it went."""

    def __init__(self, gone_on: list[threading.Thread]) -> None:
        self._self = self
        self._gone_on = gone_on

    def __del__(self) -> None:
        self._gone_on.append(threading.current_thread())


def test_what_workers_leave_is_collected_on_the_windows_thread(
    session: Session, qtbot: QtBot
) -> None:
    gone_on: list[threading.Thread] = []

    def work(on_progress: OnProgress, publish: Publish) -> object:
        del on_progress, publish
        for _ in range(5 * gc.get_threshold()[0]):
            Cycle(gone_on)
        return None

    session.tasks.submit("leave cycles", work)
    qtbot.waitUntil(lambda: bool(gone_on), timeout=30_000)
    assert set(gone_on) == {threading.main_thread()}


def test_a_closed_session_leaves_collecting_to_python(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    was_enabled = gc.isenabled()
    made = Session(qapp, tmp_path / "profiles.sqlite", made_values.AS_OF)
    assert not gc.isenabled()
    made.close()
    assert gc.isenabled() == was_enabled
